"""What of a lesson is the teaching, and what the author sums up himself."""

import pytest

from k8snotes.analyse.teaching import (
    HOMEWORK,
    SUMMARY_HEADING,
    author_summary_positions,
    homework_positions,
    is_taught,
)
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.pipeline import Words, load_words, segment_lesson


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


@pytest.mark.parametrize(
    "sentence",
    [
        "你好，我是阿杉，今天我们继续讲水塔的高度。",
        "如果你觉得有收获，欢迎分享给更多朋友一起来读。",
        "好了，今天的内容就到这里，我们下一讲再见。",
        "讲述：阿杉 时长 05:07 大小 4.70M 请收听",
        "下面的命令如图所示就能看到结果：",
        "kubectl get pods --all-namespaces",
        "大家好，我是老周，很高兴又和大家见面了。",
        "感谢你的收听，也欢迎你把这篇文章转发给朋友。",
        "今天关于水塔的内容就先讲到这里吧。",
        "欢迎你在评论区和我一起讨论水塔的高度。",
        "下一讲，我会带你去看看水厂里的沉淀池。",
        "先交上一讲的思考题：水塔建在山顶。",
        "作者：周水塔、李水泵，来自城东水厂",
        "**编者注：这篇文章是水塔系列中的第三篇",
        "修水塔之前，我想先讲一件自己的傻事。",
        "扫描下方的二维码，就可以加入我们的读者群。",
    ],
)
def test_what_belongs_to_the_teaching_is_not_taught(sentence: str) -> None:
    assert not is_taught(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "水泵把水送上水塔，水塔再把水分给各家各户。",
        "欢迎的态度并不能让水压变大，高度差才能。",
        "思考高度差的时候，先画出水面的位置。",
        "我们上一步把阀门关上，水就不再流了。",
    ],
)
def test_what_is_said_of_the_subject_is_taught(sentence: str) -> None:
    assert is_taught(sentence)


@pytest.mark.parametrize(
    "heading",
    [
        "总结",
        "小结",
        "本讲小结",
        "今日总结",
        "课程总结",
        "总结与思考",
        "总结时刻",
        "重点回顾",
        "内容小结",
        "3. 总结",
        "四、小结",
        "写在最后",
        "结语",
        "总结一下",
        "Summary",
        "今天的总结：",
        "课后总结",
        "全文总结",
    ],
)
def test_headings_under_which_an_author_sums_up(heading: str) -> None:
    assert SUMMARY_HEADING.fullmatch(heading)


@pytest.mark.parametrize(
    "heading", ["总结会怎么开", "如何写小结", "回顾水塔的历史", "结论从哪里来", "思考题"]
)
def test_headings_that_only_speak_of_summing_up(heading: str) -> None:
    assert not SUMMARY_HEADING.fullmatch(heading)


@pytest.mark.parametrize(
    "opening",
    [
        "思考题",
        "课后思考",
        "今天的思考题：",
        "最后，给你留一道思考题。",
        "每课一练",
        "一课一思",
        "练习题：画一座水塔",
        "思考与讨论",
        "最后，留一个小问题给你。",
        "课堂讨论",
        "作业：",
    ],
)
def test_what_sets_homework(opening: str) -> None:
    assert HOMEWORK.match(opening)


def positions(text: str, words: Words) -> tuple[list[str], list[str]]:
    """The sentences of homework, and those in which the author sums up."""
    lesson = parse(Source(path="a.md", name="a.md", lines=tuple(text.split("\n")), encoding="utf-8"))
    segmented = segment_lesson(lesson, words)

    def texts(found: frozenset[int]) -> list[str]:
        return [segmented.sentences[at].text for at in sorted(found)]

    return texts(homework_positions(segmented)), texts(author_summary_positions(segmented))


def test_a_short_paragraph_serves_as_a_heading(words: Words) -> None:
    text = "水往低处流。\n\n水塔在高处。\n\n总结\n\n高度差就是水压。\n\n思考题\n\n水塔该多高？\n"

    homework, summary = positions(text, words)

    assert summary == ["高度差就是水压。"]
    assert homework == ["思考题", "水塔该多高？"]


def test_a_paragraph_that_says_so_sums_up(words: Words) -> None:
    summing_up = "好，我来总结一下：水塔靠高度差，水泵靠电，两样各有各的用处，谁也代替不了谁的位置。"
    text = f"水往低处流。\n\n{summing_up}\n\n再说两句闲话。\n"

    assert len(positions(text, words)[1]) == 1


@pytest.mark.parametrize("opening", ["小结一下。", "好，我们来总结一下：", "最后，再回顾一下，"])
def test_what_only_announces_a_summary_is_none_of_it(words: Words, opening: str) -> None:
    said = "水塔靠高度差，水泵靠电，两样各有各的用处，谁也代替不了谁的位置。"
    text = f"水往低处流。\n\n{opening}{said}\n\n再说两句闲话。\n"

    assert all(said in sentence for sentence in positions(text, words)[1])
    assert len(positions(text, words)[1]) == 1


def test_goodbyes_after_the_homework_belong_to_it(words: Words) -> None:
    text = "水往低处流。\n\n" * 9 + "今天的思考题：水塔该多高？\n\n夜深了，早点休息。\n"

    assert positions(text, words)[0] == ["今天的思考题：水塔该多高？", "夜深了，早点休息。"]


def test_what_follows_an_early_exercise_is_still_taught(words: Words) -> None:
    text = "课堂讨论：水往哪里流？\n\n" + "水往低处流。\n\n" * 9

    assert positions(text, words)[0] == ["课堂讨论：水往哪里流？"]
