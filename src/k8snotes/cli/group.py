"""The command line as click sees it: the group of all commands, each imported only to run it."""

from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from k8snotes import __version__
from k8snotes.cli import COMMANDS
from k8snotes.cli.clicks import clicks_own_words, in_language
from k8snotes.cli.process import NAME, say
from k8snotes.speech import LANGUAGES, Language, _


class LazyGroup(click.Group):
    """A group that imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"k8snotes.cli.{cmd_name}")
        from k8snotes.cli.commands import command_of

        command: click.Command = command_of(module.CALL) if hasattr(module, "CALL") else module.command
        return in_language(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            ctx.fail(
                _("no command {name!r}; did you mean {near}?", name=name, near=near[0])
                if near
                else _("no command {name!r}", name=name)
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        names = [
            CompletionItem(name, help=_(meaning))
            for name, meaning in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(said)) for name, said in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: k8snotes init DIR. A PATH is a file, a folder, a pattern or - for standard input; "
    "without one the workspace's seeds/ is read.",
)
@click.version_option(__version__, prog_name="k8snotes", message="%(prog)s %(version)s")
@click.option("--workspace", metavar="DIR", help="Use this workspace, not the one around here.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of messages and notes: Chinese or English."
)
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, lang: Language | None) -> None:
    """Turns Chinese course texts into searchable study notes, offline."""
    ctx.obj = {"workspace": workspace, "lang": lang}


def invoke_with_click(arguments: Sequence[str]) -> int:
    """What `cli.main` does, but for its way with closed pipes (it ends the process, with 1) and errors."""
    with clicks_own_words():
        return _invoked(in_language(cli), arguments)


def _invoked(group: click.Group, arguments: Sequence[str]) -> int:
    try:
        with group.make_context("k8snotes", list(arguments)) as context:
            code = group.invoke(context)
    except click.exceptions.Exit as done:  # --help and --version
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        say(_usage_line(error))
        return error.exit_code
    return code if isinstance(code, int) else 0


def _usage_line(error: click.ClickException) -> str:
    """What click says in four lines."""
    near: Sequence[str] | None = getattr(error, "possibilities", None)
    message = (error.message if near else error.format_message()).rstrip(".")
    if isinstance(error, click.MissingParameter):  # click lists what may stand there, a line each
        message = " ".join(message.split())
    message = message[:1].lower() + message[1:]
    if near:
        names = ", ".join(map(repr, sorted(near)))
        message = _("{message}; did you mean {names}?", message=message, names=names)
    context = getattr(error, "ctx", None)
    command = NAME if context is None else context.command_path
    if message.endswith(("?", "？")):
        return _("{message} See {command} --help", message=message, command=command)
    return _("{message}; see {command} --help", message=message, command=command)
