"""`k8snotes parse`: the typed sections of each text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.render.document import Record
from k8snotes.speech import Message, _, spoken

if TYPE_CHECKING:
    from k8snotes.model.lesson import Lesson


class Format(click.types.StringParamType):
    """One of the formats, asked of the parser only where one is named: help names none."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return self._choice.convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[str]]":
        return self._choice.shell_complete(ctx, param, incomplete)

    @property
    def _choice(self) -> "click.Choice[str]":
        from k8snotes.pipeline import formats

        return click.Choice(formats())


@session_command("parse")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--check", is_flag=True, help="Prove that every line belongs to exactly one section.")
@click.option("--strict", is_flag=True, help="End with exit code 3 where anything was odd.")
@click.option("--explain", is_flag=True, help="Show the points of each format, and what they are for.")
@click.option(
    "--format",
    "shape",
    metavar="NAME",
    type=Format(),
    help="Read the texts as this format; a wrong name lists all.",
)
@click.option("--encoding", metavar="NAME", help="Read the texts in this encoding: gb18030, big5, …")
def command(
    session: Session,
    paths: tuple[str, ...],
    check: bool,
    strict: bool,
    explain: bool,
    shape: str | None,
    encoding: str | None,
) -> int:
    """The typed sections of each text, with the source lines of everything."""
    from k8snotes.pipeline import codec_called, coverage_faults, detection_of
    from k8snotes.render.plain import lesson_lines, likeness_line

    codec = None if encoding is None else codec_called(encoding)
    records: list[object] = []
    count = 0
    for lesson in session.lessons(paths, shape=shape, encoding=codec):
        count += 1
        broken = coverage_faults(lesson) if check else []
        if broken or (strict and lesson.warnings):
            session.needs_a_person()
        if session.as_json:
            records.append(_record(lesson, explain=explain))
        elif session.as_jsonl:
            session.json_line(_record(lesson, explain=explain))
        else:
            for line in _check_lines(lesson, broken) if check else lesson_lines(lesson):
                session.line(line)
            for likeness in detection_of(lesson) if explain else ():
                session.line(likeness_line(lesson, likeness))
    if session.as_json:
        session.json_document(lessons=records)
    return session.finish(found=count > 0)


def _record(lesson: "Lesson", *, explain: bool) -> Record:
    from k8snotes.pipeline import detection_of
    from k8snotes.render.records import lesson_record, likeness_record

    record = lesson_record(lesson)
    if explain:
        record["detection"] = [likeness_record(likeness) for likeness in detection_of(lesson)]
    return record


def _check_lines(lesson: "Lesson", broken: list[Message]) -> Iterator[str]:
    """The verdict, what breaks the proof, and what was odd."""
    from k8snotes.render.plain import warning_lines

    path = lesson.source.path
    counts = {
        "lines": len(lesson.source.lines),
        "sections": len(lesson.sections),
        "warnings": len(lesson.warnings),
    }
    said = (
        _("broken: {lines} lines in {sections} sections, {warnings} warnings", **counts)
        if broken
        else _("ok: {lines} lines in {sections} sections, {warnings} warnings", **counts)
    )
    yield f"{path}: {said}"
    yield from (f"{path}: {spoken(fault)}" for fault in broken)
    yield from warning_lines(lesson)
