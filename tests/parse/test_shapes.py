# ruff: noqa: E501 - a table
"""Each shape's invented lesson, in the bytes of the real ones: what is read from it."""

from pathlib import Path
from typing import NamedTuple

import pytest

from k8snotes.model.lesson import Code, Heading, Lesson
from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import read_sources

SHAPES = Path(__file__).parents[1] / "data" / "shapes"


class Facts(NamedTuple):
    file: str
    format: str
    title: str
    number: int | None
    author: str | None
    date: str | None
    headings: int
    codes: int
    comments: list[str | None]
    likes: list[int | None]
    replies: int


LESSONS = [
    # One row a lesson, as wide as it is.
    Facts("02_page_as_markdown/09 换一条内胎（一）：先把轮子卸下来.md", "geektime-markdown",
          "09 | 换一条内胎（一）：先把轮子卸下来", 9, "鲁链条", "2017-10-24", 2, 2,
          ["chainring52", "扳手十五号", "Tube.M", "补丁阿七", "骑到河边", "铃铛不响"], [31, 17, 12, 4, 2, 1], 3),
    Facts("04_crawler_html/11 _ 补胎（上）：胶水为什么要等？.md", "geek-crawler",
          "11 | 补胎（上）：胶水为什么要等？", 11, None, None, 3, 1,
          ["扳手与茶", "Patch&Pump", "🚲", "风箱老李头"], [None] * 4, 2),
    Facts("04_crawler_html/期末测试 _ 这些修车知识，你都记住了吗？.md", "geek-crawler",
          "期末测试 | 这些修车知识，你都记住了吗？", None, None, None, 0, 0, [], [], 0),
    Facts("05_pasted_page_avatars/12  叫号机：用调度器排队.md", "pasted-page",
          "12 | 叫号机：用调度器排队", 12, "沈积木 & 秦稻香", "2020-03-09", 3, 2,
          ["扫地机长", "队列第一名", "mutexMM", "排队不玩手机", "晚到的人"], [21, 8, None, 2, None], 3),
    Facts("06_pasted_page_bare/a_name_date_text/21 阀门：怎样不漏气.md", "pasted-page",
          "21 | 阀门：怎样不漏气？", 21, None, None, 2, 2,
          ["气门芯＿陆", "针尖对麦芒哥", "Schrader.X", "沙沙响"], [6, None, None, None], 1),
    Facts("06_pasted_page_bare/b_name_text_likes/07丨打气：数一数要几下.md", "pasted-page",
          "07丨打气：数一数要几下", 7, "鲁链条", "2019-01-21", 4, 1,
          ["打满七十下", "数数的鹅", "PumpKing", "老赵的打气筒"], [33, 12, 5, 1], 2),
    Facts("07_plain_page_copy/0602加餐砂锅与铁锅.md", "page-copy",
          "0602. 加餐 | 砂锅与铁锅：锅底厚一点有什么用", 602, "秦稻香", "2018-07-03", 0, 1,
          ["厚底锅巴", "IronPot9", "锅铲_idle", "🍳", "potlid", "三碗不过瘾 - 老桂"], [None] * 6, 3),
    Facts("07_plain_page_copy/tight/0105淘米到底要几遍.md", "page-copy",
          "0105淘米：到底要几遍？", 105, "秦稻香", "2018-06-02", 0, 0,
          ["淘米水浇花，真的", "RinseTwice", "一勺浑水"], [None] * 3, 1),
    Facts("08_curated_notes/0000开课词.md", "curated-notes", "0000. 灶台前没有标准答案", 0, "秦稻香",
          "2018-04-30", 0, 0, ["端锅的人", "小火慢炖阿炊", "一碗见底"], [None] * 3, 0),
    Facts("08_curated_notes/0203锅盖什么时候掀.md", "curated-notes", "0203. 锅盖：什么时候掀？", 203,
          "秦稻香", "2018-05-14", 2, 1,
          [None, None, None, "lidwatcher", "蒸汽往哪儿走", "焦底收藏家", "Geek_zz20r"], [None] * 5 + [4, 1], 4),
    Facts("08_curated_notes/第3讲水量与手指.md", "curated-notes", "第 3 讲 | 水量：手指量法靠不靠谱？", 3,
          "秦稻香", "2018-05-11", 1, 0, ["指节很长", "量杯党", "半指水", "cupful9"], [None] * 4, 1),
    Facts("09_pandoc_docx/31链条实战（上）.md", "pandoc-docx", "31链条实战（上）：上油、清洁与更换怎么取舍？",
          31, "鲁链条", "2019-04-18", 2, 1,
          ["、", "Crank.Wu", "掉链子专业户", "oil 干了没", "静音骑手0"], [22, 9, 6, 1, None], 0),
    Facts("10_pymupdf4llm/18 米仓怎样防虫.md", "pymupdf4llm", "18 米仓怎样防虫", 18, "秦稻香",
          "2018-03-09", 0, 1, [None] * 6, [None] * 6, 3),
    Facts("11_epub/OEBPS/Text/03.html", "html", "02 | x = x：格子和东西", 2, None, None, 2, 2, [], [], 0),
    Facts("12_downloader/05 _ 刹车：先捏哪一边.md", "markdown", "05 | 刹车：先捏哪一边", 5, None, None,
          1, 1, [], [], 0),
    Facts("14_geektime_dl/05.html", "geektime-dl", "05 | 刹车：先捏哪一边", 5, None, None, 1, 1,
          ["两手都捏", "brake pad", "🛑"], [52, None, 3], 1),
    Facts("15_geektime2pdf/05.html", "geektime2pdf", "05 | 刹车：先捏哪一边", 5, "鲁链条", "2018-10-08",
          1, 1, ["两手都捏", "brake pad", "🛑"], [None] * 3, 1),
    Facts("15_geektime2pdf/05.text-layer.txt", "mobile-page", "05 | 刹车：先捏哪一边，下坡的时候还算不算数",
          5, "鲁链条", "2018-10-08", 0, 1, ["两手都捏", "brake pad", "🛑"], [None] * 3, 1),
    Facts("16_gitbook/geekbang2md.md", "gitbook", "05 | 刹车：先捏哪一边", 5, None, None, 1, 1, [], [], 0),
    Facts("16_gitbook/gktimesc2gitbook.md", "gitbook", "05 | 刹车：先捏哪一边", 5, None, None, 1, 1, [], [], 0),
]  # fmt: skip


def lesson_in(file: str) -> Lesson:
    return parse(next(read_sources(InputFile(path=SHAPES / file, shown=file, folder=""))))


@pytest.mark.parametrize("facts", LESSONS, ids=lambda facts: facts.file)
def test_a_shape_is_recognised_and_its_fields_are_read(facts: Facts) -> None:
    lesson = lesson_in(facts.file)

    assert (
        Facts(
            file=facts.file,
            format=lesson.format,
            title=lesson.title or "",
            number=lesson.number,
            author=lesson.author,
            date=lesson.date.isoformat() if lesson.date else None,
            headings=sum(isinstance(block, Heading) for block in lesson.blocks),
            codes=sum(isinstance(block, Code) for block in lesson.blocks),
            comments=[comment.author for comment in lesson.comments],
            likes=[comment.likes for comment in lesson.comments],
            replies=sum(len(comment.replies) for comment in lesson.comments),
        )
        == facts
    )
    assert list(faults(lesson)) == []


def test_every_lesson_in_the_folder_is_in_the_table() -> None:
    files = {
        path.relative_to(SHAPES).as_posix()
        for path in SHAPES.rglob("*")
        if path.suffix in (".md", ".html", ".txt")
    }

    assert files - {facts.file for facts in LESSONS} == {"11_epub/OEBPS/Text/00.html"}


@pytest.mark.parametrize(
    ("file", "first", "last"),
    [
        (
            "02_page_as_markdown/09 换一条内胎（一）：先把轮子卸下来.md",
            "后轮难卸",
            "公路胎和山地胎的撬棒通用吗",
        ),
        ("05_pasted_page_avatars/12  叫号机：用调度器排队.md", "终于等到这一讲", "2020-5-6那天才看到"),
        ("06_pasted_page_bare/b_name_text_likes/07丨打气：数一数要几下.md", "表坏了", "给个链接"),
        ("07_plain_page_copy/0602加餐砂锅与铁锅.md", "我家那口两毫米", "http://example.com/pot"),
        ("09_pandoc_docx/31链条实战（上）.md", "我是两周一次", "有没有人试过缝纫机油 * 一半？"),
        ("10_pymupdf4llm/18 米仓怎样防虫.md", "老师，塑料桶密封好", "最后一只也捉到了，打卡。"),
    ],
)
def test_the_first_and_the_last_comment_say_what_they_say(file: str, first: str, last: str) -> None:
    comments = lesson_in(file).comments

    assert comments[0].text.string.startswith(first)
    assert comments[-1].text.string.startswith(last)


def test_editors_replies_are_told_from_the_authors() -> None:
    replies = [reply.by for comment in lesson_in(LESSONS[1].file).comments for reply in comment.replies]

    assert replies == ["author", "editor"]


def test_a_pinned_comment_is_marked_and_keeps_its_name() -> None:
    pinned = [comment for comment in lesson_in(LESSONS[3].file).comments if comment.pinned]

    assert [comment.author for comment in pinned] == ["扫地机长"]


def test_code_that_lost_its_fence_is_one_block() -> None:
    codes = [block.text.string for block in lesson_in(LESSONS[3].file).blocks if isinstance(block, Code)]

    assert codes[0].startswith("func Wait(q Queue, n int):\n    [q ← q + n]\nfunc Call")
