"""The law of the round trip: a note read back says what was meant, whatever a text tries.

Every text of `data/attacks` lands in every place of a note that a text can land in.
"""

import datetime
import json
import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML

from k8snotes.export.markers import Held, split
from k8snotes.export.merge import Origin, fresh, merge
from k8snotes.model.findings import CommentDigest, KeySentence, Summary, Theme
from k8snotes.model.lesson import Code, Comment, Heading, Lesson, Paragraph, Quote, Reply
from k8snotes.model.note import Note, NoteStyle
from k8snotes.model.source import Source
from k8snotes.model.text import Piece, Text
from k8snotes.render.escaping import one_line, visible
from k8snotes.render.markdown import lesson_note, placed
from k8snotes.segment.marks import bold_runs
from k8snotes.speech import Language
from properties.examples import examples

ORIGIN = Origin(id="0123", source="../seeds/a.txt", title="00000000")
MARKER = re.compile(r"<!-- /?k8snotes:[a-z]+ [!-~ ]+ -->")
ATTACKS = Path(__file__).parents[1] / "data" / "attacks"
OWN_LINK = re.compile(r"\[第 \d+ 行\]\(\.\./seeds/a\.txt#L\d+\)")
# What no reader of Markdown may meet outside of our own words and links.
ALIVE = re.compile(
    r"://|\bwww\.|[\w.+-]@[\w-]|\{\{|\{%|\{#|\{:|<|%%|(?<!\\)\[\[|==|::|(?<!\\)`|~|\$|\^|(?<![\\\w#&])#\w",
    re.IGNORECASE,
)
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
HARMLESS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hr",
    "blockquote_open", "blockquote_close", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "strong_open", "strong_close",
    "link_open", "link_close", "fence",
}  # fmt: skip


def attacks() -> list[str]:
    plain = [line for path in sorted(ATTACKS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return plain + [
        json.loads(line) for line in (ATTACKS / "characters.jsonl").read_text("utf-8").splitlines()
    ]


def text_of(string: str) -> Text:
    return Text(string=string, pieces=(Piece(0, 1, 0),))


def summary_that_says(text: str) -> Summary:
    """A summary in which every text is the one given."""
    comment = Comment(
        author=text or None,
        author_truncated=False,
        date=None,
        likes=None,
        text=text_of(text),
        clipped=False,
        pinned=False,
        kind="remark",
        reply_count=None,
        replies=(Reply(by="author", text=text_of(text), first_line=9, last_line=9),),
        first_line=8,
        last_line=9,
    )
    lesson = Lesson(
        source=Source(path="seeds/a.txt", name="a.txt", lines=("",) * 9, encoding="utf-8"),
        format="markdown",
        markup="plain",
        title=text,
        number=None,
        course=text,
        author=None,
        author_bio=None,
        date=datetime.date(2026, 3, 2),
        audio=None,
        stats=None,
        previous=None,
        next=None,
        copyright=text,
        title_lines=None,
        blocks=(
            Heading(text=text_of(text), level=1, first_line=2, last_line=2),
            Paragraph(text=text_of(text), first_line=3, last_line=3),
            Quote(text=text_of(text), first_line=4, last_line=4),
            Code(text=text_of(text), language=text, first_line=5, last_line=6),
        ),
        sections=(),
        comments=(comment,),
        comments_total=None,
        warnings=(),
    )
    thesis = KeySentence(text=text, plain=text, line=3, score=1.0)
    return Summary(
        lesson=lesson,
        thesis=thesis,
        sentences=(thesis, KeySentence(text=text, plain=text, line=5, score=0.5)),
        themes=(Theme(text=text, count=2, lessons=1, score=1.0, aliases=()),),
        comments=CommentDigest(total=1, questions=0, answered=1, thanks=0, top=(comment,)),
    )


def note_that_says(text: str, language: Language = "zh") -> Note:
    style = NoteStyle(sentences=5, themes=10, with_body=True, language=language)
    note = lesson_note(summary_that_says(text), style, bold_runs)
    return placed(note, id="0123", source=Path("seeds/a.txt"), target=Path("notes/a.md"), style=style)


def read_back(note: Note) -> tuple[dict[str, object], list[Token]]:
    """The front matter and the tokens of a whole note; of HTML there are our own markers only."""
    text = fresh(note, ORIGIN)
    _, fields, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    tokens = MARKDOWN.parse(body)
    assert all(MARKER.fullmatch(token.content.rstrip()) for token in tokens if token.type == "html_block")
    return YAML(typ="safe").load(StringIO(fields)), [token for token in tokens if token.type != "html_block"]


def words(inline: Token) -> str:
    """An inline token's text; our own links are left out."""
    shown, in_link = "", False
    for child in inline.children or []:
        in_link = child.type == "link_open" or (in_link and child.type != "link_close")
        shown += "\n" if child.type == "softbreak" else "" if in_link else child.content
    return shown.strip(" ") if "link_open" in {child.type for child in inline.children or []} else shown


def check(text: str) -> None:
    meant = visible(one_line(text))
    lines = [visible(one_line(line)) for line in text.split("\n") if line.strip()]
    name = meant or "（无名）"

    note = note_that_says(text)
    fields, tokens = read_back(note)

    inlines = [token for token in tokens if token.type == "inline"]
    nested = [child for token in inlines for child in token.children or []]
    assert {token.type for token in (*tokens, *nested)} <= HARMLESS
    assert {child.attrs["href"] for child in nested if child.type == "link_open"} == {
        "../seeds/a.txt#L3",
        "../seeds/a.txt#L5",
    }
    headings = [words(after) for before, after in pairwise(tokens) if before.type == "heading_open"]
    assert headings == [
        meant or "（无标题）",
        *("要点", "主题", "留言", "正文"),
        *([meant] if meant else []),
        "我的笔记",
    ]
    assert [words(inline) for inline in inlines] == [
        meant or "（无标题）",
        f"{meant} · 2026-03-02" if meant else "2026-03-02",
        f"[!NOTE]\n{meant}".rstrip(" "),
        "要点",
        meant,
        *("主题", "主题", "次数", meant, "2"),
        "留言",
        "1 条，1 条有作者回复。",
        f"{name} · 见解",
        *lines,
        "作者回复：",
        *lines,
        "正文",
        *([meant, meant] if meant else []),
        *lines,
        *([meant] if meant else []),
        "我的笔记",
    ]
    assert not ALIVE.findall(_foreign_words(note))
    assert fields["title"] == (text if text else "")
    [code] = [token for token in tokens if token.type == "fence"]
    assert code.content == f"{visible(text)}\n"
    assert code.info in ("", text)
    whole = fresh(note, ORIGIN)
    held = [part for part in split(whole).parts if isinstance(part, Held)]
    assert [part.name for part in held] == [region.name for region in note.regions]
    assert all(part.is_untouched for part in held)
    assert merge(whole, note, ORIGIN).text == whole


def _foreign_words(note: Note) -> str:
    """The regions without what we put there ourselves: marks of headings and the links to lines; no code."""
    prose = "\n".join(
        re.sub(r"^(`{3,}).*?^\1$", "", region.text, flags=re.M | re.S) for region in note.regions
    )
    return OWN_LINK.sub("", re.sub(r"^#+ ", "", prose, flags=re.MULTILINE))


@pytest.mark.parametrize("attack", attacks())
def test_no_text_does_anything_in_a_note_but_be_read(attack: str) -> None:
    check(attack)


@pytest.mark.parametrize("attack", attacks())
def test_nor_in_a_note_in_english(attack: str) -> None:
    """What stands beside a text there is a blank, a colon or a comma, in place of marks of Chinese."""
    chinese, english = (read_back(note_that_says(attack, language))[1] for language in ("zh", "en"))

    def shape(tokens: list[Token]) -> list[tuple[str, list[str]]]:
        return [(token.type, [child.type for child in token.children or []]) for token in tokens]

    assert shape(english) == shape(chinese)


@examples(80)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*"*_`[]()<>#|~$^&=:%{}@!?/\\+-. \n\t1a控", "](", "**", "http://", "www.", "&lt;", "a@b"]
            ),
            st.sampled_from(attacks()).map(lambda attack: attack[:40]),
            st.characters(),
        ),
        max_size=12,
    ).map("".join)
)
def test_no_mixture_of_marks_does_either(text: str) -> None:
    check(text)


@settings(deadline=None)
@given(st.text())
def test_rendering_a_note_twice_gives_the_same_bytes(text: str) -> None:
    assert note_that_says(text) == note_that_says(text)
