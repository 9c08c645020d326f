"""What a summary takes, and what it leaves."""

import pytest

from k8snotes.analyse.salience import lexrank
from k8snotes.model.findings import Summary
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.pipeline import Words, load_words, summarize_lesson

LESSON = """\
你好，我是阿杉。

上一讲我们修好了水泵，今天说说水塔为什么要建在高处。

## 水压从哪里来

水压的本质只有一个，那就是“高度差”。水塔越高，高度差越大，水龙头里的水就越有力气。

水泵也能给水加压，可是水泵会停电，水塔不会。

## 水塔建多高

水塔的高度由最高的那层楼决定，高度差不够，顶楼的人就洗不了澡。

## 思考题

如果整座城市都在山坡上，水塔应该建在哪里才能让水压处处一样？

欢迎在留言区写下你的答案，我们下一讲再见。
"""


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


def summary_of(
    text: str, words: Words, *, about: str | None = None, author_summary: bool = True, **length: int
) -> Summary:
    lesson = parse(
        Source(path="水塔.md", name="03 - 水塔为什么高.md", lines=tuple(text.split("\n")), encoding="utf-8")
    )
    return summarize_lesson(
        lesson, words, themes=5, about=about, author_summary=author_summary, **(length or {"sentences": 3})
    )


def texts_of(summary: Summary) -> list[str]:
    return [sentence.text for sentence in summary.sentences]


def test_the_sentence_that_names_the_essence_is_the_thesis(words: Words) -> None:
    thesis = summary_of(LESSON, words).thesis

    assert thesis is not None
    assert thesis.text == "水压的本质只有一个，那就是“高度差”。"
    assert thesis.line == 7


def test_key_sentences_are_verbatim_on_their_line_and_in_reading_order(words: Words) -> None:
    sentences = summary_of(LESSON, words, sentences=5).sentences

    lines = LESSON.split("\n")
    assert sentences
    assert all(sentence.text in lines[sentence.line - 1] for sentence in sentences)
    assert [s.line for s in sentences] == sorted(s.line for s in sentences)


def test_greetings_homework_and_farewells_are_never_taken(words: Words) -> None:
    text = "".join(sentence.text for sentence in summary_of(LESSON, words, sentences=50).sentences)

    assert "高度差" in text
    for foreign in ("我是阿杉", "整座城市", "留言区", "再见"):
        assert foreign not in text


@pytest.mark.parametrize("characters", [1, 10, 40, 100, 1000])
def test_the_joined_sentences_keep_within_the_characters_asked_for(words: Words, characters: int) -> None:
    sentences = summary_of(LESSON, words, characters=characters).sentences

    assert sum(len(sentence.text) for sentence in sentences) <= characters


@pytest.mark.parametrize("percent", [1, 20, 50, 100])
def test_percent_counts_the_characters_of_the_prose(words: Words, percent: int) -> None:
    everything = sum(len(text) for text in texts_of(summary_of(LESSON, words, percent=100)))
    prose = 170  # characters, greetings and homework among them

    taken = sum(len(text) for text in texts_of(summary_of(LESSON, words, percent=percent)))

    assert taken <= min(everything, prose * percent // 100 + 20)


HANGING = """\
水塔的水位由浮球看着，水位低了水泵就启动。

浮球带着一根连杆，连杆推动水泵的开关。这种结构没有电子零件，所以水塔很少坏。
"""


def test_a_sentence_that_points_back_comes_with_the_one_it_points_at(words: Words) -> None:
    for size in range(1, 4):
        texts = texts_of(summary_of(HANGING, words, sentences=size))

        if "这种结构没有电子零件，所以水塔很少坏。" in texts:
            assert "浮球带着一根连杆，连杆推动水泵的开关。" in texts
    assert len(texts) == 3


def test_a_sentence_that_points_at_what_cannot_be_shown_is_left_out(words: Words) -> None:
    text = "运行下面这一条命令：\n\n这种做法可以让水塔的水位一直保持不变。\n\n水塔的水位由浮球看着。\n"

    assert texts_of(summary_of(text, words, sentences=9)) == ["水塔的水位由浮球看着。"]


SUMMED_UP = """\
## 水压从哪里来

水压来自高度差，水塔越高水压越大。

## 总结

今天我们说了水塔为什么高，也说了水泵为什么不能代替水塔。

## 课后思考

你家的水塔有多高呢，不妨去量一量再告诉我？
"""


def test_the_authors_own_summary_is_shown_as_what_it_is(words: Words) -> None:
    summary = summary_of(SUMMED_UP, words)

    assert [s.line for s in summary.author_summary] == [7]


def test_the_authors_own_summary_can_be_left_out(words: Words) -> None:
    summary = summary_of(SUMMED_UP, words, author_summary=False)

    assert summary.author_summary == ()
    assert texts_of(summary) == ["水压来自高度差，水塔越高水压越大。"]


def test_a_summary_about_a_theme_takes_only_what_is_said_of_it(words: Words) -> None:
    summary = summary_of(LESSON, words, about="水泵", sentences=9)

    assert summary.thesis is not None
    assert all("水泵" in text for text in [summary.thesis.text, *texts_of(summary)])
    assert summary_of(LESSON, words, about="风车").thesis is None


def test_a_theme_is_found_under_all_its_names(words: Words) -> None:
    text = "K8s 的节点坏了也不要紧，任务会自己搬家。\n\n水塔坏了就只好请人来修。\n"

    assert len(summary_of(text, words, about="Kubernetes").sentences) == 1


def test_a_sentence_that_says_the_same_again_is_left_out(words: Words) -> None:
    again = "水塔越高，高度差越大，水压就越大。"
    twice = f"{again}\n\n水泵要用电，停电就没有水了。\n\n{again}\n"

    texts = [sentence.text for sentence in summary_of(twice, words, sentences=3).sentences]

    assert len(texts) == len(set(texts)) == 2


def test_a_text_without_prose_has_no_thesis(words: Words) -> None:
    summary = summary_of("```\nx = 1\n```\n", words)

    assert summary.thesis is None
    assert summary.sentences == ()


def test_a_question_is_no_thesis(words: Words) -> None:
    thesis = summary_of("水塔的高度差究竟从哪里来？\n\n水塔的高度差来自山坡和楼层。\n", words).thesis

    assert thesis is not None
    assert thesis.text.endswith("。")


def test_scores_lie_between_0_and_1_and_the_best_is_1(words: Words) -> None:
    scores = [sentence.score for sentence in summary_of(LESSON, words, sentences=50).sentences]

    assert max(scores) == 1.0
    assert min(scores) > 0


def test_a_sentence_like_all_others_is_more_central_than_a_stranger() -> None:
    pump, tower, stranger = {"水": 0.8, "泵": 0.6}, {"水": 0.8, "塔": 0.6}, {"猫": 1.0}

    ranks = lexrank([pump, tower, stranger])

    assert sum(ranks) == pytest.approx(1)
    assert min(ranks[0], ranks[1]) > ranks[2]


def test_no_sentences_have_no_ranks() -> None:
    assert lexrank([]) == []
