"""Which phrases are themes."""

import pytest

from k8snotes.model.findings import Theme
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.pipeline import Words, load_words, themes_of


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


def themes_in(*texts: str, words: Words, limit: int = 10) -> tuple[Theme, ...]:
    lessons = [
        parse(Source(path=f"{i}.md", name="", lines=tuple(text.split("\n")), encoding="utf-8"))
        for i, text in enumerate(texts)
    ]
    return themes_of(lessons, words, limit=limit)


def names(themes: tuple[Theme, ...]) -> list[str]:
    return [theme.text for theme in themes]


def test_what_the_author_quotes_is_a_theme(words: Words) -> None:
    found = themes_in("我们把这种做法叫作“潮汐调度”。它白天借出机器，晚上收回。", words=words)

    assert names(found)[0] == "潮汐调度"


def test_a_theme_over_a_lines_end_is_written_on_one_line(words: Words) -> None:
    found = themes_in("“潮汐\n调度”省钱，潮汐\n调度也省电。kube\nproxy 要“看\n家”。", words=words)

    assert names(found)[0] == "潮汐调度"
    assert not [name for theme in found for name in (theme.text, *theme.aliases) if "\n" in name]


def test_a_term_of_the_field_is_one_theme_in_any_spelling(words: Words) -> None:
    text = "声明式 API 很好。声明式API 也好。declarative API 是它的英文名，K8s 就是 Kubernetes。"

    found = {theme.text: theme for theme in themes_in(text, words=words)}

    assert found["声明式 API"].count == 3
    assert set(found["声明式 API"].aliases) == {"声明式API", "declarative API"}
    assert found["Kubernetes"].count == 2
    assert found["Kubernetes"].aliases == ("K8s",)


def test_traditional_and_simplified_spellings_are_one_theme(words: Words) -> None:
    found = themes_in(
        "控制器模式是核心。", "控制器模式很簡單，控制器模式也叫控制器模式。", "「控製器模式」", words=words
    )

    theme = next(theme for theme in found if theme.text == "控制器模式")
    assert theme.lessons >= 2


@pytest.mark.parametrize("word", ["一个", "展开", "时候", "2018", "12", "我们", "这个", "可以", "年"])
def test_dates_and_empty_words_are_no_themes(words: Words, word: str) -> None:
    text = (
        f"{word}水塔{word}，{word}水泵{word}。" * 9
        + "在 2018 年 12 月 24 日，展开一个话题的时候，我们可以看这个。"
    )

    assert word not in names(themes_in(text, words=words, limit=50))


def test_a_longer_theme_swallows_the_words_it_is_made_of(words: Words) -> None:
    found = names(themes_in("“潮汐调度”省钱。潮汐调度也省电。潮汐调度要预测。", words=words))

    assert "潮汐调度" in found
    assert "潮汐" not in found


def test_counts_and_lessons_are_those_of_the_texts(words: Words) -> None:
    found = themes_in("kubelet 守着节点。kubelet 上报心跳。", "kubelet 拉起容器。", words=words)

    theme = next(theme for theme in found if theme.text == "kubelet")
    assert (theme.count, theme.lessons) == (3, 2)


def test_no_more_themes_than_asked_for_and_the_best_scores_1(words: Words) -> None:
    found = themes_in("kubelet、etcd、kube-proxy 和 CoreDNS 各管一摊。", words=words, limit=3)

    assert len(found) == 3
    assert found[0].score == 1.0
    assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)


def test_nothing_has_no_themes(words: Words) -> None:
    assert themes_in("", words=words) == ()
