"""What holds for every text, however mangled: it parses, no line is lost, all leads back to its source."""

import codecs
import contextlib
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k8snotes.model.lesson import Span
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.parse.shapes import mkdocs, plain_markdown, printed_page
from k8snotes.read.decode import Undecodable, decode
from k8snotes.read.files import split_lines
from parse.pages import item, mkdocs_page, reader_comment
from parse.pages import printed_page as page
from properties.examples import examples
from properties.laws import lost_ways
from properties.mutations import ODD
from properties.mutations import mangled as after_accidents

DOCUMENTATION = """---
title: 控制器
date: 2018-03-01
---
<!--
## Controllers
-->
用 {{< glossary_tooltip text="控制循环" term_id="controller" >}} 来焖饭。

## 模式 {#pattern}

* <!-- English -->
  中文
  1. 内层

     ```yaml
     a: b
     ```
> 引用
> > 更深
>
> ```
> 代码
> ```

| 甲 | 乙 |
|----|----|
| 丙 | 丁 |

标题
====

[链接]: http://example.com
[^1]: 脚注

<div class="x">
块
</div>

\tcode

- a

\t\tb
"""
PASTED = """排队的学问

沈积木

1592 人已学习

课程目录

时长 12:06

00:00

讲述：沈积木AI版大小：31.37M时长：27:25

<audio title="04｜排队" src="a.m3u8"></audio>

你好。

## 为什么

会抢。

公开

同步至部落

2026-09-1134人觉得很赞给文章提建议

提交留言

## 精选留言(2)

- ![img](a.jpg)

  扫地机长

  置顶

  念了半年。

  作者回复: 念熟就好

  2020-03-09

  **

  **21

- ![img](b.jpg)

  队列第一名

  \\2. 有一个地方没想通

收藏
"""
CRAWLED = """<audio title="05 _ 补胎" src="a.mp3" controls="controls"></audio>\x20
<p>你好。</p><h2>等</h2><pre><code>while (!dry) {

}
</code></pre><!-- [[[read_end]]] --><ul>
<li>
<p>砂纸</p>
</li>
</ul>
<style>
ul {}
</style><ul><li>
<div class="a"><img src=""
  class="b">
<div class="c">
  <div class="d"><span>扳手&amp;茶</span>
  </div>
  <div class="e">不翘边。<br>垫一层。</div>
  <div class="f">
    <p class="r">作者回复: 不行</p><p class="r">编辑回复: 好</p>
  </div>
  <div class="g">
    <div class="h">2019-04-02 07:15:09</div>
  </div>
</div>
</div>
</li>
</ul>"""
LESSONS = {
    "printed.txt": page(
        comments=[
            reader_comment(clip="展开 ▾", reply="作者回复: 要看锅底。\n\n平底的可以。"),
            reader_comment("2018-01-02\n\n糊了。", name="，", likes=None),
            reader_comment("收工 🍚", name="半勺...", likes="👍"),
        ]
    ),
    "03 - 水线.md": mkdocs_page(
        "你好。\n\n## 水线\n\n```go\nx := 1\n```\n\n- 一；\n- 二。",
        item("a &lt; b\n\n作者回复: 好"),
        item("", name="　"),
        item("```\n#\n```"),
    ),
    "controllers.md": DOCUMENTATION,
    "04｜排队.md": PASTED,
    "05 _ 补胎.md": CRAWLED,
}
names = st.sampled_from(sorted(LESSONS))


@st.composite
def mangled(draw: st.DrawFn) -> Source:
    """One of the lessons after some accidents, under its own name or another's."""
    return source(draw(names), after_accidents(draw, LESSONS[draw(names)], most=6))


@st.composite
def assembled(draw: st.DrawFn) -> Source:
    """Nothing but fragments that mean something to one shape or another."""
    fragments = st.lists(st.sampled_from([*ODD, "\n", "\n\n", "字", " "]), min_size=1, max_size=40)
    return source(draw(names), "".join(draw(fragments)))


def source(name: str, text: str) -> Source:
    lines = split_lines(text)
    assume(lines)
    return Source(path=name, name=name, lines=lines, encoding="utf-8")


texts = st.one_of(mangled(), assembled())
laws = examples(150)


@laws
@given(texts)
def test_every_line_belongs_to_one_section_and_every_block_to_its_own(text: Source) -> None:
    assert list(faults(parse(text))) == []


@pytest.mark.parametrize("shape", [printed_page, mkdocs, plain_markdown])
@examples(60)
@given(text=texts)
def test_each_shape_reads_any_text_whether_it_is_of_that_shape_or_not(shape, text) -> None:  # type: ignore[no-untyped-def]
    assert list(faults(shape.parse(text))) == []


@laws
@given(texts)
def test_the_same_text_gives_the_same_lesson(text: Source) -> None:
    assert parse(text) == parse(text)


@laws
@given(texts)
def test_every_piece_of_text_stands_in_the_source_where_it_says(text: Source) -> None:
    assert list(lost_ways(parse(text))) == []


@laws
@given(texts)
def test_warnings_and_spans_stay_inside_the_source(text: Source) -> None:
    lesson = parse(text)
    spans: list[Span] = [*lesson.warnings, *lesson.blocks, *lesson.comments]
    spans += [reply for comment in lesson.comments for reply in comment.replies]
    spans += [lesson.title_lines] if lesson.title_lines else []

    assert all(1 <= span.first_line <= span.last_line <= len(text.lines) for span in spans)


@laws
@given(texts)
def test_no_word_of_a_markdown_body_is_lost(text: Source) -> None:
    """What stands in a line that is neither comment, shortcode, tag nor address stands in a block."""
    lesson = parse(text)
    assume(lesson.markup == "markdown" and "<!--" not in "\n".join(text.lines))
    held = {line for block in lesson.blocks for line in range(block.first_line, block.last_line + 1)}

    for section in lesson.sections:
        if section.kind != "body":
            continue
        for at in range(section.first_line, section.last_line + 1):
            plain = re.sub(r"\{\{[<%].*?[>%]\}\}|</?[a-zA-Z][^<>]*>|\{#[^}]*\}", "", text.lines[at - 1])
            if re.search("[米字饭锅水]", plain):
                assert at in held


@laws
@given(texts)
def test_carriage_returns_at_line_ends_change_no_text(text: Source) -> None:
    unix = "\n".join(line.rstrip("\r") for line in text.lines) + "\n"
    assume(unix.strip())

    assert parse(source(text.name, unix)) == parse(source(text.name, unix.replace("\n", "\r\n")))


@laws
@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_said_to_be_none(raw: bytes) -> None:
    with contextlib.suppress(Undecodable):
        text, encoding = decode(raw)

        assert len(text) <= len(raw)
        assert codecs.lookup(encoding).name.replace("_", "-") == encoding


@laws
@given(st.text(alphabet="a米\r\n\f\u2028", max_size=30))
def test_lines_joined_are_the_text_again(text: str) -> None:
    lines = split_lines(text)

    assert "\n".join(lines) == text.replace("\r\n", "\n").removesuffix("\n")
    assert not any("\n" in line for line in lines)
