"""The commands on a page of the documentation, run in its order, print what stands below them.

RENEW_TRANSCRIPTS=1 python -m pytest tests/docs    writes what is printed now
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli.runner import Runner
from transcripts.test_transcripts import printed_by

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PAGES = [page for page in sorted((ROOT / "docs").glob("**/*.md")) if BLOCK.search(page.read_text("utf-8"))]


class Reader:
    """Follows a page, in a folder beside which the sample course lies."""

    def __init__(self, folder: Path) -> None:
        self.k8snotes = Runner(folder)
        shutil.copytree(ROOT / "seeds" / "sample", folder / "sample")

    def follow(self, block: str) -> str:
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        return "\n\n".join("\n".join([line, *self._does(line[2:])]) for line in commands) + "\n"

    def _does(self, command: str) -> list[str]:
        match shlex.split(command):
            case ["cd", folder]:
                self.k8snotes = Runner(self.k8snotes.folder / folder)
                return []
            case ["cp", "-r", source, target]:
                shutil.copytree(self.k8snotes.folder / source, self.k8snotes.folder / target)
                return []
            case _:
                return printed_by(command, self.k8snotes)


def test_there_are_pages_to_follow() -> None:
    assert "quick-start.md" in {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    written = page.read_text("utf-8")
    reader = Reader(tmp_path)

    printed = BLOCK.sub(lambda block: reader.follow(block[0]), written)

    if os.environ.get("RENEW_TRANSCRIPTS"):
        page.write_text(printed, "utf-8", newline="\n")
    else:
        assert printed == written, "if this is what it should print, run with RENEW_TRANSCRIPTS=1"
