"""Course pages pasted into a Markdown editor, with avatars and without."""

import datetime

import pytest

from k8snotes.model.lesson import Code, Comment, Heading, Lesson, Paragraph
from parse.pages import lesson_of, only_comment, outline, warning_codes

TITLE = "# 12 | 叫号机：排队"
BYLINE = "沈积木 & 秦稻香 2020-03-09"
PLAYER = "![img](https://static.example.com/c.jpg)\n\n00:00\n\n[1.0x*\ue6a6*](javascript:;)"
AUDIO = "讲述：林念白 大小：6.02M 时长：06:34"
BODY = "今天排队。\n\n## 为什么\n\n会抢。"
FOOT = (
    "© 版权归极客邦科技所有，未经许可不得传播售卖。\n\n![img](https://static.example.com/me.jpg)\n\n登录的人\n\n"
    "Command + Enter 发表\n\n0/2000字\n\n提交留言"
)
AVATAR = "![img](https://static.example.com/1.jpg)"
DATA_AVATAR = f"![img](data:image/png;base64,{'iVBORw0KGgo/+A' * 900}=)"


def pasted(*fields: str, avatar: str = AVATAR) -> str:
    """An item whose fields stand a blank line apart, indented; their own lines as given."""
    return "\n\n".join([f"- {avatar}", *(f"  {field}" if field else "" for field in fields)])


def avatar_comment(
    text: str = "念了半年。", *, name: str = "扫地机长", reply: str = "", avatar: str = AVATAR
) -> str:
    fields = [name, *([text] if text else []), *([reply] if reply else []), "2020-03-10", "**3", "**8"]
    return pasted(*fields, avatar=avatar)


def page(
    *comments: str,
    title: str = TITLE,
    byline: str | None = BYLINE,
    player: str | None = PLAYER,
    audio: str | None = AUDIO,
    body: str = BODY,
    foot: str | None = FOOT,
    total: int = 41,
) -> str:
    heading = f"## 精选留言({total})" if comments else None
    parts = (title, byline, player, audio, body, foot, heading, *comments)
    return "\n\n".join(part for part in parts if part is not None)


def pasted_lesson(text: str) -> Lesson:
    lesson = lesson_of(text, "a.md")
    assert lesson.format == "pasted-page"
    return lesson


def comment_of(*items: str) -> Comment:
    """The comment before one that shows how the file's fields stand."""
    return pasted_lesson(page(*items, avatar_comment(name="老赵"), avatar_comment(name="阿七"))).comments[0]


@pytest.mark.parametrize(
    "name", ["，", "🍳", "a b - c", "2019-01-01", "e\u0301\u0323", "Geek_0a1b", "精选留言", "-", "**甲**"]
)
@pytest.mark.parametrize("avatar", [AVATAR, DATA_AVATAR, "", "![img]()"])
def test_a_name_may_be_anything(name: str, avatar: str) -> None:
    comment = comment_of(avatar_comment(name=name, avatar=avatar))

    assert comment.author == name
    assert (str(comment.date), comment.reply_count, comment.likes) == ("2020-03-10", 3, 8)
    assert comment.text.string == "念了半年。"


def test_a_name_is_read_without_its_escapes() -> None:
    comment = comment_of(avatar_comment(name="\\_甲\\_ &amp; 乙 置顶"))

    assert (comment.author, comment.pinned) == ("_甲_ & 乙", True)


@pytest.mark.parametrize(
    ("text", "pinned", "shown"),
    [
        ("置顶\n\n  念了半年。", True, "念了半年。"),
        ("置顶", False, "置顶"),
        ("置顶吧\n\n  念了半年。", False, "置顶吧\n\n念了半年。"),
    ],
)
def test_a_pinned_comment_may_say_so_on_a_line_of_its_own(text: str, pinned: bool, shown: str) -> None:
    comment = comment_of(avatar_comment(text))

    assert (comment.author, comment.pinned, comment.text.string) == ("扫地机长", pinned, shown)


@pytest.mark.parametrize("buttons", ["收藏", "收起评论\n\n\ue61d\n\n\ue63f 2", "收藏\n\n"])
def test_buttons_below_the_last_comment_are_no_part_of_it(buttons: str) -> None:
    lesson = pasted_lesson(
        page(avatar_comment(), pasted("老赵", "三", "2020-03-10", "作者回复: 好"), buttons)
    )

    assert [reply.text.string for reply in lesson.comments[-1].replies] == ["好"]
    assert lesson.sections[-1].kind == "boilerplate"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("2020-01-01\n\n  那天", "2020-01-01\n\n那天"),
        ("那天\n\n  2020-01-01", "那天\n\n2020-01-01"),
        ("**3\n\n  三", "**3\n\n三"),
        ("三\n\n  **3", "三\n\n**3"),
        ("1、甲\n- 乙\n- 丙", "1、甲\n- 乙\n- 丙"),
        ("\\# 题\n  \\2. 二", "# 题\n2. 二"),
        ("a &lt; b<br>c \\\\* d", "a < b\nc \\* d"),
        ("&lt;br&gt;", "<br>"),
        ("```\n  x = 1\n  ```", "```\nx = 1\n```"),
        ("书上“作者回复: 别急”，对吗", "书上“作者回复: 别急”，对吗"),
    ],
)
def test_a_text_may_look_like_fields(text: str, shown: str) -> None:
    comment = comment_of(avatar_comment(text))

    assert comment.text.string == shown
    assert (str(comment.date), comment.reply_count, comment.likes) == ("2020-03-10", 3, 8)
    assert comment.replies == ()


@pytest.mark.parametrize(("mark", "by"), [("作者回复: ", "author"), ("编辑回复：", "editor")])
def test_a_reply_keeps_its_paragraphs_and_code(mark: str, by: str) -> None:
    comment = comment_of(avatar_comment(reply=f"{mark}要排。\n\n      x &lt; 1\n\n  \\# 好"))

    assert [(reply.by, reply.text.string) for reply in comment.replies] == [
        (by, "要排。\n\n    x < 1\n\n# 好")
    ]


@pytest.mark.parametrize(
    ("marks", "answers", "likes"),
    [
        (("**3", "**8"), 3, 8),
        (("*\ue632*3", "*\ue63b*8"), 3, 8),
        (("**", "**8"), None, 8),
        (("*\ue632*", "*\ue63b*"), None, None),
        (("__ 3", "__ 8"), 3, 8),
        (("* *3", "* *8"), 3, 8),
        (("** 8",), None, 8),
        ((), None, None),
    ],
)
def test_two_marks_are_answers_and_likes(
    marks: tuple[str, ...], answers: int | None, likes: int | None
) -> None:
    comment = only_comment(pasted_lesson(page(pasted("甲", "好", "2020-03-10", *marks))))

    assert (comment.reply_count, comment.likes) == (answers, likes)


@pytest.mark.parametrize(
    "fields",
    [
        ("甲", "2020-03-10", "好", "展开**", "作者回复: 嗯", "**1", "**6"),
        ("甲", "2020-03-10", "好", "展开*\ue632*", "作者回复: 嗯", "*\ue632*1", "*\ue63b*6"),
        ("甲 ", "好", "** 6", "2020-03-10", "作者回复: 嗯"),
        ("甲 ", "** 6", "2020-03-10", "作者回复: 嗯"),
    ],
)
def test_fields_stand_in_any_order(fields: tuple[str, ...]) -> None:
    comment = only_comment(pasted_lesson(page(pasted(*fields, avatar=""))))

    assert (comment.author, str(comment.date), comment.likes) == ("甲", "2020-03-10", 6)
    assert comment.text.string == ("好" if "好" in fields else "")
    assert comment.clipped is (len(fields) == 7)
    assert [reply.text.string for reply in comment.replies] == ["嗯"]


@pytest.mark.parametrize("end", ["", "\n\n  ", "\n\n  作者回复: 嗯\n\n  坐第"])
def test_a_copy_may_end_inside_a_comment(end: str) -> None:
    lesson = pasted_lesson(page(avatar_comment(), pasted("晚到的人", "2020-5-6那天") + end))

    assert len(lesson.comments) == 2
    assert (lesson.comments[1].text.string, lesson.comments[1].date) == ("2020-5-6那天", None)
    assert warning_codes(lesson) == ["cut-comment"]


def test_an_avatar_alone_is_no_comment() -> None:
    assert len(pasted_lesson(page(avatar_comment(), f"- {AVATAR}")).comments) == 1


@pytest.mark.parametrize("missing", ["byline", "player", "audio", "foot", "nothing"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_part_may_be_missing(missing: str, end: str) -> None:
    parts = {} if missing == "nothing" else {missing: None}

    lesson = pasted_lesson(page(avatar_comment(), **parts).replace("\n", end))  # type: ignore[arg-type]

    assert lesson.title == "12 | 叫号机：排队"
    assert lesson.author == (None if missing == "byline" else "沈积木 & 秦稻香")
    assert (lesson.date is None) is (missing == "byline")
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == ["为什么"]
    assert (len(lesson.comments), lesson.comments_total) == (1, 41)


@pytest.mark.parametrize("missing", [{"audio": None, "player": None, "foot": None}, {"byline": None}, {}])
def test_a_page_without_comments_is_such_a_page(missing: dict[str, None]) -> None:
    lesson = pasted_lesson(page(**missing, body="今天。\n\n# 一\n\n```\nx\n```"))  # type: ignore[arg-type]

    assert lesson.comments == ()
    assert [type(block) for block in lesson.blocks[1:3]] == [Heading, Code]


@pytest.mark.parametrize("heading", ["## 留言精选", "## 精选留言", "### 精选留言（3）"])
def test_a_heading_of_the_body_begins_no_comments(heading: str) -> None:
    body = f"{BODY}\n\n{heading}\n\n![img](https://static.example.com/wall.jpg)\n\n写得好。"

    with_comments = pasted_lesson(page(avatar_comment(), body=body))
    without = pasted_lesson(page(body=body))

    for lesson in (with_comments, without):
        assert sum(isinstance(block, Heading) for block in lesson.blocks) == 2
    assert (len(with_comments.comments), len(without.comments)) == (1, 0)


EXAMPLE = f"```\n## 精选留言(3)\n\n{avatar_comment(name='例子')}\n```"


def test_a_fenced_example_of_the_comments_is_body() -> None:
    lesson = pasted_lesson(page(body=f"页面这样存：\n\n{EXAMPLE}\n\n## 小结\n\n完。"))

    assert [block for block, _ in outline(lesson)] == [Paragraph, Code, Heading, Paragraph]
    assert (lesson.comments, lesson.comments_total, lesson.warnings) == ((), None, ())


def test_an_example_hides_no_comments_whoever_gives_it() -> None:
    quoted = EXAMPLE.replace("\n", "\n  ")
    lesson = pasted_lesson(page(avatar_comment(), avatar_comment(f"这样？\n\n  {quoted}"), body=EXAMPLE))

    assert [comment.author for comment in lesson.comments] == ["扫地机长"] * 2
    assert lesson.comments_total == 41


def test_comments_with_code_follow_a_fence_that_is_left_open() -> None:
    code = "```sh\n  x = 1\n  ```"
    lesson = pasted_lesson(page(avatar_comment(code), avatar_comment(), body="排队。\n\n```\nsay"))

    assert [comment.author for comment in lesson.comments] == ["扫地机长"] * 2
    assert warning_codes(lesson) == ["unclosed-fence"]


def test_a_line_of_the_body_that_begins_like_a_notice_is_body() -> None:
    body = "(c) 第三种。\n\n" + "\n\n".join(f"第{i}段。" for i in range(20))

    assert len(pasted_lesson(page(body=body, foot=None)).blocks) == 21


@pytest.mark.parametrize("code", ["```\n  x", "看 ```\n  x\n  ```", "作者回复: ```\n  x\n  ```"])
def test_fences_that_readers_leave_open_close_none_of_the_body(code: str) -> None:
    comments = (avatar_comment(code), avatar_comment(name="老赵"))
    lesson = pasted_lesson(page(*comments, body="正文。\n\n```\nrepeat 3", foot=None))

    assert [comment.author for comment in lesson.comments] == ["扫地机长", "老赵"]


def test_code_without_a_fence_is_one_block_over_its_chinese() -> None:
    body = (
        "看代码：\n\nfunc Wait(n int) {\n\n\u200b    q.Push(n) // 排队\n\n// 叫号\n\n"
        '\u200b    say("到了")\n\n}\n\n完了。'
        "\n\n```\n\u200b    x\n```"
    )

    codes = [block for block in pasted_lesson(page(body=body)).blocks if isinstance(block, Code)]

    assert len(codes) == 2
    assert codes[0].text.string.split("\n")[1:4] == ["    q.Push(n) // 排队", "// 叫号", '    say("到了")']


UNFENCED = "\n\n".join(["for i in q:", "\u200b    say(i)", "完了。"])


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["// 先排队", "// 后叫号", "call(n)"], ["// 先排队\n// 后叫号\ncall(n)"]),
        (["The first one who comes is served.", "call(n);"], ["call(n);"]),
        (["call(n);", "// 完了", "下一段。"], ["call(n);"]),
        (["$ call --all"], ["$ call --all"]),
        (["Redis"], []),
        (["E = mc^2"], []),
        (["f(x) = ax + b"], []),
        (["q.len=1", "q.name=长队", "q.max=3"], ["q.len=1\nq.name=长队\nq.max=3"]),
        (["https://example.com/?a=b"], []),
    ],
)
def test_on_a_page_without_fences_code_needs_no_indentation(lines: list[str], codes: list[str]) -> None:
    lesson = pasted_lesson(page(body="\n\n".join([UNFENCED, *lines])))

    found = [block.text.string for block in lesson.blocks if isinstance(block, Code)]
    assert found == ["for i in q:\n    say(i)", *codes]
    assert pasted_lesson(page(body="\n\n".join(lines))).blocks[0].text.string == lines[0]


@pytest.mark.parametrize(
    "line",
    [
        "**代码如下**",
        "**先叫号**：",
        "**叫**号。",
        "*n* 是人数。",
        "***都***来。",
        "**main.go**",
        "**main.go**:",
    ],
)
def test_a_line_of_the_body_with_marks_is_no_remark_on_the_code_below(line: str) -> None:
    lesson = pasted_lesson(page(body=f"看代码。\n\n{line}\n\n{UNFENCED}"))

    assert outline(lesson)[1:3] == [(Paragraph, line), (Code, "for i in q:\n    say(i)")]


@pytest.mark.parametrize("remark", ["/** 叫号 */", "/* 叫号", "\\* 叫号", "\\# 叫号", "-- 叫号"])
def test_a_remark_is_part_of_the_code_below(remark: str) -> None:
    lesson = pasted_lesson(page(body=f"看代码。\n\n{remark}\n\n{UNFENCED}"))

    assert [type(block) for block in lesson.blocks] == [Paragraph, Code, Paragraph]


@pytest.mark.parametrize("clock", ["00:00", "1:02:03", "01:02:03"])
def test_a_players_clock_may_count_hours(clock: str) -> None:
    lesson = pasted_lesson(page(player=f"![img](https://static.example.com/c.jpg)\n\n{clock}"))

    assert lesson.audio is not None
    assert lesson.audio.narrator == "林念白"


@pytest.mark.parametrize("author", ["极客时间编辑部", "日期帝", "J. Doe", "甲/乙"])
def test_an_author_may_be_called_anything(author: str) -> None:
    assert pasted_lesson(page(byline=f"{author} 2020-03-09")).author == author


@pytest.mark.parametrize("heading", ["精选留言(41)", "###精选留言（41）", "## 全部留言（41）"])
def test_the_heading_of_the_comments_may_be_written_otherwise(heading: str) -> None:
    text = page(avatar_comment()).replace("## 精选留言(41)", heading)

    lesson = pasted_lesson(text)

    assert (len(lesson.comments), lesson.comments_total) == (1, 41)


PICTURES = "![img](data:image/png;base64,iVBO=)" * 4


@pytest.mark.parametrize(
    "parts",
    [
        {"byline": None, "audio": None, "player": PICTURES},
        {"byline": None, "audio": None, "player": PICTURES, "foot": None},
        {"byline": None, "player": "05:27\n\n1.0x"},
    ],
)
def test_a_page_is_known_by_what_is_left_of_it(parts: dict[str, str | None]) -> None:
    assert pasted_lesson(page(**parts)).title == "12 | 叫号机：排队"  # type: ignore[arg-type]


def test_hundreds_of_comments_are_all_read() -> None:
    lesson = pasted_lesson(page(*(avatar_comment(name=f"读者{i}") for i in range(374))))

    assert [comment.author for comment in lesson.comments] == [f"读者{i}" for i in range(374)]


@pytest.mark.parametrize(
    "text",
    [
        "# 笔记\n\n## 精选留言\n\n- 甲：好\n- 乙：好\n",
        "# 笔记\n\n更新于 2020-03-09\n\n正文。\n",
        "# 笔记\n\n张三 2020-03-09\n\n## 一\n\n正文。\n",
        "# Pot\n\nLast updated: 2020-03-09\n\nA pot.\n",
        "# 笔记\n\n## 精选留言(2)\n\n- 甲\n- 乙\n",
    ],
)
def test_other_markdown_is_not_taken(text: str) -> None:
    lesson = lesson_of(text, "a.md")

    assert lesson.format not in ("pasted-page", "page-copy", "geektime-markdown")


# --- pages of 2024 and later

CARD = (
    "排队的学问\n\n沈积木\n\n三口铁锅的主人\n\n1592 人已学习\n\n查看详情\n\n课程目录\n\n"
    "已更新 3 讲/共 24 讲\n\n开篇词 (1讲)\n\n\n\n"
    "时长 12:06\n\n基础篇：叫号机 (2讲)\n\n\n\n时长 08:27\n\n时长 12:50\n\nshen ji mu"
)
NEW_PLAYER = "00:00\n\n1.0x *\ue6a6*\n\n讲述：沈积木AI版大小：31.37M时长：27:25"
AUDIO_TAG = '<audio title="08｜排队：先来先得" src="https://static.example.com/ld.m3u8"></audio>'
NEW_BODY = "你好，我是沈积木。\n\n## 为什么\n\n会抢。\n\nget\\_ticket(1)"
FORM = "公开\n\n同步至部落\n\n取消\n\n完成\n\n0/2000\n\n直线\n\n曲线\n\nAI"
SEND = "登录的人\n\nCommand + Enter 发表\n\n0/2000字符\n\n提交留言"
OUTLINE = "大纲\n\n\n\n固定大纲\n\n为什么"


def new_page(*parts: str) -> Lesson:
    lesson = lesson_of("\n\n".join(parts), "08｜排队：先来先得.md")
    assert lesson.format == "pasted-page"
    return lesson


@pytest.mark.parametrize(
    ("dated", "day"),
    [
        ("2026-09-11给文章提建议", "2026-09-11"),
        ("2026-09-1134人觉得很赞给文章提建议", "2026-09-11"),
        ("5人觉得很赞给文章提建议", None),
        ("", None),
    ],
)
def test_a_form_for_notes_ends_the_body_and_dates_it(dated: str, day: str | None) -> None:
    lesson = new_page(AUDIO_TAG, NEW_BODY, FORM, dated, SEND, OUTLINE)

    assert (lesson.title, lesson.number) == ("08｜排队：先来先得", 8)
    assert lesson.date == (datetime.date.fromisoformat(day) if day else None)
    assert outline(lesson) == [
        (Paragraph, "你好，我是沈积木。"),
        (Heading, "为什么"),
        (Paragraph, "会抢。"),
        (Paragraph, "get\\_ticket(1)"),
    ]
    assert lesson.comments == ()


def test_the_courses_card_is_no_text() -> None:
    lesson = new_page(CARD, NEW_PLAYER, AUDIO_TAG, NEW_BODY, FORM, SEND)

    assert (lesson.course, lesson.author, lesson.author_bio) == ("排队的学问", "沈积木", "三口铁锅的主人")
    assert lesson.title == "08｜排队：先来先得"
    assert lesson.audio is not None
    assert (lesson.audio.seconds, lesson.audio.narrator) == (1645, "沈积木AI版")
    assert [section.kind for section in lesson.sections] == ["card", "audio", "body", "boilerplate"]
    assert len(lesson.blocks) == 4


def test_comments_may_follow_the_form() -> None:
    lesson = new_page(
        AUDIO_TAG, NEW_BODY, FORM, SEND, "## 精选留言(2)", avatar_comment("甲"), avatar_comment("乙")
    )

    assert [comment.text.string for comment in lesson.comments] == ["甲", "乙"]
    assert len(lesson.blocks) == 4


def test_a_lesson_may_speak_of_such_forms() -> None:
    lesson = lesson_of("# 表单\n\n公开\n\n同步到部落\n\n课程目录\n\n正文。", "notes.md")

    assert lesson.format == "markdown"
    assert len(lesson.blocks) == 4
