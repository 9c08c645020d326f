"""Real shells with the completion switched on, and somebody who types."""

import os
import select
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from cli.runner import clean_environment

PATIENCE = 30  # seconds
AT_ITS_BEGIN = "\x01"  # Ctrl-A
SWITCHED_ON = {
    "bash": 'PS1="> "\neval "$(k8snotes completion bash)"\n',
    "zsh": 'bindkey -e\nautoload -U compinit\ncompinit -u -D\neval "$(k8snotes completion zsh)"\nPS1="> "\n',
    "fish": "k8snotes completion fish | source\nfunction fish_prompt; echo -n '> '; end\n",
}


class Typist:
    """Types into a shell of a folder whose PATH has `k8snotes`, and sees which words come of it."""

    def __init__(self, shell: str, folder: Path, home: Path) -> None:
        self.shell, self.folder, self.home = shell, folder, home
        self.said = home / "said.json"
        programs = home / "bin"
        programs.mkdir(parents=True)
        _program(programs / "k8snotes", f'exec {shlex.quote(sys.executable)} -m k8snotes "$@"')
        said = shlex.quote(str(self.said))
        _program(programs / "say", f"printf '%s\\0' \"$@\" >{said}.new && mv {said}.new {said}")
        for place in (".bashrc", ".zshrc", ".config/fish/config.fish"):
            (home / place).parent.mkdir(parents=True, exist_ok=True)
            (home / place).write_text(SWITCHED_ON[shell], encoding="utf-8")
        self.environment = clean_environment(home) | {
            "HOME": str(home),
            "ZDOTDIR": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local"),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
        }

    def words_of(self, lines: Sequence[str]) -> list[list[str]]:
        """The words of lines as typed, tabs and all, when their reader presses Enter."""
        import pty

        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            options = {"bash": ["--rcfile", str(self.home / ".bashrc")], "zsh": ["-d"], "fish": []}
            os.execvpe(self.shell, [self.shell, *options[self.shell], "-i"], self.environment)
        try:
            _wait(terminal, lambda seen: b"> " in seen)
            return [self._words(terminal, line) for line in lines]
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(terminal)

    def _words(self, terminal: int, line: str) -> list[str]:
        self.said.unlink(missing_ok=True)
        os.write(terminal, f"{line}{AT_ITS_BEGIN}say \r".encode())
        _wait(terminal, lambda _: self.said.exists())
        return self.said.read_text("utf-8").split("\0")[1:-1]


def _wait(terminal: int, is_over: Callable[[bytes], bool]) -> None:
    """Reads what a shell prints until something has happened."""
    seen, deadline = b"", time.monotonic() + PATIENCE
    while not is_over(seen):
        assert time.monotonic() < deadline, seen.decode("utf-8", "replace")
        if select.select([terminal], [], [], 0.02)[0]:
            seen += os.read(terminal, 65536)


def is_installed(shell: str) -> bool:
    return shutil.which(shell) is not None


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
