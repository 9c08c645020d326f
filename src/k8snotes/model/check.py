"""What a look at the installation or a workspace says."""

from typing import Literal, NamedTuple

# A "problem" needs a person; a "note" is worth knowing, and goes away by itself or may stay.
State = Literal["ok", "note", "problem"]


class Check(NamedTuple):
    area: str  # what was looked at
    state: State
    text: str
    advice: str | None = None  # what to do, or what will happen
