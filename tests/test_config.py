"""Settings: the strongest source wins, and what cannot be used is refused by name."""

import builtins
from typing import get_args

import click
import pytest

from cli.runner import Runner, clean_environment
from k8snotes.config import FLAVORS, LINKS, SETTINGS, load_config
from k8snotes.errors import ConfigError
from k8snotes.model.note import FlavorName, Links


@pytest.fixture
def k8snotes(tmp_path) -> Runner:
    return Runner(tmp_path)


def test_without_files_and_variables_the_defaults_hold() -> None:
    configured = load_config((), {})

    assert {name: setting.value for name, setting in configured.items()} == {
        "sentences": 5,
        "themes": 10,
        "notes": "notes",
        "pages": True,
        "flavor": "markdown",
        "links": "relative",
        "with_body": False,
        "hide_names": False,
        "lang": "auto",
        "lexicon": (),
    }
    assert {setting.origin for setting in configured.values()} == {"default"}


def test_variable_outweighs_workspace_outweighs_user_outweighs_default(k8snotes: Runner) -> None:
    workspace = k8snotes.write("k8snotes.toml", "sentences = 2\nthemes = 2")
    user = k8snotes.write("config.toml", 'sentences = 3\nthemes = 3\nnotes = "n"')

    configured = load_config((workspace, user), {"K8SNOTES_SENTENCES": "1"})

    found = {name: (setting.value, setting.origin) for name, setting in configured.items()}
    assert {name: found[name] for name in ("sentences", "themes", "notes", "lexicon")} == {
        "sentences": (1, "K8SNOTES_SENTENCES"),
        "themes": (2, str(workspace)),
        "notes": ("n", str(user)),
        "lexicon": ((), "default"),
    }


def test_the_order_holds_for_the_command_with_the_flag_on_top(k8snotes: Runner, monkeypatch) -> None:
    sentences = "".join(f"第{n}句说的是控制循环和期望状态的第{n}件事。" for n in "一二三四五六七八九")
    k8snotes.write("seeds/a.txt", sentences)

    def summarized(*options: str, **env: str) -> int:
        return len(k8snotes("summarize", "--json", *options, env=env).json["lessons"][0]["sentences"])

    assert summarized() == 5
    for name, value in clean_environment(k8snotes.folder).items():
        monkeypatch.setenv(name, value)
    user = f"{click.get_app_dir('k8snotes')}/config.toml".removeprefix(f"{k8snotes.folder}/")
    k8snotes.write(user, "sentences = 4")
    assert summarized() == 4
    k8snotes.write("k8snotes.toml", "sentences = 3")
    assert summarized() == 3
    assert summarized(K8SNOTES_SENTENCES="2") == 2
    assert summarized("--sentences", "1", K8SNOTES_SENTENCES="2") == 1


@pytest.mark.parametrize(
    ("name", "string", "value"),
    [
        ("SENTENCES", " 7 ", 7),
        ("NOTES", "~/n", "~/n"),
        ("LEXICON", "灰度发布 = 金丝雀发布; 声明式 API;", ("灰度发布 = 金丝雀发布", "声明式 API")),
        ("NOTES", "", "notes"),
    ],
)
def test_a_variable_is_read_as_its_setting_wants_and_an_empty_one_is_none(
    name: str, string: str, value: object
) -> None:
    assert load_config((), {f"K8SNOTES_{name}": string})[name.lower()].value == value


@pytest.mark.parametrize("string", ["0", "-1", "x", "1.5", "9" * 5000])
def test_a_variable_that_is_no_number_is_refused_by_name(string: str) -> None:
    with pytest.raises(ConfigError, match="K8SNOTES_SENTENCES: must be a whole number above 0"):
        load_config((), {"K8SNOTES_SENTENCES": string})


def test_a_broken_value_is_refused_even_where_a_stronger_one_hides_it(k8snotes: Runner) -> None:
    file = k8snotes.write("k8snotes.toml", "sentences = 'many'")

    with pytest.raises(ConfigError, match=r"k8snotes\.toml: sentences must be a whole number"):
        load_config((file,), {"K8SNOTES_SENTENCES": "3"})


def test_an_unknown_setting_is_answered_with_the_known_ones(k8snotes: Runner) -> None:
    file = k8snotes.write("k8snotes.toml", "sentence = 3")

    with pytest.raises(ConfigError) as caught:
        load_config((file,), {})

    assert all(setting.name in str(caught.value) for setting in SETTINGS)


def test_a_mark_that_notepad_writes_is_no_part_of_the_file(k8snotes: Runner) -> None:
    file = k8snotes.write("k8snotes.toml", b"\xef\xbb\xbfsentences = 3\r\n")

    assert load_config((file,), {})["sentences"].value == 3


def test_a_file_that_cannot_be_read_is_named(k8snotes: Runner, monkeypatch) -> None:
    file = k8snotes.write("k8snotes.toml", "sentences = 3")

    def denied(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(builtins, "open", denied)
    with pytest.raises(ConfigError, match=r"k8snotes\.toml: Permission denied"):
        load_config((file,), {})


def test_a_missing_file_and_a_folder_in_its_place_say_nothing(k8snotes: Runner) -> None:
    assert (
        load_config((str(k8snotes.folder), str(k8snotes.folder / "x" / "y")), {})["sentences"].origin
        == "default"
    )


def test_the_notes_folder_is_relative_to_the_workspace(k8snotes: Runner) -> None:
    k8snotes.write("seeds/a.txt", "先看土，再提壶。")
    k8snotes.write("k8snotes.toml", 'notes = "out/书"')
    (k8snotes.folder / "below").mkdir()

    Runner(k8snotes.folder / "below")("export")

    assert [file.parent for file in k8snotes.folder.rglob("a.md")] == [k8snotes.folder / "out" / "书"]


def test_a_home_that_nobody_has_is_told(k8snotes: Runner) -> None:
    k8snotes.write("seeds/a.txt", "先看土，再提壶。")
    k8snotes.write("k8snotes.toml", 'notes = "~nobody-at-all/n"')

    result = k8snotes("export")

    assert result.code == 2
    assert "k8snotes.toml: notes = ~nobody-at-all/n" in result.err


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("ON", True), ("1", True), ("no", False), ("0", False)]
)
def test_a_variable_turns_a_setting_on_or_off(word: str, value: bool) -> None:
    assert load_config((), {"K8SNOTES_HIDE_NAMES": word})["hide_names"].value is value


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('flavor = "vim"', "one of markdown, obsidian, logseq, mkdocs"),
        ("flavor = true", "one of markdown"),
        ('with_body = "yes"', "true or false"),
        ("with_body = 1", "true or false"),
        ("sentences = true", "a whole number above 0"),
    ],
)
def test_a_value_of_another_kind_is_refused(k8snotes: Runner, line: str, wanted: str) -> None:
    k8snotes.write("k8snotes.toml", line)

    result = k8snotes("config", "--workspace", ".")

    assert result.code == 2
    assert wanted in result.err


def test_flavors_and_links_are_those_of_notes() -> None:
    assert get_args(FlavorName) == FLAVORS
    assert get_args(Links) == LINKS
