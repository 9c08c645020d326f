"""What a passage is to a reader."""

from typing import Literal

# The other parts of a page go by the name of their section.
PassageKind = Literal[
    "title", "heading", "body", "code", "comment", "reply",
    "masthead", "card", "audio", "navigation", "boilerplate", "comments",
]  # fmt: skip
# What the parts of a lesson that a reader looks for are called.
KINDS: tuple[PassageKind, ...] = ("title", "heading", "body", "code", "comment", "reply")
ALL_KINDS: tuple[PassageKind, ...] = (
    *KINDS, "masthead", "card", "audio", "navigation", "boilerplate", "comments",
)  # fmt: skip
