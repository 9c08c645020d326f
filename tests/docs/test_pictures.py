"""The pictures of screens show what commands print now, and ask no server for anything."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"


def made_pictures() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_pictures", ROOT / "tools" / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return dict(tool.made_pictures())


def words(picture: str) -> str:
    """What is to be read in it; the rest is the picture's maker's, and changes with its versions."""
    return "".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))


def test_each_picture_is_as_its_command_has_it_now() -> None:
    made = made_pictures()

    assert {picture.name for picture in PICTURES.iterdir()} == set(made)
    stale = [
        name
        for name, picture in made.items()
        if words((PICTURES / name).read_text("utf-8")) != words(picture)
    ]
    assert stale == [], "renew them with tools/make_pictures.py"


def test_no_picture_loads_anything() -> None:
    loads = re.compile(r"url\((?!#)|href|@import|<image|<script")
    pictures = [picture.read_text("utf-8") for picture in PICTURES.iterdir()]

    assert pictures
    assert not any(map(loads.search, pictures))
