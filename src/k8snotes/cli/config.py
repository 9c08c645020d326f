"""`k8snotes config`: each setting, and where it came from."""

import click

from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.config import SETTINGS
from k8snotes.render.escaping import json_string


@session_command("config", records=False)
@click.option("--show-origin", is_flag=True, help="Say where each value came from.")
def command(session: Session, show_origin: bool) -> int:
    """Each setting: flags win over K8SNOTES_ variables, those over k8snotes.toml in the workspace,
    that over your own config.toml, that over the defaults."""
    configured = session.config
    if session.as_json:
        session.json_document(
            settings=[
                {
                    "name": setting.name,
                    "value": configured[setting.name].value,
                    "origin": configured[setting.name].origin,
                    "meaning": setting.meaning,
                }
                for setting in SETTINGS
            ]
        )
        return session.finish(found=True)
    for setting in SETTINGS:
        value, origin = configured[setting.name].value, configured[setting.name].origin
        line = f"{setting.name} = {json_string(value)}"
        session.line(f"{line}\t{origin}" if show_origin else line)
    return session.finish(found=True)
