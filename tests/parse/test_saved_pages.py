"""Pages as browsers save them and as site builders make them: the article alone, and its comments."""

from datetime import date
from pathlib import Path

import pytest

from k8snotes.model.lesson import Code, Comment, Lesson
from k8snotes.parse import page_comments
from k8snotes.parse.coverage import faults
from parse.pages import block_texts, lesson_of

PAGES = Path(__file__).parents[1] / "data" / "saved_pages"
SAVED = sorted(file.stem for file in PAGES.glob("*.html"))


def saved(name: str) -> Lesson:
    return lesson_of((PAGES / f"{name}.html").read_text("utf-8"), f"{name}.html")


def said(comment: Comment) -> tuple[object, ...]:
    return (comment.author, comment.date and comment.date.isoformat(), comment.likes, comment.text.string)


@pytest.mark.parametrize(
    ("name", "title", "author", "day"),
    [
        ("course_page", "03｜水线：一指节到底是多深？", "秦稻香", date(2023, 4, 5)),
        ("course_page_2019", "09 | 锅盖：什么时候掀", "秦稻香", date(2019, 11, 2)),
        ("material_site", "03 | 水线：一指节是多深", "秦稻香", None),
        ("tabs", "03 | 水线：一指节是多深", "秦稻香", date(2019, 4, 5)),
        ("blog", "水线的学问", "鲁链条", date(2021, 5, 6)),
        ("handbook", "水线", None, None),
        ("answers_below", "01｜开锅", "秦稻香", date(2022, 3, 4)),
    ],
)
def test_a_page_says_whose_it_is(name: str, title: str, author: str | None, day: date | None) -> None:
    lesson = saved(name)

    assert (lesson.title, lesson.author, lesson.date) == (title, author, day)
    assert list(faults(lesson)) == []


@pytest.mark.parametrize(
    ("name", "first", "last", "blocks"),
    [
        (
            "course_page",
            "你好，我是秦稻香。今天我们来说水线。",
            "你家的锅，水线在哪里？欢迎在留言区告诉我。",
            7,
        ),
        ("course_page_2019", "你好，我是秦稻香。", "今天就到这里。", 5),
        ("material_site", "你好，我是秦稻香。今天说水线。", "boil --lid closed", 7),
        ("tabs", "你好，我是秦稻香。", "boil --lid closed", 4),
        ("blog", "水线不是一条线，而是一个区间。老米和新米差了足足半指。", "最后记得把盖子拧紧。", 5),
        ("handbook", "水没过一节。", "boil --lid", 4),
        ("answers_below", "锅热了再放油，油热了再放米。", "锅热了再放油，油热了再放米。", 1),
    ],
)
def test_the_body_is_the_article_and_nothing_around_it(name: str, first: str, last: str, blocks: int) -> None:
    lesson = saved(name)

    assert (block_texts(lesson)[0], block_texts(lesson)[-1]) == (first, last)
    assert len(lesson.blocks) == blocks


@pytest.mark.parametrize(
    ("name", "comments"),
    [
        (
            "course_page",
            [
                ("灶王爷", "2023-04-06", 15, "老师，水线是米面往上量，还是锅底往上量？我家的锅底是圆的。"),
                ("半勺", "2023-04-07", 3, "打卡。"),
                ("米缸", "2023-04-08", 1, "第一段说得好。\n第二段我不同意。"),
            ],
        ),
        (
            "course_page_2019",
            [
                ("灶王爷", "2019-11-03", 12, "听不见怎么办？\n厨房太吵。"),
                ("2019", "2019-11-04", None, "2019-11-03 我试了一次，成了！"),
            ],
        ),
        (
            "material_site",
            [("灶王爷", "2018-12-24", 71, "水线从哪里量起？"), ("半勺", "2018-12-25", 0, "打卡")],
        ),
        ("tabs", [("半勺", "2019-04-07", 3, "打卡。"), ("灶王爷", "2019-04-06", 15, "水线从哪里量起？")]),
        (
            "blog",
            [("灶王爷", "2021-05-07", None, "半指是多少毫米？"), ("半勺", "2021-05-08", None, "学到了。")],
        ),
        ("handbook", []),
        (
            "answers_below",
            [
                ("灶王爷", "2022-03-05", 12, "先放油行不行？"),
                ("米缸", None, None, "一共三步：\n热锅\n放油"),
            ],
        ),
    ],
)
def test_comments_are_read_whatever_the_classes_are_called(
    name: str, comments: list[tuple[object, ...]]
) -> None:
    assert [said(comment) for comment in saved(name).comments] == comments


def test_replies_pins_and_counts_are_read() -> None:
    first = saved("course_page").comments[0]

    assert [(reply.by, reply.text.string) for reply in first.replies] == [
        ("author", "米面往上量，锅底什么样都不要紧。")
    ]
    assert (first.pinned, first.clipped, first.reply_count) == (True, True, 2)
    assert [(reply.by, reply.text.string) for reply in saved("answers_below").comments[0].replies] == [
        ("author", "不行，会粘。"), ("reader", "我试过，真粘。"),
    ]  # fmt: skip
    assert [saved(name).comments_total for name in SAVED] == [3, 2, 3, 2, None, 2, None]


def test_a_reply_may_say_what_its_mark_says() -> None:
    page = (
        "<html><body>\n<h1>米</h1><p>水要没过。</p>\n<h2>留言</h2>\n<ul>"
        "<li><div>半勺</div><div>老师会回复吗？</div><div> 作者回复：回复</div><div>2019-04-05</div></li>"
        "</ul>\n</body></html>"
    )

    (comment,) = lesson_of(page, "米.html").comments

    assert [reply.text.string for reply in comment.replies] == ["回复"]
    assert comment.replies[0].text.place_at(0) == (4, page.split("\n")[3].index("回复</div><div>2019"))


def test_the_foot_of_a_course_page_is_read() -> None:
    lesson = saved("course_page")

    assert (lesson.previous, lesson.next) == ("02｜淘米：三遍就够了吗？", "04｜火候：听锅说话")
    assert lesson.copyright is not None
    assert lesson.audio is not None
    assert (lesson.audio.narrator, lesson.audio.seconds, lesson.audio.size_mb) == ("秦稻香", 275, 4.2)


@pytest.mark.parametrize(
    ("name", "listings"),
    [
        ("course_page", [(None, "rinse --times 3\nboil --lid closed")]),
        ("course_page_2019", [("sh", "wait 180\nopen lid")]),
        ("material_site", [(None, "rice: 2\nwater: 3"), (None, "boil --lid closed")]),
    ],
)
def test_code_has_its_lines_and_no_numbers(name: str, listings: list[tuple[str | None, str]]) -> None:
    found = [block for block in saved(name).blocks if isinstance(block, Code)]

    assert [(code.language, code.text.string) for code in found] == listings


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<h1>米</h1><div class='sidebar'><p>正文在这里。</p><p>很长。</p></div>", id="all of it"
        ),
        pytest.param("<div class='menu'><h1>米</h1></div><p>正文在这里。</p>", id="around the title"),
        pytest.param(
            "<h1>米</h1><ul><li><a href='/a'>正文在这里。</a></li></ul>", id="links below the title"
        ),
        pytest.param(
            "<h1>米</h1><h2>评论</h2><p>正文在这里。</p><p>2019-04-05</p>", id="a heading of the body"
        ),
        pytest.param(
            "<h1>米</h1><h2>大事记</h2><ul><li><p>正文在这里。</p><p>2019-04-05</p><p>开张。</p></li></ul>",
            id="dates in a list",
        ),
    ],
)
def test_what_only_looks_like_furniture_or_comments_is_body(body: str) -> None:
    lesson = lesson_of(f"<html><body>\n{body}\n</body></html>", "米.html")

    assert "正文在这里。" in "\n".join(block_texts(lesson))
    assert lesson.comments == ()


def test_what_is_nested_is_looked_at_once_for_each_date(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counted(said: page_comments._Said, string: str) -> bool:
        nonlocal looks
        looks += 1
        return take_mark(said, string)

    take_mark = page_comments._take_mark
    monkeypatch.setattr(page_comments, "_take_mark", counted)

    def looks_at(count: int) -> int:
        nonlocal looks
        looks = 0
        lesson_of(
            f"<html><h1>米</h1><p>留言</p>{'<div><p>名</p><p>话</p><p>2019-04-05</p>' * count}", "米.html"
        )
        return looks

    assert looks_at(800) < 5 * looks_at(200) < 5 * 200 * 20
