"""Nothing that the program says is missing in a language, and nothing is said past the catalogues."""

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from architecture.modules import MODULES, PACKAGE, of_each
from k8snotes import errors
from k8snotes.speech import LANGUAGES

ROOT = Path(__file__).parents[2]
LOCALES = sorted(path.name for path in (PACKAGE / "locale").iterdir())
HAN = re.compile(r"[\u3400-\u9fff]")
# Where Chinese is grammar: what texts and queries look like, not what is said of them.
GRAMMAR = (
    "analyse/", "assemble/", "index/", "model/numerals.py", "model/radicals.py", "parse/", "read/",
    "segment/",
)  # fmt: skip
# And where a character stands for itself: what a file's name is cut at, what an
# encoding should have, names of files.
MARKS = {
    "export/file_names.py": {"[|｜丨]"},
    "pipeline.py": {"丨"},
    "checkup.py": {"中"},
    "pages.py": {"目录", "问答"},
}
# What a person is told with: all of it is a message.
TELLERS = {"hint", "say"}  # and `session.warn`


@cache
def tool() -> ModuleType:
    """tools/make_catalogues.py."""
    spec = importlib.util.spec_from_file_location("make_catalogues", ROOT / "tools" / "make_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def catalogue(locale: str) -> Catalog:
    with tool().file_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def held(locale: str) -> list[Message]:
    return [message for message in catalogue(locale) if message.id]


@cache
def wanted() -> dict[object, str]:
    """All that is said, with a file in which it is."""
    return {said.msgid: said.file for said in tool().messages()}


def forms(message: Message) -> tuple[list[str], list[str]]:
    """A message as it is written, and as it is translated."""
    msgids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return msgids, strings


def fields(text: str) -> set[str]:
    """The names of the values in a message."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_there_is_a_catalogue_for_each_language_but_that_of_the_source() -> None:
    assert sorted(set(LANGUAGES) - {"en"}) == LOCALES


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_missing_and_none_is_left_over(locale: str) -> None:
    there = {message.id for message in held(locale)}

    assert {msgid: file for msgid, file in wanted().items() if msgid not in there} == {}, (
        "run tools/make_catalogues.py"
    )
    assert there - set(wanted()) == set(), "run tools/make_catalogues.py"
    assert catalogue(locale).obsolete == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_and_none_is_a_guess(locale: str) -> None:
    assert [message.id for message in held(locale) if not all(forms(message)[1]) or message.fuzzy] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_has_the_values_of_its_message(locale: str) -> None:
    for message in held(locale):
        msgids, strings = forms(message)
        for string in strings:
            in_all = set.intersection(*map(fields, msgids))
            assert in_all - {"count"} <= fields(string) <= fields(msgids[-1]), message.id


@pytest.mark.parametrize("locale", LOCALES)
def test_what_the_program_reads_is_what_stands_in_the_catalogue(locale: str) -> None:
    make = tool()
    po = make.file_of(locale).read_bytes()

    assert make.file_of(locale, ".mo").read_bytes() == make.compiled(po, locale), (
        "run tools/make_catalogues.py"
    )


def test_chinese_is_written_with_its_own_marks_and_a_blank_beside_latin() -> None:
    # What is typed and what is quoted from files stays as it is.
    code = re.compile(
        r"`[^`]*`|\{[^{}]*\}|\[[^\]\n]*\]|\"[^\"\n]*\"|^ *[a-z_]+[ =:].*$|^# [a-z_]+ = .*$|甲,乙",
        re.MULTILINE,
    )
    for message in held("zh"):
        for string in forms(message)[1]:
            prose = code.sub("〇", string)
            assert not re.search(r"[㐀-鿿][,;?!]|[㐀-鿿]\.(?![a-z])", prose), string
            assert not re.search(r"[㐀-鿿][A-Za-z]{2,}|[A-Za-z]{2,}[㐀-鿿]", prose), string


@of_each([module for module in MODULES if not module.startswith(GRAMMAR)])
def test_no_chinese_is_said_past_the_catalogue(module: str) -> None:
    texts = {text for text in strings_of(parsed(module)) if HAN.search(text)}

    assert {text for text in texts - MARKS.get(module, set()) if text not in wanted()} == set()


@of_each()
def test_nothing_is_said_past_the_catalogue(module: str) -> None:
    """Errors and warnings are messages: a string that is put together could not be translated."""
    for call in calls_of(parsed(module)):
        name = tool().name_of(call.func)
        if name in tool().FORMS or is_error(name):
            assert not any(isinstance(part, ast.JoinedStr) for part in call.args), ast.unparse(call)
        elif (name in TELLERS or ast.unparse(call.func) == "session.warn") and call.args:
            assert not isinstance(call.args[0], ast.Constant), ast.unparse(call)
            assert not has_words(call.args[0]), ast.unparse(call)


@of_each()
def test_the_name_of_what_translates_means_nothing_else(module: str) -> None:
    tree = parsed(module)
    if not any(
        alias.name == "_"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ):
        return
    bound = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "_"]

    assert [node.lineno for node in bound if not isinstance(node.ctx, ast.Load)] == []
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.arg) and node.arg == "_"] == []


def test_every_error_of_ours_is_looked_at() -> None:
    assert {name for name in vars(errors) if is_error(name)} <= set(tool().FORMS)


def is_error(name: str) -> bool:
    found = getattr(errors, name, None)
    return isinstance(found, type) and issubclass(found, errors.K8sNotesError)


def has_words(node: ast.expr) -> bool:
    """Whether a string is put together of words and values; paths, places and marks are none."""
    if not isinstance(node, ast.JoinedStr):
        return False
    texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return any(re.search(r"[a-z]{3}|[\u3400-\u9fff]", str(text)) for text in texts)


@cache
def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def calls_of(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def strings_of(tree: ast.Module) -> Iterator[str]:
    """The strings of a module, but for docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
