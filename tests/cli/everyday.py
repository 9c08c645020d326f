"""Every command with the words that it cannot do without: what a table over all of them goes through."""

from k8snotes.cli import COMMANDS

ARGUMENTS = {"search": ["土"], "grep": ["土"], "theme": ["看土"], "completion": ["bash"]}
NEEDS_NO_WORKSPACE = {"init", "config", "doctor", "completion"}
TAKES_NO_PATHS = NEEDS_NO_WORKSPACE | {"index", "undo"}
TAKES_PATHS = [name for name in COMMANDS if name not in TAKES_NO_PATHS]
NEEDS_TEXTS = [*TAKES_PATHS, "index"]


def call_of(name: str) -> list[str]:
    """A call of a command that does what the command is for."""
    return [name, *ARGUMENTS.get(name, [])]


def call_on(name: str, *paths: str) -> list[str]:
    """A call of a command on paths; an export goes to a folder beside."""
    output = ["-o", "out"] if name == "export" else []
    return [*call_of(name), *output, "--", *paths]
