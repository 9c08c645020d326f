# ruff: noqa: E501 - HTML as it is
"""Invented lessons as HTML pages, in the looks of the pages that readers print."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from printed.lessons import InventedLesson, Part, Said

FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei")
PAPERS = ("letter", "A4", "A5", "375px 667px", "834px 1194px")


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a page is set; every field changes where lines break or how far they stand apart."""

    paper: str = "letter"
    margin: str = "0.4in"
    font: str = FONTS[0]
    size: int = 16  # of the body, in pixels
    leading: float = 1.8
    paragraph_gap: str = "1em"
    justified: bool = False
    breaks_words: bool = False
    code_size: int = 13
    wraps_code: bool = True
    numbers_lines: bool = False
    indented: bool = False  # the first line of a paragraph, as in books
    bullets: bool = False  # drawn as characters


def invented_style(chance: random.Random) -> Style:
    return Style(
        paper=chance.choice(PAPERS),
        margin=chance.choice(["0", "0.4in", "1cm", "20mm 15mm"]),
        font=chance.choice(FONTS),
        size=chance.choice([14, 15, 16, 16, 17, 18]),
        leading=chance.choice([1.5, 1.75, 1.8, 2]),
        paragraph_gap=chance.choice(["0.15rem", "0.5em", "1em", "24px"]),
        justified=chance.random() < 0.4,
        breaks_words=chance.random() < 0.2,
        code_size=chance.choice([12, 13, 14]),
        numbers_lines=chance.random() < 0.15,
    )


def phone_page(lesson: InventedLesson, style: Style) -> str:
    """The page of geektime2pdf: date and author below the title, the comments below the neighbours."""
    comments = ""
    if lesson.comments:
        items = "".join(_phone_item(said) for said in lesson.comments)
        comments = f"<h2 class=top><span>精选留言</span><span class=n>{len(lesson.comments)}</span></h2><ul>{items}</ul>"
    return _page(
        style,
        f"极客时间 | {lesson.title}",
        f"<h1 class=title>{escape(lesson.title)}</h1>"
        f"<div class=by><span>{lesson.date}</span> <span>{escape(lesson.author)}</span></div>"
        f"<div class=content>{_blocks(lesson.parts, style)}</div>{_foot(lesson)}{comments}",
        "ul {list-style: none; padding: 0} .content ul {list-style: disc; padding-left: 1.3em}"
        "h2, h3, h4 {margin: 0 0 .45rem; line-height: 1.35} h2 {font-size: 1.125rem} h3, h4 {font-size: 1rem}"
        ".title {font-size: 1.5rem} .n {color: #888; margin-left: 4px; font-size: 14px}",
    )


def _phone_item(said: Said) -> str:
    replies = "".join(
        f"<div class=reply><p>作者回复 {'<br>'.join(map(escape, reply))}</p></div>" for reply in said.replies
    )
    return (
        f"<li><div class=who><div><span>{escape(said.name)}</span></div><div class=when>{said.date}</div></div>"
        f"<div class=said>{'<br>'.join(map(escape, said.lines))}</div>{replies}</li>"
    )


def dated_last_page(lesson: InventedLesson, style: Style) -> str:
    """The site's page of 2021 and later: in a comment the date stands below text and replies."""
    comments = ""
    if lesson.comments:
        items = "".join(_dated_last_item(said) for said in lesson.comments)
        comments = f"<h2 class=top>精选留言({len(lesson.comments)})</h2><ul>{items}</ul>"
    return _page(
        style,
        f"{lesson.title}-极客时间",
        f"<h1 class=title>{escape(lesson.title)}</h1>"
        f"<div class=by><span>{lesson.date}</span> <span>{escape(lesson.author)}</span></div>"
        f"<div class=content>{_blocks(lesson.parts, style)}</div>{_foot(lesson)}{comments}",
        "ul {list-style: none; padding: 0} .content ul {list-style: disc; padding-left: 1.3em}"
        ".title {font-size: 26px} h2 {font-size: 20px} h3 {font-size: 18px} h4 {font-size: 16px}",
    )


def _dated_last_item(said: Said) -> str:
    replies = "".join(
        f"<div class=reply>作者回复: {'<br>'.join(map(escape, reply))}</div>" for reply in said.replies
    )
    likes = "" if said.likes is None else f"<span>👍 {said.likes or ''}</span>"
    return (
        f"<li><div class=who>{escape(said.name)}</div><div class=said>{'<br>'.join(map(escape, said.lines))}</div>"
        f"{replies}<div class=when>{said.date}</div><div class=when>{likes}</div></li>"
    )


COURSE = "焖饭的学问"
BIO = "三口铁锅的主人，灶台边写字的人"


def early_page(lesson: InventedLesson, style: Style) -> str:
    """The site's page of 2018 and 2019: course, cards and audio around the text, comments without a heading."""
    card = f"<div>{escape(lesson.author)}</div><div>{BIO}</div>"
    return _page(
        style,
        lesson.title,
        f"<h1 class=title>{escape(lesson.title)}</h1>"
        f"<div class=by><span>{lesson.date}</span> <span>{escape(lesson.author)}</span></div>"
        f"<div>{COURSE}</div><div><a href='#'>进入课程 &gt;</a></div>{card}"
        f"<div>你好,我是{escape(lesson.author)}。</div><div>我们一起焖了 41 天饭,写了 58,204 个字。</div>"
        f"<div>讲述：{escape(lesson.author)}</div><div>时长 03:42 大小 3.41M</div>"
        f"<div class=content>{_blocks(lesson.parts, style)}</div>"
        f"<div class=card><div>{COURSE}</div><div>一口锅里的慢功夫</div>{card}</div>"
        "<div>新版升级：点击「 请朋友读」，邀请订阅有现金奖励。</div>"
        f"<div class=rights>{escape(lesson.rights)}</div>"
        f"<div>上一篇 {escape(lesson.previous)}</div><div>下一篇 {escape(lesson.next)}</div>"
        f"<ul>{''.join(map(_early_item, lesson.comments))}</ul>",
        "ul {list-style: none; padding: 0} .content ul {list-style: disc; padding-left: 1.3em}"
        ".title {font-size: 24px} h2 {font-size: 19px} h3 {font-size: 18px} h4 {font-size: 17px}"
        ".card {margin-top: 24px}",
    )


def _early_item(said: Said) -> str:
    likes = "" if said.likes is None else f"<div class=when>👍 {said.likes or ''}</div>"
    replies = "".join(
        f"<div class=reply>作者回复: {'<br>'.join(map(escape, reply))}</div>" for reply in said.replies
    )
    return (
        f"<li><div class=who>{escape(said.name)}</div><div class=when>{said.date}</div>{likes}"
        f"<div class=said>{'<br>'.join(map(escape, said.lines))}</div>{replies}</li>"
    )


def article_page(lesson: InventedLesson, style: Style) -> str:
    """An article of any site: title and text."""
    return _page(
        style,
        lesson.title,
        f"<h1>{escape(lesson.title)}</h1><article>{_blocks(lesson.parts, style)}</article>",
        "p {text-indent: 2em}" if style.indented else "",
    )


def _page(style: Style, title: str, body: str, css: str) -> str:
    align = "text-align: justify;" if style.justified else ""
    breaks = "word-break: break-all;" if style.breaks_words else ""
    return (
        f"<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><title>{escape(title)}</title><style>"
        f"@page {{size: {style.paper}; margin: {style.margin}}}"
        f"html {{font-size: {style.size}px}} body {{margin: 0; font: 1rem/{style.leading} '{style.font}'; {align} {breaks}}}"
        f"p {{margin: 0 0 {style.paragraph_gap}}} img {{display: block; max-width: 100%}}"
        f"pre {{font: {style.code_size}px/1.6 'DejaVu Sans Mono', '{style.font}'; background: #f7f7f7; padding: 1em;"
        f" white-space: {'pre-wrap' if style.wraps_code else 'pre'}; text-align: left}}"
        "pre code {font: inherit} .when, .by {color: #888; font-size: 13px} blockquote {margin: 1em 2em; color: #888}"
        ".who {font-size: 15px} .said {font-size: 15px} .reply {font-size: 14px; color: #666; margin: 6px 0}"
        "ul > li > .who {margin-top: 16px}"
        f"td, th {{padding: 4px 16px; border: 1px solid #ddd}} {css}</style>{body}</html>"
    )


def _foot(lesson: InventedLesson) -> str:
    return (
        f"<div class=rights>{escape(lesson.rights)}</div>"
        f"<div><div>上一篇</div><div>{escape(lesson.previous)}</div></div>"
        f"<div><div>下一篇</div><div>{escape(lesson.next)}</div></div>"
    )


def _blocks(parts: Iterable[Part], style: Style) -> str:
    return "\n".join(_block(part, style) for part in parts)


def _block(part: Part, style: Style) -> str:
    words = [escape(line) for line in part.lines]
    match part.kind:
        case "paragraph":
            return f"<p>{words[0]}</p>"
        case "heading":
            return f"<h{part.level}>{words[0]}</h{part.level}>"
        case "code":
            if style.numbers_lines:
                words = [f"{number} {line.expandtabs(4)}" for number, line in enumerate(words, 1)]
            return f"<pre><code>{chr(10).join(words)}\n</code></pre>"
        case "list":
            return f"<ul>{''.join(f'<li>{item}</li>' for item in words)}</ul>"
        case "numbered":
            return f"<ol>{''.join(f'<li>{item}</li>' for item in words)}</ol>"
        case "quote":
            return f"<blockquote><p>{words[0]}</p></blockquote>"
        case "table":
            rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row.split())}</tr>" for row in words)
            return f"<table>{rows}</table>"
        case _:
            picture = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
            return f"<p><img src='{picture}' width=300 height=180></p><center>{words[0]}</center>"
