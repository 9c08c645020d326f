"""`k8snotes parse`: the typed sections of each text."""

import click

from k8snotes.cli.session import Session, session_command
from k8snotes.pipeline import coverage_faults
from k8snotes.render.plain import lesson_lines, warning_lines
from k8snotes.render.records import lesson_record


@session_command("parse")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--check", is_flag=True, help="Prove that every line belongs to exactly one section.")
@click.option("--strict", is_flag=True, help="End with exit code 3 where anything was odd.")
def command(session: Session, paths: tuple[str, ...], check: bool, strict: bool) -> int:
    """The typed sections of each text, with the source lines of everything."""
    records: list[object] = []
    count = 0
    for lesson in session.lessons(paths):
        count += 1
        broken = coverage_faults(lesson) if check else []
        if broken or (strict and lesson.warnings):
            session.needs_a_person()
        if session.as_json:
            records.append(lesson_record(lesson))
        elif session.as_jsonl:
            session.json_line(lesson_record(lesson))
        elif check:
            verdict = "broken" if broken else "ok"
            session.line(
                f"{lesson.source.path}: {verdict}: {len(lesson.source.lines)} lines in "
                f"{len(lesson.sections)} sections, {len(lesson.warnings)} warnings"
            )
            for fault in broken:
                session.line(f"{lesson.source.path}: {fault}")
            for line in warning_lines(lesson):
                session.line(line)
        else:
            for line in lesson_lines(lesson):
                session.line(line)
    if session.as_json:
        session.json_document(lessons=records)
    return session.finish(found=count > 0)
