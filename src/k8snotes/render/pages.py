"""The pages of a course in Markdown: its index, its questions and answers, a page for each main theme.

Each is made of regions, as notes are: a course, a lesson, a part of a page is one of its own, so that
what a reader writes between them stays there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from k8snotes.model.note import Note, Region
from k8snotes.model.thread import Mention, Neighbour, Share
from k8snotes.model.volume import Asked, Chapter, Followed, Listed, Volume, ranked
from k8snotes.render import labels
from k8snotes.render.bars import spread
from k8snotes.render.escaping import markdown_text
from k8snotes.render.flavors import FLAVORS, Flavor
from k8snotes.render.links import LinksFrom
from k8snotes.render.markdown import comment_markdown, tag_of
from k8snotes.render.mermaid import graph
from k8snotes.speech import _

BAR_WIDTH = 48
MOST_MENTIONS = 5  # of a lesson; the others are counted
MOST_BEST = 5  # questions named at the top of a page that has more
MOST_NODES, MOST_EDGES = 16, 3  # of a graph, and from a theme to its nearest; more cannot be read
MOST_QUESTIONS = 10  # on a theme's page; all answered ones are on the page of questions
ENOUGH_OF_A_QUESTION = 60  # characters, where it is only named


class Places(NamedTuple):
    """Where notes and pages stand and texts are, as far as links from one page need them."""

    links: LinksFrom
    notes: Path  # the output folder
    sources: Mapping[str, Path]  # by the path of a text, as shown
    pages: Mapping[str, str]  # id → path below the output folder, of the pages

    @property
    def flavor(self) -> Flavor:
        return FLAVORS[self.links.style.flavor]

    def to_chapter(self, chapter: Chapter, words: str | None = None) -> str:
        return self.links.to_note(self.notes / chapter.note, words or labels.titled(chapter.gist.called))

    def to_page(self, page: str, words: str) -> str:
        return self.links.to_note(self.notes / self.pages[page], words)

    def to_line(self, path: str, line: int) -> str:
        source = self.sources.get(path)
        return labels.line_label(line) if source is None else self.links.to_line(source, line)


# --- the index


def index_page(
    volume: Volume, places: Places, *, questions: str | None, orphans: Sequence[str], others: Sequence[str]
) -> Note:
    """The index of a volume.

    `questions` is the id of its page of questions; `orphans` are paths of notes whose lessons are gone;
    `others` ids of the indexes of other volumes.
    """
    title = index_title(volume)
    answered = sum(asked.remark.comment.is_answered for held in volume.chapters for asked in held.gist.asked)
    lists = [
        Region(name=region_name("lessons", held.name or ""), text=_lessons(held, places))
        for held in volume.sequences
    ]
    regions = [
        ("title", f"# {markdown_text(title)}"),
        *((region.name, region.text) for region in lists),
        (
            "volumes",
            _list(_("Other courses"), (places.to_page(page, _folder_of(places, page)) for page in others)),
        ),
        ("themes", _list(_("Themes"), (_theme_line(theme, places) for theme in volume.themes))),
        ("graph", _graph(volume.themes)),
        (
            "questions",
            ""
            if questions is None
            else f"## {_('Questions and answers')}\n\n{places.to_page(questions, labels.answered(answered))}",
        ),
        ("orphans", _orphans(orphans, places)),
    ]
    return _note(title, regions, places, also_called=[title])


def index_title(volume: Volume) -> str:
    name = volume.name or volume.folder.rpartition("/")[2]
    return labels.said_of(name, _("Contents")) if name else _("Contents")


def _folder_of(places: Places, page: str) -> str:
    return places.pages[page].rpartition("/")[0] or _("Contents")


def _lessons(held: Listed, places: Places) -> str:
    """The lessons of a course, what is missing in its place."""
    name = labels.course_called(held.name) if held.name or held.line else _("In no course")
    head = f"## {markdown_text(name)}"
    rows = [_row(row, places) for row in held.rows]
    rows += [f"- {markdown_text(line)}" for line in held.clashes]
    return "\n\n".join(filter(None, [head, markdown_text(held.line), "\n".join(rows)]))


def _row(row: Chapter | str, places: Places) -> str:
    if isinstance(row, str):
        return f"- {markdown_text(row)}"
    thesis = row.gist.thesis
    said = f" — {markdown_text(thesis.plain)}" if thesis is not None else ""
    return f"- {places.to_chapter(row)}{said}"


def _theme_line(theme: Followed, places: Places) -> str:
    thread = theme.thread
    said = f"{labels.share_line(thread)} {_bar(thread.shares)}"
    return labels.said_of(places.to_page(theme.id, thread.text), said)


def _bar(shares: Sequence[Share]) -> str:
    return f"`{spread([share.count for share in shares], BAR_WIDTH, in_ascii=False)}`"


def _graph(themes: Sequence[Followed]) -> str:
    """Which themes stand together, drawn, and said in words beside it; "" where none do."""
    nodes = themes[:MOST_NODES]
    places = {theme.id: at for at, theme in enumerate(nodes)}
    edges: dict[tuple[int, int], int] = {}
    for at, theme in enumerate(nodes):
        shown = [(neighbour, page) for neighbour, page in theme.related if page in places]
        for neighbour, page in shown[:MOST_EDGES]:
            if page is not None and places[page] != at:
                pair = min(at, places[page]), max(at, places[page])
                edges[pair] = max(edges.get(pair, 0), neighbour.together)
    if not edges:
        return ""
    used = sorted(set(chain.from_iterable(edges)))
    drawn = graph(
        [nodes[at].thread.text for at in used],
        [(used.index(one), used.index(other)) for one, other in sorted(edges)],
    )
    said = [
        "- "
        + labels.said_of(
            labels.listing(markdown_text(nodes[at].thread.text) for at in (one, other)),
            labels.together(count),
        )
        for (one, other), count in sorted(edges.items())
    ]
    return "\n\n".join(
        [
            f"## {_('Map of themes')}",
            _("A line joins two themes that often stand in the same paragraph."),
            drawn,
            "\n".join(said),
        ]
    )


def _orphans(orphans: Sequence[str], places: Places) -> str:
    links = (
        places.links.to_note(places.notes / path, path.rpartition("/")[2].removesuffix(".md"))
        for path in orphans
    )
    return _list(_("Notes whose texts are gone"), links)


# --- questions and answers


def question_page(volume: Volume, places: Places) -> Note:
    """Every question that an author answered, by lesson, the most worth reading first."""
    by_chapter = [
        (chapter, [asked for asked in ranked(chapter.gist.asked) if asked.remark.comment.is_answered])
        for chapter in volume.chapters
    ]
    answered = [(chapter, asked) for chapter, found in by_chapter for asked in found]
    title = _("Questions and answers")
    if volume.name:
        title = labels.said_of(volume.name, title)
    best = sorted(answered, key=lambda found: -found[1].worth)[:MOST_BEST]
    named = [_named(*found, places) for found in best]
    regions = [
        ("title", f"# {markdown_text(title)}\n\n{labels.sentence(labels.answered(len(answered)))}"),
        (
            "best",
            _list(
                _("Most worth reading"),
                named if len(answered) > MOST_BEST else (),
            ),
        ),
    ]
    for chapter, found in by_chapter:
        if found:
            parts = [f"## {places.to_chapter(chapter)}", *(_asked(asked, places) for asked in found)]
            regions.append((region_name("lesson", chapter.id), "\n\n".join(parts)))
    return _note(title, regions, places, also_called=[title])


def _named(chapter: Chapter, asked: Asked, places: Places) -> str:
    """A question in a line, with the way to where it stands."""
    said = " ".join(asked.remark.comment.text.string.split())
    if len(said) > ENOUGH_OF_A_QUESTION:
        said = said[: ENOUGH_OF_A_QUESTION - 1] + "…"
    place = labels.facts_line([places.to_chapter(chapter), _line_of(asked, places)])
    return f"{markdown_text(said)} —— {place}"


def _asked(asked: Asked, places: Places) -> str:
    """A question whole, with its replies, and the lines that it stands on and talks of."""
    about = asked.remark.about
    facts = [_line_of(asked, places)]
    if about is not None:
        place = places.to_line(asked.remark.path, about.first_line)
        facts.append(_("seems to be about {place}", place=place))
    return comment_markdown(asked.remark.comment, labels.facts_line(facts))


def _line_of(asked: Asked, places: Places) -> str:
    return places.to_line(asked.remark.place.path, asked.remark.comment.first_line)


# --- a theme


def theme_page(theme: Followed, volume: Volume, places: Places) -> Note:
    """What the lessons say of a theme."""
    thread = theme.thread
    aliases = labels.aliases(map(markdown_text, thread.aliases)) if thread.aliases else ""
    title = "\n\n".join(filter(None, [f"# {markdown_text(thread.text)}", aliases]))
    regions = [
        ("title", title),
        ("definition", _definition(thread.definition, places)),
        ("where", f"## {_('Where')}\n\n{_bar(thread.shares)} {labels.occurrence_line(thread)}"),
        *_mention_regions(theme, volume, places),
        ("related", _list(_("Related"), (_neighbour(*found, places) for found in theme.related))),
        ("questions", _questions(theme, places)),
    ]
    fields = () if volume.name is None else (("course", volume.name),)
    tag = tag_of(thread.text)
    return _note(
        thread.text,
        regions,
        places,
        also_called=[thread.text, *thread.aliases],
        fields=fields,
        tags=(tag,) if tag else (),
    )


def _definition(definition: Mention | None, places: Places) -> str:
    if definition is None:
        return ""
    return f"## {_('Definition')}\n\n{_mention(definition, places)}"


def _mention(mention: Mention, places: Places) -> str:
    return f"{markdown_text(mention.plain)} {places.to_line(mention.path, mention.line)}"


def _mention_regions(theme: Followed, volume: Volume, places: Places) -> Iterator[tuple[str, str]]:
    """Where it is first said, and what each lesson says of it, in reading order."""
    by_lesson: dict[tuple[str, int], list[Mention]] = {}
    for mention in theme.thread.mentions:
        by_lesson.setdefault((mention.path, mention.entry), []).append(mention)
    parts: list[tuple[str, str]] = []
    for chapter in volume.chapters:
        mentions = by_lesson.get((chapter.gist.path, chapter.gist.entry), [])
        mentions = [mention for mention in mentions if mention.kind != "title"]  # it stands above them
        said = [mention for mention in mentions if mention.kind in ("heading", "body")]
        if not said:
            continue
        if not parts:
            first = labels.said_of(places.to_chapter(chapter), _mention(said[0], places))
            parts.append(("first", f"## {_('First named')}\n\n{first}"))
            parts.append(("mentions", f"## {_('Mentions')}"))
        best = sorted(range(len(said)), key=lambda at: (-said[at].score, at))[:MOST_MENTIONS]
        lines = [f"- {_mention(said[at], places)}" for at in sorted(best)]
        if rest := len(mentions) - len(best):
            lines.append(f"- {labels.further_mentions(rest)}")
        text = "\n\n".join([f"### {places.to_chapter(chapter)}", "\n".join(lines)])
        parts.append((region_name("lesson", chapter.id), text))
    yield from parts


def _neighbour(neighbour: Neighbour, page: str | None, places: Places) -> str:
    words = markdown_text(neighbour.text) if page is None else places.to_page(page, neighbour.text)
    return labels.said_of(words, labels.together(neighbour.together))


def _questions(theme: Followed, places: Places) -> str:
    shown = theme.asked[:MOST_QUESTIONS]
    parts = [
        comment_markdown(
            asked.remark.comment, labels.facts_line([places.to_chapter(chapter), _line_of(asked, places)])
        )
        for chapter, asked in shown
    ]
    if rest := len(theme.asked) - len(shown):
        parts.append(labels.further_questions(rest))
    return "\n\n".join([f"## {_('Questions')}", *parts]) if parts else ""


# --- what pages share


def region_name(kind: str, key: str) -> str:
    """The name of one of many regions of a kind: letters only."""
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return kind + digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def _list(heading: str, lines: Iterable[str]) -> str:
    items = [f"- {line}" for line in lines]
    return "\n".join([f"## {heading}\n", *items]) if items else ""


def _note(
    title: str,
    regions: Iterable[tuple[str, str]],
    places: Places,
    *,
    also_called: Sequence[str],
    fields: Sequence[tuple[str, str]] = (),
    tags: Sequence[str] = (),
) -> Note:
    return Note(
        fields=tuple(places.flavor.fields((("title", title), *fields), also_called)),
        tags=tuple(tags),
        regions=tuple(Region(name=name, text=places.flavor.region(text)) for name, text in regions if text),
        is_outline=places.flavor.is_outline,
        language=places.links.style.language,
    )
