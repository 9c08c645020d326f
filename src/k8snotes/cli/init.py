"""`k8snotes init`: a workspace, made without overwriting anything."""

from pathlib import Path

import click

from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.errors import NotWritable, UsageError, reason_of
from k8snotes.speech import Message, _, spoken
from k8snotes.workspace import CONFIG_NAME, NOTES_README, SEEDS

SEEDS_README = Message("""\
# seeds

Put your course texts here: text, Markdown, HTML, EPUB and PDF files, in folders as you like.
`k8snotes` only reads them. This file itself is not read as a lesson.
""")
CONFIG = Message("""\
# Settings of this workspace; `k8snotes config --show-origin` shows what is in force.

# sentences = 5      # key sentences in a summary
# themes = 10        # themes shown for a lesson
# notes = "notes"    # folder that notes are exported to
# pages = true       # an index, questions and answers, a page a theme
# flavor = "markdown"  # or "obsidian", "logseq", "mkdocs": the program that notes are for
# links = "relative"   # or "wiki"
# with_body = false    # the lesson's full text in its note
# hide_names = false   # numbers in place of readers' names
# lang = "auto"        # or "zh", "en": of messages and notes; auto: the locale's, of notes Chinese
# lexicon = []       # terms of your own: ["灰度发布 = 金丝雀发布", "声明式 API"]
""")


@session_command("init", records=False, configured=False)
@click.argument("directory", metavar="[DIR]", required=False)
def command(session: Session, directory: str | None) -> int:
    """Makes a workspace in DIR, here without one: seeds/, notes/ and k8snotes.toml.

    What is there already is left as it is.
    """
    if directory == "":
        raise UsageError("the name of the folder is empty; name one, or none for this one")
    if directory is not None and session.named_workspace is not None:
        raise UsageError("DIR and --workspace both name the folder; give one of them")
    root = Path(directory or session.named_workspace or ".")
    files = {
        root / SEEDS / "README.md": SEEDS_README,
        root / "notes" / "README.md": NOTES_README,
        root / CONFIG_NAME: CONFIG,
    }
    made: list[str] = []
    for file, content in files.items():
        if _make(file, spoken(content)):
            made.append(str(file))
    if session.as_json:
        session.json_document(workspace=str(root), made=made)
    else:
        for name in made:
            session.line(_("made: {path}", path=name))
    if not made:
        session.hint(_("{root} is a workspace already", root=root))
    session.hint(_("Next: put course texts into {folder}, then run: k8snotes summarize", folder=root / SEEDS))
    return session.finish(found=True)


def _make(file: Path, content: str) -> bool:
    """Whether the file was made; what stands there stays."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(
            "{path}: {why}; choose another folder", path=file.parent, why=reason_of(error)
        ) from error
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(content)
    except FileExistsError:
        return False
    except OSError as error:
        raise NotWritable("{path}: {why}; choose another folder", path=file, why=reason_of(error)) from error
    return True
