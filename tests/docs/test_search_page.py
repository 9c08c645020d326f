"""The weights that docs/search.md shows are those that search ranks with."""

import re
from pathlib import Path

from k8snotes.index.ranking import FIELD_WEIGHTS
from k8snotes.index.rows import Field

PAGE = Path(__file__).parents[2] / "docs" / "search.md"
PARTS = {
    "first paragraphs": [Field.LEAD],
    "headings": [Field.HEADING],
    "body": [Field.BODY],
    "code, replies, folder and course": [Field.CODE, Field.REPLY, Field.FACTS],
    "comments": [Field.COMMENT],
}


def test_the_table_of_weights_is_true() -> None:
    rows = dict(re.findall(r"^\s*\| ([^|]+?) \| (\d\.\d) \|$", PAGE.read_text("utf-8"), re.MULTILINE))

    assert set(rows) == set(PARTS)
    assert {part: float(rows[name]) for name, parts in PARTS.items() for part in parts} == FIELD_WEIGHTS
