"""A study note as composed, and what became of it when it met what stands on disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Outcome = Literal["written", "updated", "unchanged", "conflict"]

READER_HEADING = "## 我的笔记"  # from this line on a note is the reader's


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    fields: str  # front matter without its fences, one field a line or more
    body: str  # Markdown down to the reader's heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a note; `beside` is where the new text went in a conflict."""

    path: Path
    outcome: Outcome
    beside: Path | None = None
