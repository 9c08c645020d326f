"""A call of the program: what it asks for is done, with click or, where that is quicker, without."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from k8snotes.cli import COMPLETE

if TYPE_CHECKING:
    from k8snotes.cli.options import Call

# The commands that say what they take as a table.
PLAIN = frozenset({"search", "grep"})


def invoke(arguments: Sequence[str]) -> int:
    """Does what the arguments say; the exit code."""
    if shell := os.environ.get(COMPLETE):
        from k8snotes.cli.completion import answer

        return answer(shell, arguments)
    if not PLAIN.isdisjoint(arguments):
        from k8snotes.cli.options import plainly_called, plainly_read, with_what_stood_before
        from k8snotes.cli.session import in_session

        name, before, behind = plainly_called(arguments) or ("", {}, [])
        if name in PLAIN:
            call: Call = import_module(f"k8snotes.cli.{name}").CALL
            said = plainly_read(call, behind)
            if said is not None:
                return in_session(call.name, call.run, with_what_stood_before(said, before), ahead=True)
    from k8snotes.cli.group import invoke_with_click

    return invoke_with_click(arguments)
