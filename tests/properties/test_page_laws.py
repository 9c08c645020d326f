"""The law of the round trip, of pages: read back they say what was meant, whatever a text tries.

Every text of `data/attacks` lands in every place of a page that a text can land in.
"""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.export.markers import Held, split
from k8snotes.export.merge import Origin, fresh, merge
from k8snotes.model.findings import KeySentence, Topic
from k8snotes.model.note import FlavorName, Links, Note, NoteStyle
from k8snotes.model.source import Place
from k8snotes.model.thread import Mention, Neighbour, Remark, Share, Thread
from k8snotes.model.volume import Asked, Chapter, Followed, Gist, Listed, Volume
from k8snotes.render.escaping import one_line, visible
from k8snotes.render.links import LinksFrom
from k8snotes.render.markdown import lesson_note, placed
from k8snotes.render.mermaid import MARKS, Branch, graph, label, mind_map
from k8snotes.render.pages import Places, index_page, question_page, theme_page
from k8snotes.segment.marks import bold_runs
from k8snotes.speech import speaking
from properties.examples import examples
from properties.test_note_laws import ALIVE, HARMLESS, attacks, read_back, summary_that_says, words

LINK = re.compile(r"(?<!\\)\[(?:[^\[\]\\]|\\.)*\]\([^()\s]*\)")
MERMAID = re.compile(r"^[\t ]*(?:- )?```mermaid\n(?P<lines>.*?)\n[\t ]*```$", re.MULTILINE | re.DOTALL)
# All that a line of a diagram may be: its keyword, a node with its label, a line between two nodes.
DRAWN = re.compile(r'mindmap|graph LR|\s*n\d+\["[^"\n]+"\]|\s*n\d+ --- n\d+')
PORTABLE = NoteStyle(sentences=5, themes=10)
ENGLISH = replace(PORTABLE, language="en")


def volume_that_says(text: str) -> Volume:
    """A volume of two lessons in which every text is the one given."""
    comment = replace(summary_that_says(text).lesson.comments[0], kind="question")
    remark = Remark(
        lesson=text,
        path="seeds/a.txt",
        place=Place(path="seeds/a.txt", locator=None),
        comment=comment,
        about=None,
    )
    asked = Asked(remark=remark, worth=1.0)
    chapters = tuple(
        Chapter(
            id=f"{at}",
            note=f"{at}.md",
            gist=Gist(
                path=f"seeds/{name}.txt",
                entry=0,
                title=text,
                called=text,
                thesis=KeySentence(text=text, plain=text, line=3, score=1.0),
                phrases="[]",
                asked=(asked,),
            ),
        )
        for at, name in enumerate("ab")
    )
    mentions = tuple(
        Mention(
            place=None,
            path=f"seeds/{name}.txt", entry=0, lesson=text, kind="body", text=text, plain=text, line=5,
            lines=(5,), score=0.9, author=None,
        )
        for name in "ab"
    )  # fmt: skip
    thread = Thread(
        text=text,
        aliases=(text,),
        definition=mentions[0],
        mentions=mentions,
        shares=tuple(Share(path=f"seeds/{name}.txt", entry=0, lesson=text, count=1) for name in "ab"),
        related=(Neighbour(text=text, together=2, score=9.0), Neighbour(text=text, together=2, score=8.0)),
    )
    themes = tuple(
        Followed(
            id=own,
            thread=thread,
            related=((thread.related[0], other), (thread.related[1], None)),
            asked=((chapters[0], asked),),
        )
        for own, other in (("t", "u"), ("u", "t"))
    )
    listed = Listed(name=text, line=text, rows=(chapters[0], text, chapters[1]), clashes=(text,))
    return Volume(folder="", sequences=(listed,), themes=themes)


def pages_that_say(text: str, style: NoteStyle = PORTABLE) -> list[Note]:
    volume = volume_that_says(text)
    places = Places(
        links=LinksFrom(target=Path("notes/README.md"), style=style),
        notes=Path("notes"),
        sources={"seeds/a.txt": Path("seeds/a.txt"), "seeds/b.txt": Path("seeds/b.txt")},
        pages={"t": "themes/t.md", "u": "themes/u.md", "q": "问答.md", "v": "v/README.md"},
    )
    orphan = re.sub(r"[/\x00\ud800-\udfff]", "", text)[:20] + ".md"
    with speaking(style.language):
        return [
            index_page(volume, places, questions="q", orphans=[orphan], others=["v"]),
            question_page(volume, places),
            theme_page(volume.themes[0], volume, places),
        ]


def check(text: str) -> None:
    meant = visible(one_line(text))
    for note in (*pages_that_say(text), *pages_that_say(text, ENGLISH)):
        fields, tokens = read_back(note)
        inlines = [token for token in tokens if token.type == "inline"]
        nested = [child for token in inlines for child in token.children or []]
        assert {token.type for token in (*tokens, *nested)} <= {*HARMLESS, "code_inline"}
        hrefs = {child.attrs["href"] for child in nested if child.type == "link_open"}
        assert all(re.fullmatch(r"(?:\.\./seeds/[ab]\.txt#L\d+|[^:]*\.md)", str(href)) for href in hrefs)
        titles = [after.content for before, after in pairwise(tokens) if before.type == "heading_open"]
        assert len(titles) == len(re.findall(r"^#+ ", body_of(note), re.MULTILINE)) + 1
        assert not ALIVE.findall(foreign_words(note))
        assert "title" in fields
        whole = fresh(note, Origin(id="0123", source="", title="00000000", page="theme"))
        held = [part for part in split(whole).parts if isinstance(part, Held)]
        assert [part.name for part in held] == [region.name for region in note.regions]
        assert all(part.is_untouched for part in held)
        assert merge(whole, note, Origin(id="0123", source="", title="00000000", page="theme")).text == whole
    theme = read_back(pages_that_say(text)[2])[1]
    assert (
        meant.strip() in words(next(token for token in theme if token.type == "inline")).strip() or not meant
    )
    assert_only_drawn(body_of(pages_that_say(text)[0]))


def body_of(note: Note) -> str:
    return "\n\n".join(region.text for region in note.regions)


def foreign_words(note: Note) -> str:
    """The page without what we put there ourselves: headings' marks, links' ends, bars, drawings."""
    prose = MERMAID.sub("", body_of(note))
    prose = re.sub(r"`[▁-█·]+`", "", prose)
    prose = LINK.sub(lambda link: link[0][1 : link[0].rindex("](")], prose)
    return re.sub(r"^#+ ", "", prose, flags=re.MULTILINE)


def assert_only_drawn(text: str) -> None:
    """Every line of every diagram is a node with a label or a line between nodes, and says nothing else."""
    found = MERMAID.findall(text)
    assert found
    for lines in found:
        for line in lines.split("\n"):
            assert DRAWN.fullmatch(line), line
            named = re.fullmatch(r'\s*n\d+\["(.*)"\]', line)
            assert named is None or not set(named[1]) & set(MARKS), line


@pytest.mark.parametrize("attack", attacks())
def test_no_text_does_anything_on_a_page_but_be_read(attack: str) -> None:
    check(attack)


@pytest.mark.parametrize("attack", attacks())
@pytest.mark.parametrize("flavor", ["obsidian", "logseq", "mkdocs"])
@pytest.mark.parametrize(("links", "style"), [("relative", ENGLISH), ("wiki", PORTABLE)])
def test_nor_in_another_flavor(attack: str, flavor: FlavorName, links: Links, style: NoteStyle) -> None:
    for note in pages_that_say(attack, replace(style, flavor=flavor, links=links)):
        prose = re.sub(
            r"\[\[([^\[\]|\n]+)\.(?:md|txt)(?:#L\d+)?\|([^\[\]|]+)\]\]", r"\1 \2", foreign_words(note)
        )
        assert not ALIVE.findall(prose)
        assert flavor != "mkdocs" or "<" not in dict(note.fields)["title"]
        if flavor == "logseq":
            lines = "\n".join(region.text for region in note.regions).split("\n")
            assert all(re.match(r"\t*(?:- |  )|$", line) for line in lines)
            assert not re.search(r"[\[\](){}#\n]", "".join(value for _, value in note.fields))


@pytest.mark.parametrize("style", [PORTABLE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("attack", attacks())
def test_nor_in_the_mind_map_of_a_lesson(attack: str, style: NoteStyle) -> None:
    topics = [Topic(heading=attack, line=4, depth=depth, themes=(attack,)) for depth in (1, 0, 1)]
    note = lesson_note(summary_that_says(attack), style, bold_runs, topics)
    note = placed(note, id="0", source=Path("seeds/a.txt"), target=Path("notes/a.md"), style=style)

    _, tokens = read_back(note)

    nested = [child for token in tokens for child in token.children or []]
    assert {token.type for token in (*tokens, *nested)} <= HARMLESS
    [drawn] = [region.text for region in note.regions if region.name == "map"]
    assert_only_drawn(drawn)
    assert not ALIVE.findall(LINK.sub("", MERMAID.sub("", drawn)).replace("## ", ""))
    assert [token.info for token in tokens if token.type == "fence"] == ["mermaid"]


@examples(60)
@given(
    st.one_of(
        st.text(max_size=60), st.sampled_from(attacks()), st.text(alphabet=MARKS + "-. a控\n", max_size=30)
    )
)
def test_no_label_breaks_out_of_a_diagram(text: str) -> None:
    drawn = (
        mind_map(Branch(text, [Branch(text), Branch(text, [Branch(text)])]))
        + "\n\n"
        + graph([text, text], [(0, 1)])
    )

    assert_only_drawn(drawn)
    assert 0 < len(label(text)) <= 40


@examples(30)
@given(st.text(max_size=40))
def test_no_mixture_of_characters_does_either(text: str) -> None:
    check(text)
