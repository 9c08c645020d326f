"""Which language is spoken: by flag, by variable, by settings, by locale, in that order."""

from collections.abc import Mapping

import pytest

from cli.runner import Runner

CHINESE = {"LANG": "zh_CN.UTF-8"}


def is_chinese(k8snotes: Runner, *arguments: str, env: Mapping[str, str] | None = None) -> bool:
    """Whether a call that goes wrong is told so in Chinese."""
    err = k8snotes(*arguments, env=env).err
    assert err.startswith("k8snotes: ")
    return any("一" <= character <= "鿿" for character in err)


@pytest.mark.parametrize("wrong", ["parse nowhere.txt", "parse --frobnicate", "frobnicate", "grep"])
def test_each_source_outweighs_the_ones_below_it(k8snotes: Runner, wrong: str) -> None:
    call = wrong.split()
    (k8snotes.folder / "seeds").mkdir()

    assert not is_chinese(k8snotes, *call)
    assert is_chinese(k8snotes, *call, env=CHINESE)
    k8snotes.write(".home/.config/k8snotes/config.toml", 'lang = "en"')
    assert not is_chinese(k8snotes, *call, env=CHINESE)
    k8snotes.write("k8snotes.toml", 'lang = "zh"')
    assert is_chinese(k8snotes, *call)
    assert not is_chinese(k8snotes, *call, env={"K8SNOTES_LANG": "en"})
    assert is_chinese(k8snotes, "--lang", "zh", *call, env={"K8SNOTES_LANG": "en"})
    k8snotes.write("k8snotes.toml", 'lang = "auto"')
    assert is_chinese(k8snotes, *call, env=CHINESE)


@pytest.mark.parametrize("call", ["--lang zh parse x", "parse --lang zh x", "parse x --lang=zh"])
def test_the_flag_may_stand_before_and_after_the_command(k8snotes: Runner, call: str) -> None:
    assert is_chinese(k8snotes, *call.split(), env={"K8SNOTES_LANG": "en"})


def test_of_two_flags_the_later_counts(k8snotes: Runner) -> None:
    assert not is_chinese(k8snotes, "--lang", "zh", "parse", "--lang", "en", "x")


def test_a_pattern_is_no_flag(k8snotes: Runner) -> None:
    k8snotes.write("seeds/a.txt", "先看土，再浇水。")

    assert not is_chinese(k8snotes, "grep", "--", "--lang", "zh")


@pytest.mark.parametrize("call", ["--lang fr parse", "parse --lang fr", "grep 土 --lang=fr"])
def test_a_language_that_is_not_spoken_is_refused_with_those_that_are(k8snotes: Runner, call: str) -> None:
    result = k8snotes(*call.split())

    assert result.code == 2
    assert "'zh'" in result.err
    assert "'en'" in result.err


def test_a_variable_that_is_wrong_is_refused_by_name(k8snotes: Runner) -> None:
    result = k8snotes("config", env={"K8SNOTES_LANG": "fr"})

    assert result.code == 2
    assert "K8SNOTES_LANG: must be one of auto, zh, en, not 'fr'; change or unset it" in result.err


def test_help_is_there_whatever_is_broken(k8snotes: Runner) -> None:
    k8snotes.write("k8snotes.toml", "lang = [")

    helped = k8snotes("--help", env={"K8SNOTES_LANG": "fr"})

    assert (helped.code, helped.err) == (0, "")
    assert helped.out.startswith("Usage: ")
