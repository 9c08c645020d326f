"""A lesson's study note in Markdown that GitHub, Obsidian and MkDocs read alike.

front matter
title · summary · key points · the author's summary · themes · questions and answers · comments ·
mind map · text · rights notice

Each of these but the first is a region: a part that the next export may renew by itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from k8snotes.model.findings import KeySentence, Summary, Topic
from k8snotes.model.lesson import Comment
from k8snotes.model.note import SOURCE_LINK, Note, NoteStyle, Region
from k8snotes.model.source import STANDARD_INPUT
from k8snotes.render import labels
from k8snotes.render.blocks import Runs
from k8snotes.render.body import body_markdown
from k8snotes.render.escaping import markdown_text
from k8snotes.render.flavors import FLAVORS
from k8snotes.render.links import is_for_wiki, quoted, way_to
from k8snotes.render.mermaid import Branch, mind_map
from k8snotes.render.readers import without_names
from k8snotes.speech import _, speaking

LEAST_BRANCHES = 3  # of a mind map
LINK = re.compile(rf"\[(?P<label>[^\[\]\n]*)\]\({SOURCE_LINK}#L(?P<line>\d+)\)")


def lesson_note(summary: Summary, style: NoteStyle, runs: Runs, topics: Sequence[Topic] = ()) -> Note:
    """The note of a lesson, with `SOURCE_LINK` for the way to its text.

    `runs` says which words of inline Markdown are bold, `topics` are the lesson's sections.
    """
    with speaking(style.language):
        return _lesson_note(summary, style, runs, topics)


def _lesson_note(summary: Summary, style: NoteStyle, runs: Runs, topics: Sequence[Topic]) -> Note:
    lesson = summary.lesson
    comments = without_names(lesson.comments) if style.hide_names else lesson.comments
    shown = [comment for comment in comments if comment.text or comment.replies]
    regions = (
        ("title", _title(summary)),
        ("summary", _summary(summary, style)),
        ("points", _sentences(_("Key points"), summary.key_points, summary)),
        ("recap", _sentences(_("The author's summary"), summary.rest_of_author_summary, summary)),
        ("themes", _themes(summary)),
        ("questions", _questions([one for one in shown if one.is_answered_question])),
        ("comments", _comments(summary, [one for one in shown if not one.is_answered_question])),
        ("map", _map(summary, topics)),
        ("body", _body(summary, runs) if style.with_body else ""),
        ("rights", f"---\n\n{markdown_text(lesson.copyright)}" if lesson.copyright else ""),
    )
    return Note(
        fields=tuple(FLAVORS[style.flavor].fields(_fields(summary), [summary.lesson.title or ""])),
        tags=tuple(dict.fromkeys(filter(None, (tag_of(theme.text) for theme in summary.themes)))),
        regions=tuple(
            Region(name=name, text=FLAVORS[style.flavor].region(text)) for name, text in regions if text
        ),
        is_outline=FLAVORS[style.flavor].is_outline,
        language=style.language,
    )


def placed(note: Note, *, id: str, source: Path, target: Path, style: NoteStyle) -> Note:  # noqa: A002
    """The note under its id, with the links that lead from `target` to `source`."""
    way = way_to(source, target)
    link = quoted(way)
    is_wiki = style.links == "wiki" and is_for_wiki(way)

    def linked(text: str) -> str:
        if not FLAVORS[style.flavor].reaches_texts:
            return LINK.sub(lambda match: match["label"], text)
        if is_wiki:
            return LINK.sub(lambda match: f"[[{way}#L{match['line']}|{match['label']}]]", text)
        return text.replace(SOURCE_LINK, link)

    return replace(
        note,
        fields=(("id", id), *((name, link if name == "source" else value) for name, value in note.fields)),
        regions=tuple(replace(region, text=linked(region.text)) for region in note.regions),
    )


def _fields(summary: Summary) -> Iterator[tuple[str, str]]:
    """Flat front matter."""
    lesson = summary.lesson
    fields = (
        ("title", lesson.title),
        ("course", lesson.course),
        ("author", lesson.author),
        ("date", None if lesson.date is None else lesson.date.isoformat()),
        ("source", None if lesson.source.path == STANDARD_INPUT else SOURCE_LINK),
    )
    for name, value in fields:
        if value is not None:
            yield name, value


def tag_of(theme: str) -> str:
    """A tag as Obsidian takes it: letters, digits, hyphens and slashes, no blanks; "" for none.

    Digits alone are no tag to it.
    """
    tag = re.sub(r"[^\w\-/]+", "-", theme).strip("-/")
    return "" if tag.isdecimal() else tag


# --- the regions, "" for those with nothing to say


def _title(summary: Summary) -> str:
    heading = f"# {markdown_text(summary.lesson.title or '') or labels.titled(None)}"
    byline = markdown_text(labels.byline(summary.lesson))
    return f"{heading}\n\n{byline}" if byline else heading


def _summary(summary: Summary, style: NoteStyle) -> str:
    if summary.thesis is None:
        return ""
    return FLAVORS[style.flavor].alert("NOTE", [_sentence(summary.thesis, summary)])


def _sentences(heading: str, sentences: Iterable[KeySentence], summary: Summary) -> str:
    items = [f"- {_sentence(sentence, summary)}" for sentence in sentences]
    return "\n".join([f"## {heading}\n", *items]) if items else ""


def _themes(summary: Summary) -> str:
    rows = [f"| {markdown_text(theme.text)} | {theme.count} |" for theme in summary.themes]
    head = [f"## {_('Themes')}\n", f"| {_('Theme')} | {_('Count')} |", "|---|---:|"]
    return "\n".join([*head, *rows]) if rows else ""


def _questions(comments: Sequence[Comment]) -> str:
    return (
        "\n\n".join([f"## {_('Questions and answers')}", *map(comment_markdown, comments)])
        if comments
        else ""
    )


def _comments(summary: Summary, comments: Sequence[Comment]) -> str:
    if not summary.lesson.comments:
        return ""
    counts = labels.sentence(labels.digest_line(summary.comments))
    return "\n\n".join([f"## {_('Comments')}", counts, *map(comment_markdown, comments)])


def _body(summary: Summary, runs: Runs) -> str:
    body = body_markdown(summary.lesson, runs)
    return f"## {_('Text')}\n\n{body}" if body else ""


def _map(summary: Summary, topics: Sequence[Topic]) -> str:
    """The lesson as a tree: what is drawn is said beside it; "" where there is nothing to branch into."""
    root = labels.titled(summary.lesson.title)
    if topics:
        branches = _branches(topics)
        lines = [
            "    " * topic.depth
            + "- "
            + labels.said_of(
                _at_line(markdown_text(topic.heading), topic.line, summary),
                labels.listing(map(markdown_text, topic.themes)),
            )
            for topic in _rooted(topics)
        ]
    else:
        names = [theme.text for theme in summary.themes]
        if len(names) < LEAST_BRANCHES:
            return ""
        branches = [Branch(name) for name in names]
        lines = [labels.said_of(markdown_text(root), labels.listing(map(markdown_text, names)))]
    return "\n\n".join([f"## {_('Outline')}", mind_map(Branch(root, branches)), "\n".join(lines)])


def _rooted(topics: Sequence[Topic]) -> Iterator[Topic]:
    """The topics, each at most a step below the one before it."""
    depth = -1
    for topic in topics:
        depth = min(topic.depth, depth + 1)
        yield replace(topic, depth=depth)


def _branches(topics: Sequence[Topic]) -> list[Branch]:
    branches: list[Branch] = []
    for topic in _rooted(topics):
        branch = Branch(topic.heading, [Branch(name) for name in topic.themes])
        if topic.depth and branches:
            above = branches[-1]
            branches[-1] = Branch(above.words, [*above.branches, branch])
        else:
            branches.append(branch)
    return branches


def _sentence(sentence: KeySentence, summary: Summary) -> str:
    return _at_line(markdown_text(sentence.plain), sentence.line, summary)


def _at_line(words: str, line: int, summary: Summary) -> str:
    """Words and the way to the line on which they stand."""
    place = labels.line_label(line)
    if summary.lesson.source.path == STANDARD_INPUT:
        return _("{words} ({place})", words=words, place=place)
    return f"{words} [{place}]({SOURCE_LINK}#L{line})"


def comment_markdown(comment: Comment, where: str = "") -> str:
    """A comment as a quotation, a paragraph a line, its replies below it; `where` is Markdown."""
    facts = [f"**{markdown_text(labels.comment_name(comment))}**", labels.comment_facts(comment), where]
    lines = [" · ".join(filter(None, facts)), ""]
    lines += _quoted(comment.text.string)
    for reply in comment.replies:
        paragraphs = _quoted(reply.text.string)
        lines += [">", f"> {labels.lead(labels.replied(reply)).rstrip()}", ">", *paragraphs]
    return "\n".join(lines)


def _quoted(text: str) -> list[str]:
    paragraphs = [markdown_text(line) for line in text.split("\n") if line.strip()]
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs).split("\n") if paragraphs else []
