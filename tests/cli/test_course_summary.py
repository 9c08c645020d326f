"""`summarize --course`: a course rolled up."""

from pathlib import Path

import pytest

from cli.runner import Runner
from parse.pages import printed_page

LESSONS = {
    "01 | 水塔": "所谓“潮汐调度”，就是白天放水，晚上蓄水。\n\n潮汐调度靠的是高度差。\n",
    "02 | 水泵": "水泵也听“潮汐调度”的安排。\n\n水泵的寿命取决于“启停次数”，启停次数越少越好。\n",
    "03 | 收尾": "我们把两样合起来：潮汐调度管时间，启停次数管寿命。\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    (tmp_path / "seeds").mkdir()
    for title, text in LESSONS.items():
        name = title.replace(" | ", "-")
        (tmp_path / "seeds" / f"{name}.md").write_text(f"# {title}\n\n{text}", encoding="utf-8")
    return Runner(tmp_path)


def test_a_course_has_a_line_a_lesson_in_reading_order(course: Runner) -> None:
    (rolled_up,) = course("summarize", "--course", "--json").json["courses"]

    assert [lesson["title"] for lesson in rolled_up["lessons"]] == list(LESSONS)
    assert all(lesson["thesis"]["text"] for lesson in rolled_up["lessons"])


def test_its_thread_leads_through_its_themes_each_sentence_once(course: Runner) -> None:
    (rolled_up,) = course("summarize", "--course", "--json").json["courses"]

    steps = {step["theme"]: step for step in rolled_up["thread"]}
    assert {"潮汐调度", "启停次数"} <= set(steps)
    places = [(step["path"], step["line"], step["text"]) for step in rolled_up["thread"]]
    assert len(places) == len(set(places))
    for step in rolled_up["thread"]:
        assert step["theme"] in step["text"]
        lines = (course.folder / step["path"]).read_text("utf-8").split("\n")
        assert step["text"] in lines[step["line"] - 1]


def test_the_summaries_are_those_without_a_course(course: Runner) -> None:
    rolled_up = course("summarize", "--course", "--json").json

    assert rolled_up["lessons"] == course("summarize", "--json").json["lessons"]


def test_lessons_that_make_no_course_by_themselves_are_called_as_all_of_them_say(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", printed_page())
    k8snotes.write("别处/b.md", "# 井\n\n井水清，一口井能用一百年。\n")

    (alone,) = k8snotes("summarize", "--course", "--json", "a.txt").json["courses"]
    several = k8snotes("summarize", "--course", "--json", "a.txt", "别处/b.md").json["courses"]
    assert alone["course"] == "焖饭的学问"
    assert [course["course"] for course in several] == ["焖饭的学问", None]
    assert k8snotes("summarize", "--course", "--lang", "zh", "a.txt").lines[0].endswith("焖饭的学问")


def test_nothing_to_say_is_exit_1(course: Runner) -> None:
    assert course("summarize", "--course", "--about", "风车").code == 1


def test_a_terminal_shows_the_shape_of_a_course_and_says_where_most_is(course: Runner) -> None:
    shown = course("course", "--color", "always", "--lang", "zh").out

    assert "篇幅" in shown
    assert "最多：第 2 课" in shown
    assert "留言" not in shown  # there are none to draw
