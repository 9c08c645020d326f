"""`k8snotes completion`: what a shell needs to complete calls, and the answers to its questions."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from k8snotes.cli import COMPLETE
from k8snotes.cli.commands import session_command
from k8snotes.cli.session import Session
from k8snotes.render.escaping import visible

NAME = "k8snotes"
# Beside letters of any script, what bash takes as it is.
PLAIN_IN_BASH = frozenset("%+,-./:=@_，。、；：？！（）《》“”‘’")
SPECIAL_IN_QUOTES = '"$`\\'

BASH = r"""# k8snotes completion bash
_k8snotes_completion() {
    local kind word meaning
    COMPREPLY=()
    while IFS=$'\t' read -r kind word meaning; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            plain) COMPREPLY+=("$word") ;;
        esac
    done < <(%(variable)s=bash "${1/#\~/$HOME}" -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
} 2>/dev/null
complete -o nosort -F _k8snotes_completion k8snotes 2>/dev/null ||
    complete -o default -F _k8snotes_completion k8snotes
"""
ZSH = r"""#compdef k8snotes
# k8snotes completion zsh
_k8snotes_completion() {
    local program=${~${(Q)words[1]}} line kind word meaning
    local -a found shown
    while IFS=$'\t' read -r kind word meaning; do
        case $kind in
            file) [[ $PREFIX == --*=* ]] && compset -P 1 '*='; _files ;;
            dir) [[ $PREFIX == --*=* ]] && compset -P 1 '*='; _files -/ ;;
            plain) found+=("$word"); shown+=("$word${meaning:+  -- $meaning}") ;;
        esac
    done < <(%(variable)s=zsh "$program" -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    (( $#found )) && compadd -U -V k8snotes -l -d shown -a found
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _k8snotes_completion "$@"
else
    compdef _k8snotes_completion k8snotes
fi
"""
FISH = r"""# k8snotes completion fish
function __k8snotes_completion
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' $current)
    for line in (%(variable)s=fish $words[1] -- $words[2..-1] $current 2>/dev/null)
        set -l said (string split -m 1 \t -- $line)
        switch $said[1]
            case file
                __fish_complete_path "$said[2]" | string replace -r '^' -- "$option"
            case dir
                __fish_complete_directories "$said[2]" | string replace -r '^' -- "$option"
            case plain
                printf '%%s\n' $said[2]
        end
    end
end
complete --command k8snotes --no-files --arguments '(__k8snotes_completion)'
"""


class Asked(NamedTuple):
    """What a shell wants to know: the words before the cursor, and the last one as far as it goes."""

    words: list[str]
    begun: str


class _Completing(ShellComplete):
    """Candidates as our scripts read them: a line each of kind, whole word and meaning, tabs between."""

    def __init__(self, arguments: Sequence[str]) -> None:
        from k8snotes.cli.group import cli

        super().__init__(cli, {}, NAME, COMPLETE)
        self.arguments = list(arguments)

    def source_vars(self) -> Any:
        return {"variable": self.complete_var}

    def asked(self) -> Asked:
        return Asked(self.arguments[:-1], self.arguments[-1])

    def written(self, word: str) -> str | None:
        """A candidate as the shell is to take it; None if it cannot."""
        return word

    def lines(self) -> Iterator[str]:
        asked = self.asked()
        option, is_joined, _ = asked.begun.partition("=")
        led_by = f"{option}=" if is_joined and option.startswith("--") else ""
        for item in self.get_completions(asked.words, asked.begun):
            value = str(item.value)
            if item.type != "plain":
                yield f"{item.type}\t{value}\t"  # as far as it goes, without its quotes
            elif _is_harmless(value) and (written := self.written(led_by + value)) is not None:
                yield f"plain\t{written}\t{_on_one_line(item)}"


class Bash(_Completing):
    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = BASH

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(arguments)
        if not arguments:
            return
        # The line up to the cursor, and what of it bash will replace: it ends words at = and : as well.
        line, replaced = arguments
        self.last, self.quote = _last_word(line)
        before = self.last.removesuffix(replaced)
        self.kept = "".join(split_arg_string(before)[:1])

    def asked(self) -> Asked:
        words = split_arg_string(self.arguments[0])
        begun = words.pop() if self.last else ""
        return Asked(words[1:], begun)

    def written(self, word: str) -> str | None:
        """What is to stand in place of what was typed, in the quotes that are open."""
        if not word.startswith(self.kept):
            return None
        rest = word[len(self.kept) :]
        match self.quote:
            case "'":
                return None if "'" in rest else rest
            case '"':  # where ! recalls earlier lines, whatever stands before it
                return None if "!" in rest else _with_backslashes(rest, SPECIAL_IN_QUOTES)
            case _:
                return "".join(
                    char if char.isalnum() or char in PLAIN_IN_BASH else f"\\{char}" for char in rest
                )


class Zsh(_Completing):
    name: ClassVar[str] = "zsh"
    source_template: ClassVar[str] = ZSH


class Fish(_Completing):
    name: ClassVar[str] = "fish"
    source_template: ClassVar[str] = FISH

    def asked(self) -> Asked:
        words, begun = super().asked()
        return Asked(words, "".join(split_arg_string(begun)[:1]))  # fish says it as it was typed

    def lines(self) -> Iterator[str]:
        for line in super().lines():
            yield line.rstrip("\t")  # where nothing is said of a word fish shows nothing


SHELLS: dict[str, type[_Completing]] = {shell.name: shell for shell in (Bash, Zsh, Fish)}


@session_command("completion", records=False, configured=False)
@click.argument("shell", type=click.Choice([*SHELLS]))
def command(session: Session, shell: str) -> int:
    """The script by which SHELL completes commands, options, values, paths, themes and lessons.

    Switch it on with a line in ~/.bashrc: eval "$(k8snotes completion bash)"; in ~/.zshrc, below
    compinit: eval "$(k8snotes completion zsh)"; in ~/.config/fish/config.fish: k8snotes completion
    fish | source
    """
    script = SHELLS[shell]([]).source()
    if session.as_json:
        session.json_document(shell=shell, script=script)
    else:
        for line in script.splitlines():
            session.line(line)
    return session.finish(found=True)


def answer(shell: str, arguments: Sequence[str]) -> int:
    """Answers a shell; the exit code. Whatever goes wrong there is no candidate, and not a word."""
    with contextlib.suppress(Exception):
        asking = SHELLS[shell](arguments[1:])  # behind "--"
        with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):  # noqa: PTH123
            lines = [*asking.lines()]
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()
    return 0


def _is_harmless(value: str) -> bool:
    """Whether a value is one line with nothing in it for a terminal to obey; texts made some of them."""
    return value == visible(value) and not {"\t", "\n"}.intersection(value)


def _on_one_line(item: "CompletionItem[str]") -> str:
    return " ".join((item.help or "").split())


def _last_word(line: str) -> tuple[str, str]:
    """The last word of a line as it was typed, and the quote that is open in it; both may be empty."""
    last, quote, is_escaped = "", "", False
    for char in line:
        if is_escaped or (quote and char != quote):
            is_escaped = not is_escaped and char == "\\" and quote != "'"
            last += char
        elif char.isspace() and not quote:
            last = ""
        else:
            is_escaped = char == "\\"
            if char in "\"'":
                quote = "" if quote else char
            last += char
    return last, quote


def _with_backslashes(text: str, special: str) -> str:
    return "".join(f"\\{char}" if char in special else char for char in text)
