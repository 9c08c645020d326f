"""Lines for a pipe, one record a line, and records for a program."""

import pytest

from k8snotes.index.grep import grep, literal
from k8snotes.index.pages import page_of
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.render.hits import context_line, hit_line, line_record
from k8snotes.render.plain import comment_line, lesson_lines
from k8snotes.render.records import block_record, comment_record, lesson_record
from k8snotes.segment.fold import fold
from k8snotes.segment.marks import plain_text

PAGE = """**锅盖**什么时候掀？

```go
锅盖 := 1
```
<div><strong>精选留言（1）</strong></div><ul>
<li><span>灶台</span> 👍（3） 💬（2）<p>锅盖
好</p>2026-03-05</li><br/>
</ul>"""
LESSON = parse(
    Source(path="seeds/04 - 煮饭.md", name="04 - 煮饭.md", lines=tuple(PAGE.split("\n")), encoding="utf-8")
)
HITS = list(grep(page_of(LESSON), literal("锅盖", fold), plain_text))


def test_a_hit_is_path_line_and_text() -> None:
    assert hit_line(HITS[0]) == "seeds/04 - 煮饭.md:1:**锅盖**什么时候掀？"


def test_a_line_of_context_has_other_separators() -> None:
    assert context_line(page_of(LESSON), 4) == "seeds/04 - 煮饭.md-4-锅盖 := 1"


def test_a_hit_record_has_the_author_of_a_comment_only() -> None:
    assert line_record(HITS[0]) == {
        "path": "seeds/04 - 煮饭.md",
        "line": 1,
        "column": 3,
        "kind": "body",
        "text": "**锅盖**什么时候掀？",
        "matches": [[2, 4]],
        "lesson": LESSON.title,
    }
    assert line_record(HITS[-1])["author"] == "灶台"


def test_a_comment_is_one_line() -> None:
    assert comment_line(LESSON, LESSON.comments[0]).startswith("seeds/04 - 煮饭.md:7:灶台 · ")
    assert comment_line(LESSON, LESSON.comments[0]).endswith(" | 锅盖 好")


def test_a_comment_record_says_what_the_page_says() -> None:
    record = comment_record(LESSON.comments[0])

    assert record | {"kind": "remark"} == {
        "author": "灶台",
        "author_truncated": False,
        "date": "2026-03-05",
        "likes": 3,
        "text": "锅盖\n好",
        "clipped": False,
        "pinned": False,
        "kind": "remark",
        "reply_count": 2,
        "replies": [],
        "first_line": 7,
        "last_line": 8,
    }


def test_a_code_block_record_has_its_language() -> None:
    assert block_record(LESSON.blocks[1]) == {
        "kind": "code",
        "level": None,
        "language": "go",
        "text": "锅盖 := 1",
        "first_line": 3,
        "last_line": 5,
    }


@pytest.mark.parametrize(
    "field", ["author", "author_bio", "date", "audio", "stats", "previous", "next", "copyright"]
)
def test_what_a_page_does_not_say_is_null(field: str) -> None:
    assert lesson_record(LESSON)[field] is None


def test_a_parsed_lesson_is_listed_section_by_section() -> None:
    shown = list(lesson_lines(LESSON))

    assert "seeds/04 - 煮饭.md:1-5: body" in shown
    assert "seeds/04 - 煮饭.md:6-9: comments" in shown
    assert "seeds/04 - 煮饭.md: 2 blocks, 1 comments, 0 replies" in shown
