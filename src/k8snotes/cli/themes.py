"""`k8snotes themes`: the key phrases of the texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session
from k8snotes.speech import _, counted

if TYPE_CHECKING:
    from k8snotes.model.findings import Theme


@session_command("themes")
@paths_argument
@click.option("--limit", type=Count(min=1), default=20, show_default=True, metavar="N", help="How many.")
@click.option("--save", is_flag=True, help="Add them to the workspace's terms.toml, for you to edit.")
def command(session: Session, paths: tuple[str, ...], limit: int, save: bool) -> int:
    """The key phrases of the texts taken together, the most telling first.

    On a terminal with a bar that shows in which lessons each is named. Piped: count, number of
    lessons and name, tabs between them.
    """
    from k8snotes.pipeline import themes_in
    from k8snotes.render.plain import theme_lines
    from k8snotes.render.records import theme_records
    from k8snotes.studies import phrases_study

    found = session.studied(paths, phrases_study(session.own_terms), until_end=True)
    themes = themes_in((lesson.result for lesson in found), session.vocabulary, limit=limit)
    if save:
        _save(session, themes)
    if session.as_json:
        session.json_document(themes=theme_records(themes))
    elif session.as_jsonl:
        for record in theme_records(themes):
            session.json_line(record)
    elif session.terminal is not None:
        session.terminal.themes(themes)
    else:
        for line in theme_lines(themes):
            session.line(line)
    return session.finish(found=bool(themes))


def _save(session: Session, themes: "Sequence[Theme]") -> None:
    """Adds to the workspace's terms what they do not name yet."""
    from k8snotes.pipeline import key_of_term
    from k8snotes.terms import save_found

    file = session.required_workspace().terms_file
    added = save_found(file, themes, key_of_term)
    if added:
        session.hint(counted("{file}: {count} new term", "{file}: {count} new terms", added, file=file))
    else:
        session.hint(_("{file}: no new terms", file=file))
