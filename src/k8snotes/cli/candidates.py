"""What may stand in a place of a call, for a shell that completes it: from what is known already.

A Tab must be quick, so no text is read: names of themes and lessons are those of the index as it is.
"""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from k8snotes.errors import K8sNotesError
from k8snotes.speech import _
from k8snotes.workspace import Workspace, find_workspace

MOST = 50  # candidates of one place; nobody reads more
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")

Item = CompletionItem[str]
Find = Callable[[click.Context, str], list[Item]]


class Completed(click.types.StringParamType):
    """A string that a shell can complete."""

    def __init__(self, find: Find) -> None:
        self.find = find

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Item]:  # noqa: ARG002
        return self.find(ctx, incomplete)


def complete_parameters(command: click.Command) -> None:
    """Gives each parameter of a command the candidates that its name has, if it takes any string."""
    for param in command.params:
        if param.name in CANDIDATES and param.type is click.STRING:
            param.type = Completed(CANDIDATES[param.name])


def _files(ctx: click.Context, incomplete: str) -> list[Item]:  # noqa: ARG001
    return [Item(incomplete, type="file")]


def _folders(ctx: click.Context, incomplete: str) -> list[Item]:  # noqa: ARG001
    return [Item(incomplete, type="dir")]


def _encodings(ctx: click.Context, incomplete: str) -> list[Item]:  # noqa: ARG001
    return [Item(name) for name in ENCODINGS if name.startswith(incomplete)]


def _kinds(ctx: click.Context, incomplete: str) -> list[Item]:  # noqa: ARG001
    from k8snotes.model.kinds import KINDS

    done, comma, begun = incomplete.rpartition(",")
    named = done.split(",")
    return [Item(f"{done}{comma}{kind}") for kind in KINDS if kind.startswith(begun) and kind not in named]


def _themes(ctx: click.Context, incomplete: str) -> list[Item]:
    workspace = _workspace(ctx)
    if workspace is None:
        return []
    from k8snotes.lookup import names_at_hand
    from k8snotes.terms import load_terms

    own: list[str] = []
    dropped: list[str] = []
    with contextlib.suppress(K8sNotesError):
        for term in load_terms(workspace.terms_file):
            (dropped if term.is_dropped else own).append(term.name)
    found = names_at_hand(workspace, incomplete, own, dropped)
    return _first(
        Item(name, help=_("lessons: {count}", count=lessons) if lessons else None) for name, lessons in found
    )


def _lessons(ctx: click.Context, incomplete: str) -> list[Item]:
    workspace = _workspace(ctx)
    if workspace is None:
        return []
    from k8snotes.lookup import lessons_at_hand

    return _first(Item(title) for title in lessons_at_hand(workspace, incomplete))


def _first(items: Iterable[Item]) -> list[Item]:
    """The first of those that differ."""
    return list({item.value: item for item in reversed([*items])}.values())[::-1][:MOST]


def _workspace(ctx: click.Context) -> Workspace | None:
    contexts = (ctx, ctx.parent) if ctx.parent else (ctx,)
    named = (context.params.get("workspace") for context in contexts)
    return find_workspace(Path.cwd(), override=next(filter(None, named), None))


# The name of a parameter → what may stand there.
CANDIDATES: dict[str, Find] = {
    "paths": _files,
    "workspace": _folders,
    "output": _folders,
    "directory": _folders,
    "encoding": _encodings,
    "kinds": _kinds,
    "name": _themes,
    "about": _themes,
    "theme": _themes,
    "lesson": _lessons,
}
