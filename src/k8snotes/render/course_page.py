"""A course as one page of HTML that needs nothing else: contents, lessons, a search of its own.

All text is escaped, and what is not ours is nowhere but between tags and in the title. The page may
run its one script, known by its hash, and load nothing: the policy in its head says so.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, assert_never

from k8snotes.model.document import SIGNATURES
from k8snotes.model.findings import KeySentence, Summary
from k8snotes.model.lesson import (
    Block,
    Code,
    Comment,
    Figure,
    Heading,
    ItemList,
    Lesson,
    Paragraph,
    Quote,
    Table,
)
from k8snotes.render import labels
from k8snotes.render.blocks import Runs, demotion, figure, items, rows, runs_for
from k8snotes.render.escaping import json_string, one_line, visible
from k8snotes.speech import _

DATA = Path(__file__).with_name("data")
TOP_LEVEL, LOWEST_LEVEL = 4, 6  # of the text's headings on the page
DEEPEST = 4  # level of items that is still shown as its own


class Entry(NamedTuple):
    """A line of the contents."""

    anchor: str
    called: str
    course: str | None


def anchor_of(lesson: Lesson) -> str:
    """Where a lesson stands on the page; the same as long as its file has its name."""
    place = f"{lesson.source.path}\n{lesson.source.entry}"
    return f"l-{sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def lesson_section(summary: Summary, runs: Runs, *, with_body: bool) -> str:
    """A lesson's part of the page; `runs` says which words of inline Markdown are bold."""
    lesson = summary.lesson
    shown = [comment for comment in lesson.comments if comment.text or comment.replies]
    questions = [comment for comment in shown if comment.is_answered_question]
    others = [comment for comment in shown if not comment.is_answered_question]
    byline = labels.byline(lesson)
    parts = [
        f'<article id="{anchor_of(lesson)}">\n<h2>{_text(labels.titled(lesson.called))}</h2>',
        f'<p class="by ui">{_text(byline)}</p>' if byline else "",
        f'<div class="thesis"><p>{_sentence(summary.thesis)}</p></div>' if summary.thesis else "",
        _sentences(_("Key points"), summary.key_points),
        _sentences(_("The author's summary"), summary.rest_of_author_summary),
        _themes(summary),
        _body(lesson, runs) if with_body and lesson.blocks else "",
        _questions(questions),
        _comments(others, labels.said_of(_("Comments"), labels.digest_line(summary.comments))),
        f'<p class="rights">{_text(lesson.copyright)}</p>' if lesson.copyright else "",
        "</article>\n",
    ]
    return "\n".join(filter(None, parts))


def page_head(entries: Sequence[Entry]) -> str:
    """The page up to its lessons."""
    courses = [course for course, _lessons in groupby(entries, lambda entry: entry.course)]
    title = courses[0] if len(courses) == 1 and courses[0] else _("Course notes")
    placeholder = _("Search texts and comments (press /)")
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{b64encode(sha256(_script().encode()).digest()).decode()}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""{SIGNATURES["html"]}<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>
{_data("page.css")}</style>
</head>
<body>
<header>
<h1>{_text(title)}<small>{labels.lesson_count(len(entries))}</small></h1>
<div id="search" role="search" hidden>
<input id="q" type="search" placeholder="{placeholder}" aria-label="{_("Search")}"
 autocomplete="off" spellcheck="false">
<output id="count" for="q" aria-live="polite"></output>
</div>
<ol id="hits" aria-label="{_("Search results")}" hidden></ol>
</header>
<div id="page">
<nav aria-label="{_("Contents")}">
<details id="contents">
<summary>{_("Contents")}</summary>
<ol>
{"".join(_contents(entries, names_courses=len(courses) > 1))}</ol>
</details>
</nav>
<main>
"""


def page_foot(folding: str) -> str:
    """The page from its lessons on; `folding` is pairs of a character and what it is looked for as."""
    table = json_string(folding).replace("<", "\\u003c")
    return f"""</main>
</div>
<script type="application/json" id="fold">{table}</script>
<script>{_script()}</script>
</body>
</html>
"""


def _contents(entries: Sequence[Entry], *, names_courses: bool) -> Iterator[str]:
    for course, lessons in groupby(entries, lambda entry: entry.course):
        if names_courses:
            yield f"<li><b>{_text(course or _('In no course'))}</b>\n<ol>\n"
        for lesson in lessons:
            yield f'<li><a href="#{lesson.anchor}">{_text(labels.titled(lesson.called))}</a></li>\n'
        if names_courses:
            yield "</ol></li>\n"


# --- the parts of a lesson, "" for those with nothing to say


def _sentences(heading: str, sentences: Sequence[KeySentence]) -> str:
    items = [f"<li>{_sentence(sentence)}</li>" for sentence in sentences]
    return "\n".join([_heading(heading), "<ul>", *items, "</ul>"]) if items else ""


def _themes(summary: Summary) -> str:
    items = [
        f'<li><button type="button">{_text(theme.text)} <small class="ui">{theme.count}</small></button></li>'
        for theme in summary.themes
    ]
    if not items:
        return ""
    return "\n".join([_heading(_("Themes")), '<ul class="themes">', *items, "</ul>"])


def _questions(comments: Sequence[Comment]) -> str:
    heading = _heading(_("Questions and answers"))
    return "\n".join([heading, *map(_comment, comments)]) if comments else ""


def _comments(comments: Sequence[Comment], said: str) -> str:
    if not comments:
        return ""
    return "\n".join(
        [f'<details>\n<summary class="ui">{said}</summary>', *map(_comment, comments), "</details>"]
    )


def _body(lesson: Lesson, runs: Runs) -> str:
    writer = _Body(runs_for(lesson, runs), demotion(lesson, TOP_LEVEL))
    written = "\n".join(filter(None, map(writer.block, lesson.blocks)))
    return (
        f'<details open>\n<summary class="ui">{_("Text")}</summary>\n{written}\n</details>' if written else ""
    )


def _heading(words: str) -> str:
    return f'<h3 class="ui">{words}</h3>'


def _sentence(sentence: KeySentence) -> str:
    return f'{_text(sentence.plain)} <small class="ui">{labels.line_label(sentence.line)}</small>'


def _comment(comment: Comment) -> str:
    who = f'<p class="who"><b>{_text(labels.comment_name(comment))}</b>'
    parts = [f'<div class="comment">\n{who} · <span class="ui">{labels.comment_facts(comment)}</span></p>']
    parts += _paragraphs(comment.text.string)
    for reply in comment.replies:
        replies = "\n".join(_paragraphs(reply.text.string))
        said = f'<p class="ui"><small>{labels.replied(reply)}</small></p>'
        parts.append(f'<div class="reply">\n{said}\n{replies}\n</div>')
    return "\n".join([*parts, "</div>"])


def _paragraphs(text: str) -> Iterator[str]:
    return (f"<p>{_text(line)}</p>" for line in text.split("\n") if line.strip())


class _Body:
    """The blocks of a lesson's text; what was bold stays so, images are named and not loaded."""

    def __init__(self, runs: Runs, demoted: int) -> None:
        self.runs = runs
        self.demoted = demoted

    def block(self, block: Block) -> str:
        text = block.text.string
        match block:
            case Paragraph():
                return f"<p>{self.line(text)}</p>" if text.strip() else ""
            case Heading():
                level = max(TOP_LEVEL, min(block.level + self.demoted, LOWEST_LEVEL))
                return f"<h{level}>{self.line(text)}</h{level}>" if text.strip() else ""
            case ItemList():
                return "\n".join(["<ul>", *self._items(text), "</ul>"])
            case Code():
                return f"<pre><code>{escape(visible(text))}</code></pre>"
            case Quote():
                lines = [f"<p>{self.line(line)}</p>" for line in text.split("\n") if line.strip()]
                return "\n".join(["<blockquote>", *lines, "</blockquote>"])
            case Table():
                return "\n".join(['<div class="table"><table>', *self._rows(text), "</table></div>"])
            case Figure():
                return f"<p>{_text(figure(text))}</p>"
            case _:
                assert_never(block)

    def line(self, text: str) -> str:
        runs = self.runs(one_line(text))
        return "".join(f"<strong>{_text(words)}</strong>" if bold else _text(words) for words, bold in runs)

    def _items(self, text: str) -> Iterator[str]:
        """Items with their marks, numbers above all; inner ones know how deep they stand."""
        for depth, number, words in items(text):
            nested = f' class="d{min(depth, DEEPEST)}"' if depth > 1 else ""
            yield f"<li{nested}>{'' if number is None else f'{number}. '}{self.line(words)}</li>"

    def _rows(self, text: str) -> Iterator[str]:
        for at, row in enumerate(rows(text)):
            tag = "th" if at == 0 else "td"
            yield f"<tr>{''.join(f'<{tag}>{self.line(cell)}</{tag}>' for cell in row)}</tr>"


def _text(text: str) -> str:
    return escape(visible(one_line(text)))


@cache
def _script() -> str:
    return "\n" + _data("page.js")


def _data(name: str) -> str:
    return re.sub(r"\n\s+", "\n", (DATA / name).read_text("utf-8"))
