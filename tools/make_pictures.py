"""Writes the pictures of screens in `docs/pictures/`: what commands print on a terminal, as SVG.

    .venv/bin/python tools/make_pictures.py

`tests/docs/test_pictures.py` fails when they are stale.
"""

import html
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from shutil import copytree

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 84  # cells
SCREENS = {
    "summarize": ("summarize", "seeds/001_b7d20e5489a1f36c.txt"),
    "search": ("search", "什么是声明式 API", "--limit", "3"),
    "theme": ("theme", "值班表"),
    "themes": ("themes", "--limit", "12"),
    "course": ("course",),
}
# Rich's picture asks a server for a font; a picture of ours asks nobody for anything.
FONT_FACE = re.compile(r"\s*@font-face \{\{.*?\}\}", re.DOTALL)
# It also gives a text as many cells as it has characters, where a Chinese one takes two.
TEXT = re.compile(
    r'<text class="(?P<style>screen-r\d+)" x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+") [^>]*>(?P<text>[^<]*)</text>'
)
CELL = 12.2  # what it takes for the width of a cell
FORMAT = FONT_FACE.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, monospace", "monospace")


def made_pictures() -> Iterator[tuple[str, str]]:
    """The name of each picture and what it should hold."""
    with tempfile.TemporaryDirectory() as folder:
        copytree(ROOT / "seeds" / "sample", Path(folder) / "seeds")
        for name, arguments in SCREENS.items():
            yield f"{name}.svg", _picture(arguments, _screen(arguments, folder))


def _screen(arguments: tuple[str, ...], folder: str) -> str:
    """What a command prints on a terminal, with its colours."""
    environment = {
        **os.environ,
        "COLUMNS": str(WIDTH),
        "PYTHONPATH": str(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
        "K8SNOTES_LANG": "zh",
    }
    command = (sys.executable, "-X", "utf8", "-m", "k8snotes", *arguments, "--color", "always")
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=True
    ).stdout.decode()


def _picture(arguments: tuple[str, ...], screen: str) -> str:
    words = (f"'{word}'" if " " in word else word for word in arguments)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(screen.rstrip("\n")))
    picture = console.export_svg(title=f"k8snotes {' '.join(words)}", code_format=FORMAT, unique_id="screen")
    return TEXT.sub(_in_cells, picture)


def _in_cells(found: re.Match[str]) -> str:
    """A run of text as runs of characters of one width each, every one in its cells."""
    x = float(found["x"])
    runs: list[str] = []
    for cells, characters in groupby(html.unescape(found["text"]), cell_len):
        run = "".join(characters)
        width = len(run) * cells * CELL
        if not run.isspace():
            place = f'x="{x:g}" {found["y"]} textLength="{width:g}"'
            runs.append(f'<text class="{found["style"]}" {place}>{html.escape(run, quote=False)}</text>')
        x += width
    return "".join(runs)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, picture in made_pictures():
        (PICTURES / name).write_text(picture, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
