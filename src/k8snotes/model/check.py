"""What a look at the installation or a workspace says."""

from typing import Literal, NamedTuple

from k8snotes.speech import Message

# A "problem" needs a person; a "note" is worth knowing, and goes away by itself or may stay.
State = Literal["ok", "note", "problem"]


class Check(NamedTuple):
    area: str  # what was looked at
    state: State
    text: str
    advice: str | None = None  # what to do, or what will happen
    error: Message | None = None  # that says both of them
