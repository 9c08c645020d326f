"""The thread of a theme, beside what grep finds."""

import json
import re
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.runner import Runner
from k8snotes.segment.lexicon import stop_words
from parse.pages import printed_page, reader_comment

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "sample"
SHAPES = sorted((ROOT / "tests" / "data" / "shapes").iterdir())
PARTS = "title,heading,body,code,comment,reply"


def lines_by_grep(k8snotes: Runner, name: str, *paths: object) -> set[tuple[str, int]]:
    hits = k8snotes("grep", "--jsonl", "--in", PARTS, "--", name, *map(str, paths)).records
    return {(hit["path"], hit["line"]) for hit in hits}


def lines_by_theme(k8snotes: Runner, name: str, *paths: object) -> set[tuple[str, int]]:
    mentions = k8snotes("theme", "--jsonl", "--", name, *map(str, paths)).records
    return {(mention["path"], line) for mention in mentions for line in mention["lines"]}


@pytest.mark.parametrize("name", ["水平触发", "幂等", "控制循环", "API server", "status", "短信", "值班表"])
def test_mentions_stand_on_the_lines_that_grep_finds(k8snotes: Runner, name: str) -> None:
    found = lines_by_theme(k8snotes, name, SAMPLE)

    assert found >= lines_by_grep(k8snotes, name, SAMPLE) != set()


@pytest.mark.parametrize("name", ["短信", "值班表", "字段所有权", "新名词"])
def test_a_theme_with_one_name_has_no_other_mentions(k8snotes: Runner, name: str) -> None:
    assert lines_by_theme(k8snotes, name, SAMPLE) == lines_by_grep(k8snotes, name, SAMPLE)


@pytest.mark.parametrize("name", ["CRD", "自定义资源"])
def test_a_short_name_of_a_theme_is_none_in_longer_words(k8snotes: Runner, name: str) -> None:
    text = "自定义资源。\n\ncreate 一个 Secret。\n\n写一份 CR。\n\n几个 CRDs。\n"
    file = k8snotes.write("a.md", text)

    assert lines_by_theme(k8snotes, name, file) == {(str(file), line) for line in (1, 5, 7)}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
@settings(deadline=None, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000))
def test_whatever_a_text_says_is_mentioned_where_grep_finds_it(
    k8snotes: Runner, shape: Path, at: int
) -> None:
    texts = [file for file in sorted(shape.rglob("*")) if file.is_file()] if shape.is_dir() else [shape]
    runs = re.findall(r"[\u4e00-\u9fff]{3,8}", texts[at % len(texts)].read_text("utf-8", errors="ignore"))
    names = [run for run in runs if run not in stop_words()]
    if names:
        name = names[at % len(names)]
        assert lines_by_theme(k8snotes, name, shape) >= lines_by_grep(k8snotes, name, shape)


def test_sentences_are_verbatim_and_begin_on_their_line(k8snotes: Runner) -> None:
    mentions = k8snotes("theme", "--jsonl", "控制循环", SAMPLE).records

    assert mentions
    for mention in mentions:
        lines = Path(mention["path"]).read_text("utf-8").split("\n")
        assert mention["text"][:12] in lines[mention["line"] - 1]


def test_a_theme_in_standard_input_has_its_questions(k8snotes: Runner) -> None:
    asked = reader_comment("锅盖为什么不能掀？", reply="作者回复: 锅盖一掀，气就跑了。")
    text = printed_page(comments=[asked]).encode()
    k8snotes.write("a.txt", text)
    themes = (k8snotes("theme", "--json", "锅盖", where, stdin=text) for where in ("a.txt", "-"))

    of_file, of_input = ([asked["text"] for asked in theme.json["theme"]["questions"]] for theme in themes)

    assert of_input == of_file != []


def test_the_definition_is_the_sentence_that_defines(k8snotes: Runner) -> None:
    theme = k8snotes("theme", "--json", "水平触发", SAMPLE).json["theme"]

    assert theme["definition"]["text"].startswith("所谓边沿触发，就是只对“变化的那一刻”做反应；所谓水平触发")
    assert theme["definition"]["line"] == 11
    assert theme["first"] == theme["mentions"][0]


def test_a_theme_that_nobody_defines_has_no_definition(k8snotes: Runner) -> None:
    assert k8snotes("theme", "--json", "短信", SAMPLE).json["theme"]["definition"] is None


ARTICLE_IN_A_LINE = (
    '<audio title="17 _ 灯" src="a.mp3"></audio> \n<p>所谓灯塔，就是让船都看同一盏灯。</p><h2>灯塔的用法</h2>'
    "<p>雾大时看灯塔。</p><p>别的话。</p><pre><code>turn()\ntower()\n</code></pre><!-- [[[read_end]]] -->\n"
)


def test_a_mention_in_an_article_of_one_line_is_a_sentence_of_its_passage(k8snotes: Runner) -> None:
    k8snotes.write("a.md", ARTICLE_IN_A_LINE)
    theme = k8snotes("theme", "--json", "灯塔", "a.md").json["theme"]

    assert theme["definition"]["text"] == "所谓灯塔，就是让船都看同一盏灯。"
    assert [(mention["kind"], mention["text"]) for mention in theme["mentions"]] == [
        ("body", "所谓灯塔，就是让船都看同一盏灯。"),
        ("body", "雾大时看灯塔。"),
        ("heading", "灯塔的用法"),
    ]
    [code] = k8snotes("theme", "--jsonl", "turn", "a.md").records
    assert (code["kind"], code["text"]) == ("code", "turn()")


def test_a_mention_of_one_line_that_is_in_no_sentence_is_shown_without_the_rest_of_it(
    k8snotes: Runner,
) -> None:
    k8snotes.write("a.html", "<html><h1>桥</h1><p>文。</p><p id='bridge'>多。</p><!-- 船闸 --></html>")

    for name, text in [("桥", "桥"), ("bridge", "<p id='bridge'>")]:
        [mention] = k8snotes("theme", "--jsonl", name, "a.html").records
        assert mention["text"] == text


def test_a_name_that_stands_in_an_address_alone_is_shown_with_it(k8snotes: Runner) -> None:
    k8snotes.write("a.md", "水闸在河上。\n\n![图片](https://example.com/shuizha.png)\n")

    [mention] = k8snotes("theme", "--jsonl", "shuizha", "a.md").records
    assert (mention["line"], mention["score"]) == (3, 0.2)
    assert k8snotes("theme", "shuizha", "a.md").lines[-1] == "a.md:3:![图片](https://example.com/shuizha.png)"


def test_readers_define_nothing(k8snotes: Runner) -> None:
    k8snotes.write(
        "a.md",
        "水闸在河上。\n\n"
        "<div><strong>精选留言（1）</strong></div><ul>\n"
        "<li><span>甲</span> 👍（1） 💬（0）<p>水闸是一种门，所谓水闸，就是门，对吗？</p>"
        "2020-01-01</li><br/>\n</ul>\n",
    )
    theme = k8snotes("theme", "--json", "水闸", "a.md").json["theme"]

    assert theme["definition"] is None
    assert {mention["kind"] for mention in theme["mentions"]} == {"body", "comment"}
    assert len(theme["questions"]) == 1


@pytest.mark.parametrize(
    "name", ["reconcile loop", "Reconcile Loop", "控制循環", "ｒｅｃｏｎｃｉｌｅ  ｌｏｏｐ", "控制 循环"]
)
def test_all_names_of_a_theme_find_it(k8snotes: Runner, name: str) -> None:
    theme = k8snotes("theme", "--json", name, SAMPLE).json["theme"]

    assert theme == k8snotes("theme", "--json", "控制循环", SAMPLE).json["theme"]
    assert (theme["text"], theme["aliases"]) == ("控制循环", ["reconcile loop"])


def test_mentions_come_in_the_order_in_which_lessons_are_read(k8snotes: Runner) -> None:
    theme = k8snotes("theme", "--json", "幂等", SAMPLE).json["theme"]
    lessons = list(dict.fromkeys(mention["lesson"][:3] for mention in theme["mentions"]))

    assert lessons == ["开篇词", "01 ", "02 ", "03 ", "04 ", "结束语"]
    assert [lesson["lesson"][:3] for lesson in theme["lessons"]] == lessons
    assert sum(lesson["count"] for lesson in theme["lessons"]) == theme["count"]


def test_stop_words_are_neither_themes_nor_neighbours(k8snotes: Runner) -> None:
    assert k8snotes("theme", "我们", SAMPLE).code == 1
    related = [
        near["text"] for near in k8snotes("theme", "--json", "水平触发", SAMPLE).json["theme"]["related"]
    ]

    assert "边沿触发" in related
    assert not {"我们", "一个", "就是", "the"} & set(related)


def test_a_name_that_nobody_knows_is_answered_with_one_that_is_near(k8snotes: Runner) -> None:
    result = k8snotes("theme", "--json", "水平触法", SAMPLE)

    assert result.code == 1
    assert result.json["theme"] is None
    assert "水平触发" in result.json["suggestions"]


@pytest.mark.parametrize("command", ["theme", "search"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("控制寻环", ["控制循环"]),
        ("自定义资原", ["自定义资源"]),
        ("期往状态", ["期望状态"]),
        ("statefulst", []),
    ],
)
def test_of_the_terms_of_the_field_those_are_near_that_the_course_has(
    k8snotes: Runner, command: str, typed: str, meant: list[str]
) -> None:
    assert k8snotes(command, "--json", typed, SAMPLE).json["suggestions"] == meant


@pytest.mark.parametrize("name", ["", " ", "。", "[", "\\", "\x1b[31m", "(?:", "a" * 400, "\u200b"])
def test_any_name_is_asked_for_in_peace(k8snotes: Runner, name: str) -> None:
    result = k8snotes("theme", "--", name, SAMPLE)

    assert (result.code, result.out, result.err) == (1, "", "")


def test_an_index_and_the_texts_themselves_give_the_same_thread(course: Runner) -> None:
    by_index = course("theme", "--json", "打顶").json["theme"]
    by_texts = course("theme", "--json", "打顶", "seeds").json["theme"]

    assert by_index == by_texts


def test_no_word_is_cut_and_no_lesson_parsed_that_the_index_serves(course: Runner) -> None:
    course("index")
    with (
        mock.patch("k8snotes.segment.tokenizer.make_tokenizer", side_effect=AssertionError),
        mock.patch("k8snotes.parse.parse", side_effect=AssertionError),
    ):
        assert course("theme", "控制循环").code == 0


def test_a_question_that_two_texts_of_a_lesson_hold_is_asked_once(k8snotes: Runner) -> None:
    first = (SAMPLE / "000_3f9a61c07be2d854.txt").read_text("utf-8")
    k8snotes.write("seeds/a.txt", first)
    k8snotes.write("seeds/b.txt", first)

    theme = k8snotes("theme", "--json", "status").json["theme"]

    assert [question["author"] for question in theme["questions"]] == ["mutex_free", "三号灶台"]
    assert {mention["path"] for mention in theme["mentions"]} == {"seeds/a.txt", "seeds/b.txt"}


def test_a_hostile_text_does_nothing_to_a_terminal(k8snotes: Runner) -> None:
    k8snotes.write("a.md", "# 水\x1b[2J闸\n\n所谓水闸，就是\x1b]0;owned\x07一扇\u202e管水的门[bold]。\n")

    for form in (["--color", "always"], [], ["--json"]):
        out = k8snotes("theme", *form, "水闸", "a.md").out
        assert out
        assert not re.search(r"\x1b(?!\[[0-9;]*m)|[\x07\u202e]", out)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_bars_are_digits_where_the_encoding_is_narrow(k8snotes: Runner, encoding: str) -> None:
    result = k8snotes("theme", "--color", "always", "幂等", SAMPLE, encoding=encoding)

    assert result.code == 0
    assert ("█" in result.out) == (encoding == "utf-8")
    assert bool(re.search(r"\x1b\[36m[1-9]{6}\x1b", result.out)) == (encoding != "utf-8")


def test_the_json_of_a_theme_is_what_the_contract_says(k8snotes: Runner) -> None:
    theme = k8snotes("theme", "--json", "幂等", SAMPLE).json["theme"]

    assert theme.keys() >= {"text", "aliases", "definition", "mentions", "related", "questions"}
    for mention in [theme["definition"], *theme["mentions"]]:
        assert mention.keys() >= {"text", "line", "score", "path", "lesson"}
        assert 0 < mention["score"] <= 1
    assert json.dumps(theme)
