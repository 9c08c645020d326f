"""A lesson's flash cards, and Anki's text import of all of them.

Fields are HTML. Nothing in them can be a tag, a gap (`{{c1::…}}`), a template, a formula or a sound.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from k8snotes.model.document import SIGNATURES, Blanked, Card, Defined
from k8snotes.model.lesson import Comment, Lesson
from k8snotes.render import labels
from k8snotes.render.escaping import one_line, visible
from k8snotes.speech import Message, _, language, spoken

COLUMNS = "#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
DECK = "k8snotes"
KINDS = {
    "definition": Message("definition"),
    "cloze": Message("cloze"),
    "question": Message("Q&A"),
}
GUID_DIGITS = 20
# What Anki acts on inside a field is cut by a mark that shows nothing. Entities would not do: its editor
# decodes them.
CUT = "<wbr>"
ACTED_ON = re.compile(r"\{(?=\{)|\}(?=\})|:(?=:)|\[(?=/?(?:latex|\$)|sound:|anki:|type:)", re.IGNORECASE)
FORMULA = re.compile(r"\\(?=[()\[\]])")
NO_FORMULA = "\\<span></span>"  # formulas are looked for across <wbr>


def lesson_cards(
    lesson: Lesson,
    *,
    keys: tuple[str, str],
    defined: Iterable[Defined],
    blanked: Iterable[Blanked],
    asked: Iterable[tuple[Comment, Comment]],
) -> Iterator[Card]:
    """The cards of a lesson. `keys` are those of its course and of itself.

    `asked` are questions that the author answered, each as it is known by and as it is to be shown.
    """
    course, own = keys
    deck = deck_of(lesson.course)
    lesson_tag = _tag(lesson.called)

    def card(
        kind: str, identity: Sequence[str], asks: str, front: str, back: str, strength: float = 1.0
    ) -> Card:
        tags = (f"k8snotes::{spoken(KINDS[kind])}", *([f"k8snotes::{lesson_tag}"] if lesson_tag else []))
        return Card(
            kind=kind,  # type: ignore[arg-type]
            identity="\n".join([kind, *identity]),
            asks=asks,
            deck=deck,
            front=front,
            back=back,
            tags=tags,
            strength=strength,
        )

    for one in defined:
        blank = " " if language() == "zh" and one.term.text[:1].isascii() else ""  # after Han characters
        front = _("What is {term}?", term=f"{blank}{field_html(one.term.text)}")
        back = f"{field_html(one.plain)}{_source(lesson, one.line)}"
        yield card("definition", (course, one.term.key), one.term.text, front, back, one.strength)
    for gap in blanked:
        yield card(
            "cloze",
            (course, own, gap.term.key),
            gap.plain,
            _with_gaps(gap),
            _source(lesson, gap.line).removeprefix("<br>"),
        )
    for known, shown in asked:
        who = f"{known.author}\n{known.date}\n1"  # with a number, as in files that were imported once
        replies = "<br>".join(
            field_html(reply.text.string) for reply in shown.replies if reply.by == "author"
        )
        place = lesson.place_of(shown)
        line = shown.first_line if place.path == lesson.source.path else None
        back = f"{replies}{_source(lesson, line, labels.comment_name(shown) if shown.author else None)}"
        question = shown.text.string
        yield card("question", (course, own, who), known.text.string, field_html(question), back)


def cards_text(cards: Iterable[Card], note_types: tuple[str, str]) -> Iterator[str]:
    """The lines of the file that Anki imports; no two have one GUID."""
    yield SIGNATURES["anki"] + COLUMNS
    plain, with_gaps = map(_in_a_column, note_types)
    for card in cards:
        fields = (
            guid(card.identity),
            with_gaps if card.kind == "cloze" else plain,
            card.deck,
            card.front,
            card.back,
            " ".join(card.tags),
        )
        yield "\t".join(fields) + "\n"


def guid(identity: str) -> str:
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:GUID_DIGITS]


def field_html(text: str) -> str:
    """Plain text as HTML of a field, a line a line."""
    lines = (visible(line.replace("\t", " ")).strip() for line in text.split("\n"))
    escaped = escape("\n".join(filter(None, lines)))
    return FORMULA.sub(
        lambda _found: NO_FORMULA, ACTED_ON.sub(lambda found: found[0] + CUT, escaped)
    ).replace("\n", "<br>")


def _with_gaps(blanked: Blanked) -> str:
    parts: list[str] = []
    at = 0
    for start, stop in blanked.spans:
        parts += (_guarded(blanked.plain[at:start]), f"{{{{c1::{_guarded(blanked.plain[start:stop])}}}}}")
        at = stop
    return "".join([*parts, _guarded(blanked.plain[at:])])


def _guarded(text: str) -> str:
    """As `field_html`, for text that stands beside the braces of a gap."""
    written = field_html(text)
    before = CUT if written[:1] in ("}", ":") else ""
    after = CUT if written[-1:] in ("{", "}", ":") else ""
    # Blanks beside a gap stay.
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return f"{' ' * bool(lead)}{before}{written}{after}{' ' * bool(trail)}"


def _source(lesson: Lesson, line: int | None, reader: str | None = None) -> str:
    """Where a card is from, in small print."""
    parts = (reader, lesson.called or None, None if line is None else labels.line_label(line))
    return f"<br><small>{' · '.join(field_html(part) for part in parts if part)}</small>"


def deck_of(course: str | None) -> str:
    """A deck of its own for each course; "::" would make decks in decks."""
    name = re.sub(r":(?=:)|(?<=:):", "：", _in_a_column(course or "")).strip(" ：:")
    return f"{DECK}::{name}" if name else DECK


def _in_a_column(text: str) -> str:
    return " ".join(visible(one_line(text)).split()).replace('"', "＂")


def _tag(name: str) -> str:
    return re.sub(r"[^\w\-]+", "-", name).strip("-")
