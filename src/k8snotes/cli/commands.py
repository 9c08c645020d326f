"""Commands as click sees them: made of a function of a session, or of a table of what they take."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from k8snotes.cli.candidates import complete_parameters
from k8snotes.cli.options import SHARED, Call, Option, with_what_stood_before
from k8snotes.cli.session import in_session
from k8snotes.speech import _


class Count(click.IntRange):
    """A whole number from `min` on, up to `max` if there is one."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            if self.max is None:
                self.fail(
                    _("{value} is no whole number from {least} on", value=value, least=self.min), param, ctx
                )
            said = _(
                "{value} is no whole number from {least} to {most}",
                value=value,
                least=self.min,
                most=self.max,
            )
            self.fail(said, param, ctx)


class Seconds(click.FloatRange):
    """A span of time."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_("{value} is no number of seconds", value=value), param, ctx)


def session_command(
    name: str, *, records: bool = True, configured: bool = True
) -> Callable[[Callable[..., int]], click.Command]:
    """Makes a command of a function of a session and its own options.

    `records` adds `--jsonl`, for commands that list things. A `configured` command refuses a
    broken configuration before it does anything, whether it needs a setting or not.
    """

    def decorate(function: Callable[..., int]) -> click.Command:
        @wraps(function)
        @click.pass_context
        def run(ctx: click.Context, /, **options: Any) -> int:
            said = with_what_stood_before(options, ctx.obj or {})
            return in_session(name, function, said, configured=configured)

        command = click.command(name, context_settings={"help_option_names": ["-h", "--help"]})(run)
        # Below the command's own in its help.
        command.params += [_option(option) for option in SHARED if records or option.name != "as_jsonl"]
        complete_parameters(command)
        return command

    return decorate


def command_of(call: Call) -> click.Command:
    """Makes a command of what it takes."""
    command = session_command(call.name)(call.run)
    own = [click.Argument([call.word]), click.Argument(["paths"], metavar="[PATH]...", nargs=-1)]
    command.params[:0] = [*own, *map(_option, call.options)]
    complete_parameters(command)
    return command


def _option(option: Option) -> click.Option:
    names = [*option.flags, option.name]
    if option.is_flag:
        return click.Option(names, is_flag=True, help=option.help)
    kind: click.ParamType[Any] | None = None
    if option.choices:
        kind = click.Choice(option.choices)
    elif option.least is not None:
        kind = Count(min=option.least)
    return click.Option(
        names,
        type=kind,
        default=option.default,
        metavar=option.metavar,
        show_default=option.shows_default,
        help=option.help,
    )


wait_option = click.option(
    "--wait",
    metavar="SECONDS",
    type=Seconds(min=0),
    default=30,
    show_default=True,
    help="How long to wait for another export.",
)
paths_argument = click.argument("paths", metavar="[PATH]...", nargs=-1)
