"""Messages are English as they are written, and Chinese where that is spoken."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.errors import UnreadableInput
from k8snotes.speech import Message, _, ask, counted, language, language_of_locale, speaking, spoken

MISSING = "{path}: no such file or folder; check the path"
TERMS = ("{file}: {count} new term", "{file}: {count} new terms")


def test_nothing_is_asked_before_something_is_said() -> None:
    asked: list[str] = []

    ask(lambda: asked.append("once") or "zh")  # type: ignore[func-returns-value]
    assert asked == []
    said = [_("Commands"), _("Options")]
    ask(lambda: "en")

    assert (asked, said) == (["once"], ["命令", "选项"])


def test_another_language_is_spoken_only_within() -> None:
    with speaking("zh"):
        within = _("Commands"), language()

    assert (within, _("Commands")) == (("命令", "zh"), "Commands")


@given(st.text())
def test_braces_in_a_value_mean_nothing(text: str) -> None:
    message = Message(MISSING, path=text)

    with speaking("zh"):
        assert spoken(message) == f"{text}: 没有这个文件或文件夹；请检查路径"
    assert message == spoken(message) == f"{text}: no such file or folder; check the path"


@pytest.mark.parametrize(("count", "said"), [(1, "a: 1 new term"), (2, "a: 2 new terms")])
def test_a_number_chooses_the_form(count: int, said: str) -> None:
    assert counted(*TERMS, count, file="a") == Message.counted(*TERMS, count, file="a") == said
    with speaking("zh"):
        assert spoken(Message.counted(*TERMS, count, file="a")) == f"a: 新增 {count} 个术语"


def test_a_message_in_a_message_is_said_in_the_same_language() -> None:
    error = UnreadableInput("{path}: {why}; check its permissions", path="a", why=Message("Is a directory"))

    with speaking("zh"):
        assert spoken(error.message) == "a: 是文件夹；请检查权限"
    assert str(error) == "a: Is a directory; check its permissions"


def test_what_no_catalogue_knows_is_said_as_it_is() -> None:
    with speaking("zh"):
        assert (_("xyzzy {n}", n=1), spoken("Commands"), _("")) == ("xyzzy 1", "Commands", "")


@pytest.mark.parametrize(
    "message",
    [
        Message("Commands"),
        Message(MISSING, path="{x}\udcff"),
        Message("{path}: {why}", path="a", why=Message.counted(*TERMS, 3, file="b")),
    ],
)
def test_a_message_goes_to_other_processes_and_into_files(message: Message) -> None:
    for again in (pickle.loads(pickle.dumps(message)), Message.unpacked(message.packed)):
        with speaking("zh"):
            assert spoken(again) == spoken(message)
        assert again == message


def test_a_message_is_a_string_to_json() -> None:
    assert json.dumps(Message(MISSING, path="a")) == '"a: no such file or folder; check the path"'


def test_an_error_of_a_text_that_is_shown_by_another_path_is_told_with_that() -> None:
    inner = Message(MISSING, path="seeds/a.txt")

    error = UnreadableInput("{why} (and {others} more of its chapters)", why=inner, others=2)

    shown = str(error.with_path("seeds/a.txt", "../a.txt"))
    assert shown == "../a.txt: no such file or folder; check the path (and 2 more of its chapters)"


@pytest.mark.parametrize(
    ("environ", "spoken_there"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_CTYPE": "C"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:zh"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "", "LC_ALL": "", "LANGUAGE": ""}, "en"),
    ],
)
def test_the_locale_says_the_language_as_it_does_to_gettext(
    environ: dict[str, str], spoken_there: str
) -> None:
    assert language_of_locale(environ) == spoken_there
