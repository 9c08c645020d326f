"""`k8snotes doctor`: what is installed and found, what is wrong with it, and what to do."""

import os
import sys

import click

from k8snotes.checkup import LOOKS, Patient, check_up, said
from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.speech import Message, _


@session_command("doctor", records=False, configured=False)
@click.argument("areas", metavar="[AREA]...", nargs=-1, type=click.Choice([*LOOKS]))
def command(session: Session, areas: tuple[str, ...]) -> int:
    """What is installed, what is found here, and what to do about what is wrong.

    An AREA is one of program, packages, database, extras, terminal, settings, workspace, texts, index,
    notes; without one all are looked at. It writes nothing. The exit code is 3 where something needs
    a person. Piped: a line a finding, with state (ok, note, problem), area, finding and what to do,
    tabs between.
    """
    patient = Patient(
        find_workspace=lambda: session.workspace,
        environ=os.environ,
        streams={Message("standard output"): sys.stdout, Message("standard error"): sys.stderr},
        progress=session.progress,
    )
    checks = []
    for check in check_up(patient, areas):
        checks.append(check)
        session.progress.hide()
        if session.as_json:
            continue
        if session.terminal is not None:
            session.terminal.check(check, *said(check))
        else:
            text, advice = said(check)
            session.line("\t".join((check.state, check.area, text, advice or "")).rstrip("\t"))
    problems = sum(check.state == "problem" for check in checks)
    if session.as_json:
        findings = [
            {"area": check.area, "state": check.state, "text": check.text, "advice": check.advice}
            for check in checks
        ]
        session.json_document(well=not problems, findings=findings)
    if problems:
        session.needs_a_person()
    session.hint(_("{count} to look after", count=problems) if problems else _("all is well"))
    return session.finish(found=True)
