"""Lessons that a crawler stored as HTML in a file of Markdown."""

import re

import pytest

from k8snotes.model.lesson import Code, Heading, Lesson, Quote
from parse.pages import block_texts, lesson_of, only_comment, warning_codes

FILE = "11 _ 胶水：等多久.md"
AUDIO = (
    '<audio title="11 _ 胶水：等多久" src="https://static.example.com/a.mp3" controls="controls"></audio> '
)
ARTICLE = "<p>补丁要等。</p><h2>等多久</h2><p>不拉丝就行。</p><!-- [[[read_end]]] --><p>好。</p>"
STYLE = "<style>\n    ul {\n      list-style: none;\n    }\n</style>"


def crawled_comment(
    text: str = "磨圆了不翘边。", *, name: str = "扳手与茶", day: str = "2019-04-02 07:15:09", reply: str = ""
) -> str:
    said = f'<p class="_r_0">{reply}</p>' if reply else ""
    return (
        '<li>\n<div class="_a_0"><img src=""\n  class="_b_0">\n<div class="_c_0">\n'
        f'  <div class="_d_0"><span>{name}</span>\n  </div>\n  <div class="_e_0">{text}</div>\n'
        f'  <div class="_f_0">\n    {said}\n  </div>\n  <div class="_g_0">\n'
        f'    <div class="_h_0">{day}</div>\n'
        "  </div>\n</div>\n</div>\n</li>\n"
    )


def crawled(
    article: str = ARTICLE, *comments: str, audio: str | None = AUDIO, style: str = STYLE, end: str = "\n"
) -> str:
    listed = f"\n{style}<ul>{''.join(comments)}</ul>" if comments else ""
    return ("" if audio is None else audio + "\n") + (article + listed).replace("\n", end)


def crawled_lesson(text: str) -> Lesson:
    lesson = lesson_of(text, FILE)
    assert lesson.format == "geek-crawler"
    return lesson


def said(lesson: Lesson) -> list[tuple[object, ...]]:
    return [
        (one.author, one.date, one.text.string, *(reply.text.string for reply in one.replies))
        for one in lesson.comments
    ]


@pytest.mark.parametrize("name", ["，", "🚲", "a b  c", "2019-01-01", "e\u0301\u0323", "Geek_0a1b"])
def test_a_name_may_be_anything(name: str) -> None:
    comment = only_comment(crawled_lesson(crawled(ARTICLE, crawled_comment(name=name))))

    assert comment.author == " ".join(name.split())
    assert str(comment.date) == "2019-04-02"
    assert comment.likes is None


def test_a_blank_name_is_none() -> None:
    assert only_comment(crawled_lesson(crawled(ARTICLE, crawled_comment(name="")))).author is None


def test_several_replies_are_so_many() -> None:
    replies = '作者回复: 磨过就知道。</p><p class="_r_0">编辑回复: 下个月更新。<br>等等。'

    comment = only_comment(crawled_lesson(crawled(ARTICLE, crawled_comment(reply=replies))))

    assert [(reply.by, reply.text.string) for reply in comment.replies] == [
        ("author", "磨过就知道。"),
        ("editor", "下个月更新。\n等等。"),
    ]


@pytest.mark.parametrize(("mark", "by"), [("作者回复", "author"), ("编辑回复", "editor")])
def test_a_reply_keeps_its_paragraphs(mark: str, by: str) -> None:
    comment = only_comment(
        crawled_lesson(
            crawled(ARTICLE, crawled_comment(reply=f"{mark}: 不行，<br><br>见 https:&#47;&#47;a.b"))
        )
    )

    assert [(reply.by, reply.text.string) for reply in comment.replies] == [(by, "不行，\n\n见 https://a.b")]


def test_a_reply_that_a_reader_quotes_is_none() -> None:
    comment = only_comment(crawled_lesson(crawled(ARTICLE, crawled_comment("书上“作者回复: 别急”，对吗？"))))

    assert comment.replies == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("2019-01-01", "2019-01-01"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("甲<br>&nbsp; 乙", "甲\n\u00a0 乙"),
        ("?a=1&copyleft;", "?a=1&copyleft;"),
    ],
)
def test_a_text_reads_as_a_browser_shows_it(text: str, shown: str) -> None:
    comment = only_comment(crawled_lesson(crawled(ARTICLE, crawled_comment(text))))

    assert comment.text.string == shown
    assert str(comment.date) == "2019-04-02"


def test_fields_may_be_missing() -> None:
    bare = (
        '<li>\n<div><img src="">\n<div>\n<div><span>甲</span></div>\n<div>好</div>\n</div>\n</div>\n</li>\n'
    )

    comment = only_comment(crawled_lesson(crawled(ARTICLE, bare)))

    assert (comment.author, comment.text.string, comment.date) == ("甲", "好", None)


def test_an_avatar_may_stand_in_a_div_of_its_own() -> None:
    fields = "<div>甲</div><div>好</div><div> </div><div>2019-04-02</div>"
    item = f"<li>\n<div><div><img></div><div>{fields}</div></div></li>"

    comment = only_comment(crawled_lesson(crawled(ARTICLE, item)))

    assert (comment.author, comment.text.string, str(comment.date)) == ("甲", "好", "2019-04-02")


def test_comments_without_their_style_are_comments() -> None:
    lesson = crawled_lesson(crawled(ARTICLE, crawled_comment(), crawled_comment(name="乙"), style=""))

    assert [comment.author for comment in lesson.comments] == ["扳手与茶", "乙"]
    assert "磨圆了不翘边。" not in block_texts(lesson)


def test_an_article_that_closes_nothing_loses_no_comments() -> None:
    lesson = crawled_lesson(crawled("<p>甲</p><ul><li>乙<blockquote><div><p>丙", crawled_comment()))

    assert len(lesson.comments) == 1


@pytest.mark.parametrize("audio", [AUDIO, None])
@pytest.mark.parametrize("article", [ARTICLE, ARTICLE.replace("</p>", "</p>\n"), ARTICLE.replace("h2", "h4")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_article_stands_on_one_line_or_on_many(audio: str | None, article: str, end: str) -> None:
    lesson = crawled_lesson(crawled(article, crawled_comment(), audio=audio, end=end))

    assert lesson.title == "11 | 胶水：等多久"
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == ["等多久"]
    assert len(lesson.comments) == 1
    assert warning_codes(lesson) == []


@pytest.mark.parametrize("audio", [AUDIO, None])
@pytest.mark.parametrize("article", [ARTICLE, "<p>甲</p><ul><li>乙<blockquote><div><p>丙"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_comments_may_begin_on_the_articles_line(audio: str | None, article: str, end: str) -> None:
    comments = [crawled_comment(reply="作者回复: 对。"), crawled_comment(name="乙")]
    text = crawled(article, *comments, audio=audio)
    apart = crawled_lesson(text)
    together = crawled_lesson(re.sub(r"\n *", end, text.replace(f"\n{STYLE}", STYLE)))

    assert block_texts(together) == block_texts(apart)
    assert said(together) == said(apart)
    for comment in together.comments:
        line, column = comment.text.place_at(0)
        assert together.source.lines[line - 1][column:].startswith("磨圆了不翘边。")


def test_a_style_without_a_list_below_begins_no_comments() -> None:
    lesson = crawled_lesson("<p>一。</p><style>p { margin: 0 }</style><p>二。</p><ul><li>三。</li></ul>")

    assert block_texts(lesson) == ["一。", "二。", "三。"]


def test_an_article_alone_is_known_by_its_line() -> None:
    lesson = crawled_lesson("<p>一。</p><p>二。</p><h2>三</h2><p>四。</p>")

    assert lesson.title == "11 | 胶水：等多久"
    assert block_texts(lesson) == ["一。", "二。", "三", "四。"]


@pytest.mark.parametrize(
    "article",
    [
        "<p>一。</p>",
        "<h3>一</h3><p>二。</p>",
        "<h2>一</h2>\n<p>二。</p>\n<p>三。</p>",
        "<pre><code>a\n# b\n\n- c\n</code></pre><p>二。</p>",
        "<ol>\n<li>一。</li>\n</ol><p>二。</p>",
        "<blockquote>\n<p>一。</p>\n</blockquote><p>二。</p>",
        "<table><tr><td>一</td></tr></table><p>二。</p>",
        "<strong>一</strong><p>二。</p>",
    ],
)
def test_an_article_may_begin_with_any_tag(article: str) -> None:
    lesson = crawled_lesson(article)

    assert not any("<" in text for text in block_texts(lesson))
    assert {section.kind for section in lesson.sections} == {"body"}


def test_a_list_of_comments_is_sign_enough() -> None:
    lesson = crawled_lesson(crawled("<div>一。</div>\n二。", crawled_comment(), audio=None))

    assert len(lesson.comments) == 1


def test_every_separator_of_a_title_is_the_same() -> None:
    assert lesson_of(crawled(audio=None), "09 _ 高可用 _ 上.md").title == "09 | 高可用 | 上"


def test_a_title_with_quotation_marks_is_the_files() -> None:
    page = crawled(audio='<audio title="09 _ 为什么"快"" src="a.mp3"></audio> ')

    assert lesson_of(page, '09 _ 为什么"快".md').title == '09 | 为什么"快"'


def test_code_stands_in_blocks_of_its_own_in_lists_and_quotations() -> None:
    article = (
        "<p>甲</p><ul><li>一<ul><li>二</li></ul><pre><code>a\n  b\n</code></pre></li></ul>"
        "<blockquote><p>引</p><pre>c</pre></blockquote><pre><code class='language-go'>x &lt; 1</code></pre>"
    )

    lesson = crawled_lesson(crawled(article))

    codes = [block for block in lesson.blocks if isinstance(block, Code)]
    assert [(code.text.string, code.language) for code in codes] == [
        ("a\n  b", None),
        ("c", None),
        ("x < 1", "go"),
    ]


def test_a_quotation_is_one_block() -> None:
    lesson = crawled_lesson(crawled("<blockquote><p>甲</p><p>乙</p></blockquote>"))

    assert [type(block) for block in lesson.blocks] == [Quote]


def test_hundreds_of_comments_are_all_read() -> None:
    lesson = crawled_lesson(crawled(ARTICLE, *(crawled_comment(name=f"读者{i}") for i in range(374))))

    assert [comment.author for comment in lesson.comments] == [f"读者{i}" for i in range(374)]


@pytest.mark.parametrize(
    "text",
    [
        '<p align="center">\n  <img src="logo.png">\n</p>\n\n# Pot\n\nA pot.\n',
        "<!DOCTYPE html><html><head><style>\nul {}\n</style></head><body><ul><li>甲</li></ul></body></html>",
        "# 标题\n\n<p>甲</p><p>乙</p>\n",
        '<h1 align="center">锅</h1>\n\n一口锅。\n\n## 用法\n',
    ],
)
def test_other_texts_with_html_are_not_taken(text: str) -> None:
    assert lesson_of(text, FILE).format != "geek-crawler"
