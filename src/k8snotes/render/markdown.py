"""A lesson's study note in Markdown that GitHub, Obsidian and MkDocs read alike.

front matter
title, thesis, key points, themes, comments, rights notice
"""

import os
import re
from pathlib import Path
from urllib.parse import quote

from k8snotes.model.findings import KeySentence, Summary
from k8snotes.model.lesson import Comment
from k8snotes.model.note import Note
from k8snotes.render import labels
from k8snotes.render.escaping import json_string, markdown_text

STANDARD_INPUT = "-"  # a text that no link leads to


def lesson_note(summary: Summary, *, source: Path, target: Path) -> Note:
    """The note of a lesson; links lead from `target` to `source`."""
    lesson = summary.lesson
    link = None if lesson.source.path == STANDARD_INPUT else _relative_link(source, target)
    parts = [f"# {markdown_text(lesson.title or '') or labels.UNTITLED}"]
    if byline := labels.byline(lesson):
        parts.append(markdown_text(byline))
    if summary.thesis is not None:
        parts.append(f"> [!NOTE]\n> {_sentence(summary.thesis, link)}")
    if summary.other_sentences:
        parts.append(f"## {labels.KEY_POINTS}")
        parts.append("\n".join(f"- {_sentence(sentence, link)}" for sentence in summary.other_sentences))
    if summary.themes:
        rows = [f"| {markdown_text(theme.text)} | {theme.count} |" for theme in summary.themes]
        parts.append(f"## {labels.THEMES}")
        parts.append("\n".join([f"| {labels.THEME} | {labels.COUNT} |", "|---|---:|", *rows]))
    if lesson.comments:
        parts.append(f"## {labels.COMMENTS}")
        parts.append(f"{labels.digest_line(summary.comments)}。")
        parts += [_comment(comment) for comment in lesson.comments if comment.text or comment.replies]
    if lesson.copyright:
        parts += ["---", markdown_text(lesson.copyright)]
    return Note(fields=_fields(summary, link), body="\n\n".join(parts) + "\n")


def _fields(summary: Summary, link: str | None) -> str:
    """Flat front matter; a JSON string is a YAML string in double quotes."""
    lesson = summary.lesson
    fields: list[tuple[str, str | None]] = [
        ("title", lesson.title),
        ("course", lesson.course),
        ("author", lesson.author),
        ("date", None if lesson.date is None else lesson.date.isoformat()),
        ("source", link),
    ]
    lines = [f"{name}: {json_string(value)}" for name, value in fields if value is not None]
    tags = dict.fromkeys(filter(None, (_tag(theme.text) for theme in summary.themes)))
    if tags:
        lines.append("tags:")
        lines += [f"  - {json_string(tag)}" for tag in tags]
    return "\n".join(lines) + "\n"


def _tag(theme: str) -> str:
    """A tag as Obsidian takes it: letters, digits, hyphens and slashes, no blanks; "" for none.

    Digits alone are no tag to it.
    """
    tag = re.sub(r"[^\w\-/]+", "-", theme).strip("-/")
    return "" if tag.isdecimal() else tag


def _sentence(sentence: KeySentence, link: str | None) -> str:
    place = labels.line_label(sentence.line)
    if link is None:
        return f"{markdown_text(sentence.plain)}（{place}）"
    return f"{markdown_text(sentence.plain)} [{place}]({link}#L{sentence.line})"


def _comment(comment: Comment) -> str:
    """A comment as a quotation, a paragraph a line, its replies below it."""
    lines = [f"**{markdown_text(labels.comment_name(comment))}** · {labels.comment_facts(comment)}", ""]
    lines += _quoted(comment.text.string)
    for reply in comment.replies:
        paragraphs = _quoted(reply.text.string)
        lines += [">", f"> {labels.REPLIERS[reply.by]}：", ">", *paragraphs]
    return "\n".join(lines)


def _quoted(text: str) -> list[str]:
    paragraphs = [markdown_text(line) for line in text.split("\n") if line.strip()]
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs).split("\n") if paragraphs else []


def _relative_link(source: Path, target: Path) -> str:
    """The way from the note to its source, with "/" and percent signs as links want them."""
    try:
        way = os.path.relpath(source.resolve(), target.parent.resolve())
    except ValueError:  # on another drive
        return source.resolve().as_uri()
    return quote(os.fsencode(way.replace(os.sep, "/")), safe="/.-_~")
