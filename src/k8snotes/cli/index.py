"""`k8snotes index`: brings the index up to date, proves it, says how large it is."""

import click

from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.speech import _, spoken


@session_command("index", records=False)
@click.option("--rebuild", is_flag=True, help="Make it anew.")
@click.option("--verify", is_flag=True, help="Prove that it holds what the texts say.")
@click.option("--stats", is_flag=True, help="Say what it holds, and how much room it takes.")
def command(session: Session, rebuild: bool, verify: bool, stats: bool) -> int:
    """Bring the index of the workspace up to date.

    Never needed: search and grep do it by themselves. The index is a cache in .k8snotes/, which
    may be deleted at any time.
    """
    from k8snotes.refresh import faults_of, fresh_index

    workspace = session.required_workspace(or_else=None)
    index = fresh_index(workspace, rebuild=rebuild, progress=session.progress)
    session.resources.callback(index.close)
    session.fail(*(failure for _path, failure in index.failures))
    if not index.has_files:
        session.fail(workspace.emptiness())
    files, lessons, passages = index.store.counts()
    faults = list(faults_of(workspace, index, session.progress)) if verify else []
    if session.as_json:
        session.json_document(
            files=files,
            lessons=lessons,
            passages=passages,
            bytes=index.size(),
            faults=faults if verify else None,
        )
    else:
        for fault in faults:
            session.warn(spoken(fault))
        if verify and not faults:
            session.line(_("the index holds what the texts say"))
        if stats:
            for name, value in (
                ("files", files), ("lessons", lessons), ("passages", passages), ("bytes", index.size())
            ):  # fmt: skip
                session.line(f"{name}\t{value}")
    if faults:
        session.needs_a_person()
    return session.finish(found=bool(files))
