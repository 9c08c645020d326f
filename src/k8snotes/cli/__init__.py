"""The command line: one command a module, each options → pipeline → render.

Nothing heavy is imported here: `--help` and `--version` need click and this table alone.
"""

from importlib import import_module

import click

from k8snotes import __version__

# name → what `--help` says of it; the module of that name holds a `command`.
COMMANDS: dict[str, str] = {
    "summarize": "What each lesson says: thesis, key sentences, themes, comments.",
    "search": "Passages that answer a query, best first.",
    "grep": "Every occurrence of a pattern, whatever its case, width or script.",
    "themes": "The key phrases of the texts, with counts.",
    "comments": "What readers wrote, by likes, date or kind.",
    "course": "The courses that the texts make: order of lessons, gaps, copies.",
    "export": "Write a Markdown note for each lesson; your own words stay.",
    "parse": "The typed sections of each text, and the proof that no line is lost.",
    "index": "Bring the index that search uses up to date; never needed.",
    "init": "Make a workspace: a folder with seeds/ and notes/.",
    "config": "Each setting, and where it came from.",
}


class LazyGroup(click.Group):
    """A group that imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"k8snotes.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            ctx.fail(f"no command {name!r}" + (f"; did you mean {near[0]}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A PATH is a file, a folder, a pattern or - for standard input; without one the "
    "workspace's seeds/ is read.",
)
@click.version_option(__version__, prog_name="k8snotes", message="%(prog)s %(version)s")
@click.option("--workspace", metavar="DIR", help="Use this workspace, not the one around here.")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None) -> None:
    """Turns Chinese course texts into searchable study notes, offline."""
    ctx.obj = {"workspace": workspace}
