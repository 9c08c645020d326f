"""What changes in files, as a unified diff."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from k8snotes.model.note import Change

NOTHING = "/dev/null"


def diff_lines(changes: Iterable[Change]) -> Iterator[str]:
    """The lines that `diff -u` would print for the changes, without their ends."""
    for change in changes:
        old, new = _lines(change.before), _lines(change.after)
        names = (
            NOTHING if change.before is None else f"a/{change.path}",
            NOTHING if change.after is None else f"b/{change.path}",
        )
        for line in unified_diff(old, new, *names, n=3):
            yield line.removesuffix("\n")
            if line[:1] in " +-" and not line.endswith("\n"):
                yield r"\ No newline at end of file"


def _lines(content: bytes | None) -> list[str]:
    text = "" if content is None else content.decode("utf-8", "replace")
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
