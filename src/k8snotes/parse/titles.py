"""Titles of lessons: their numbers, and how a file name stands for one."""

import re

from k8snotes.model.numerals import MEASURE, NUMERAL, value_of
from k8snotes.parse.entities import unescape_entities
from k8snotes.parse.paragraphs import BLANK

# " | ", " _ ", "｜", "丨" and " - " are one and the same separator; files cannot hold "|".
BAR = r"[|｜丨]"
MARK = r"[_—–:：、.．\-]"  # between two digits they make one number of them: 1.1, 10-11, 07_08
UNIT = r"(?i:factor|bits?|[kmg]?bps|[qtf]ps|rpm|pods?|min|sec|hour|day|week|month|year)"
# A part's number, with the lesson's own behind it: "第三章 01 | …", "模块二：第5讲 …".
PART = re.compile(
    rf"(?:第\s*{NUMERAL}\s*(?:部分|模块|单元|阶段|[章部篇季])|(?:模块|单元|阶段|部分)\s*{NUMERAL})"
    rf"\s*+(?:{BAR}|{MARK})?\s*+(?=第|\d)"
)
NUMBER_RULES = (
    re.compile(rf"第\s*(?P<number>{NUMERAL})\s*[讲课节章回篇期集]"),
    # "[16] …", "【16】…"; "Lesson 3: …", but not "Day 2 运维"
    re.compile(r"[\[【(（]\s*(?P<number>\d{1,4})\s*[\])】）]"),
    re.compile(
        r"(?:lesson|lecture|chapter|episode|unit|week|day|no\.)[\s.:：_\-]*(?P<number>\d{1,4})(?=\s*(?:[|｜丨:：_—–\-]|\Z))",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<number>\d{{1,4}})\s*(?:{BAR}|{MARK}(?!\d))"),
    # "05 分布式锁", "16 循环", but neither "5 分钟上手" nor "2019 年"
    re.compile(rf"(?P<number>0\d{{1,3}}|\d{{1,4}}(?!\s*{MEASURE}))\s+(?=[^\d\s])"),
    # "31链条实战", "0105淘米", but neither "3种办法" nor "90后"
    re.compile(rf"(?P<number>0\d{{2,3}}|\d{{2}})(?=[\u3400-\u9fff「《“])(?!{MEASURE})"),
    # "05Kubernetes", "0217PageRank", "39Raft", "52gRPC", but neither "2B", "64KB", "32bit" nor "12factor"
    re.compile(rf"(?P<number>0\d{{1,3}}|[1-9]\d(?=[A-Za-z]{{3}})(?!{UNIT}))(?=[A-Za-z])"),
)
# Word by word, so that blanks are looked at once: the last may be hashes that close the heading.
TITLE_LINE = re.compile(
    r"#[ \t]++(?=\S)(?P<title>[^ \t\n]++(?:[ \t]++(?!#*+[ \t]*+\Z)[^ \t\n]++)*)(?:[ \t]++#++)?[ \t]*+"
)
# What a course calls what it does not number, and how it counts those: "加餐（二）", "福利第一期".
UNNUMBERED = (
    r"(?:开篇词|开营词|开学第一课|先导篇?|导读|导语|前言|序言|课前必读|课程介绍|学习指南|预习篇?|基础篇|进阶篇"
    r"|(?:不定期)?(?:加餐|福利)篇?|彩蛋|番外篇?|特别(?:放送|策划|篇)|[春国][节庆](?:特辑|策划|加餐)|用户故事|大咖(?:助阵|对话)"
    r"|直播(?:回顾|加餐)?|(?:热点问题)?答疑(?:课堂|解惑|文章|现场|篇)?|思考题(?:答案|解答)|(?:阶段|复习|期中|期末|结课)(?:测试|考试|复习|总结|周)题?"
    r"|总结篇?|毕业总结|结束语|结语|尾声|后记|编辑手记)"
    r"(?:\s?(?:第?[\d一二三四五六七八九十]{1,3}[期讲篇]?|[（(][\d一二三四五六七八九十上中下]{1,3}[）)]))?"
)
NUMBERED = (
    r"\d{1,4}(?![-_]\d{1,4}(?:[-_丨｜]| [-_] ))|第[\d零〇一二两三四五六七八九十百]{1,6}[讲课节章回篇期集]"
)
# What a file name puts for the " | " of a title; with blanks around it, after any short Chinese head.
FILE_SEPARATOR = re.compile(
    rf"(?P<head>{NUMBERED}|{UNNUMBERED}|[\u4e00-\u9fff\d（）() ]{{2,16}}(?= - | _ ))"
    r"(?:\s+[-_]\s+|[-_]\s*|\s+[-_])(?P<rest>\S.*)"
)
LESSON_FILE = re.compile(rf"(?:{NUMBERED}|{UNNUMBERED})\s*[-_丨｜]")
LESSON_TITLE = re.compile(rf"(?:{UNNUMBERED})(?=\W|\Z)")
FILE_DATE = re.compile(r"\d{4}[-_]\d{1,2}[-_]\d{1,2}")  # of a post, before its name
# What a text calls its own first part, whatever the text is called.
OPENING = re.compile(r"写在(?:最?前面?|开头|开始之前)|引言|引子|前言|导言|导语|序言|开场白|前情(?:提要|回顾)")
SLUG = re.compile(r"[\w.-]+", re.ASCII)  # a name that is an address, and no title: "01-getting-started"
# What surely is a mark in a title, each with the words that it leaves. Titles speak of programs, so much that
# Markdown takes for marks is none: "Vec<T>", "<b> 还是 <strong>", "__init__", "2*3*4", "arr[i](x)".
MARKS_OF_TITLES = (
    re.compile(r"<img\s[^<>]*>|<br\s*/?>(?P<words>)", re.IGNORECASE),
    re.compile(r"<(?P<tag>[A-Za-z]{1,6})\b[^<>]*>(?P<words>[^<]*)</(?P=tag)>"),
    re.compile(r"!\[[^\[\]]*\]\([^()]*\)(?P<words>)"),
    re.compile(r"(?<![\w\\])\[(?P<words>[^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"),
    re.compile(r"(?<!\\)\*\*(?=\S)(?P<words>[^*]+)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?![a-z]+__)(?P<words>[^_]+)__(?!\w)"),
    re.compile(r"(?<![\w*\\])\*(?=[\u3400-\u9fff“「])(?P<words>[^*]+)(?<=\S)\*(?![\w*])"),
    re.compile(r"~~(?=\S)(?P<words>[^~]+)(?<=\S)~~"),
    re.compile(r"\A(?P<mark>[*_])(?P<words>[^*_]+)(?P=mark)\Z"),
    re.compile(r"(?<![`\\])(?P<mark>`+)(?!`)(?P<words>[^`]+)(?P=mark)(?!`)"),
    re.compile(r"\\(?P<words>[!-/:-@\[-`{-~])"),
)
NO_LETTER = re.compile(r"[\W_]+")


def read_title(markdown: str) -> str:
    """The words of a title in Markdown as a reader sees them; "" where they are none, but a picture."""
    words = markdown
    for mark in MARKS_OF_TITLES:
        words = mark.sub(lambda match: match["words"] or "", words)
    return unescape_entities(words).strip(BLANK)


def lesson_number(title: str | None) -> int | None:
    """The number that a title begins with: 16 for "16 | …", "第16讲 …" or "第十六讲：…".

    Of a title that names its part first it is the one behind: 1 for "第三章 01 | …".
    """
    title = (title or "").lstrip()
    part = PART.match(title)
    numbers = (_number_at(title, at) for at in ((part.end(), 0) if part else (0,)))
    return next((number for number in numbers if number is not None), None)


def _number_at(title: str, at: int) -> int | None:
    matches = (rule.match(title, at) for rule in NUMBER_RULES)
    return next((value_of(match["number"]) for match in matches if match), None)


def is_lesson_title(title: str) -> bool:
    """Whether a title begins as those of lessons: with a number, or a word of courses."""
    return lesson_number(title) is not None or LESSON_TITLE.match(title) is not None


def title_of_file(name: str) -> str | None:
    """The title that a file name keeps: "04 | 循环" for "04 - 循环.md"; None for no name."""
    stem = re.sub(r"\.(?:txt|text|md|markdown|html?|xhtml|pdf|epub)$", "", name, flags=re.IGNORECASE).strip()
    stem = unescape_entities(stem)  # some exporters write "Q&amp;A.md"
    if not FILE_DATE.match(stem) and (match := FILE_SEPARATOR.fullmatch(stem)):
        return f"{match['head'].strip()} | {match['rest']}"
    return stem or None


def is_lesson_file(name: str) -> bool:
    """Whether a file name begins as those of lessons: with a number, or a word of courses, and a mark."""
    return LESSON_FILE.match(name) is not None and not FILE_DATE.match(name)


def opens_text_of_file(heading: str, name: str, *, is_one_of_several: bool) -> bool:
    """Whether a first heading begins the text of a lesson that its file's name is the title of.

    A heading that says what the name says, or bears its number, is the title once more. Any other may be
    a better title than the name; but it is none if there are several of its level, or if it says no more
    than that the text begins.
    """
    stem = name.rpartition(".")[0]
    separator = LESSON_FILE.match(stem)
    if separator is None or SLUG.fullmatch(stem):
        return False
    said, called = _words(heading), _words(stem[separator.end() :])
    if said in _words(stem) or (called and called in said):
        return False
    number = lesson_number(heading)
    if number is not None and (not is_one_of_several or number == lesson_number(title_of_file(name))):
        return False
    return is_one_of_several or OPENING.fullmatch(heading) is not None


def _words(string: str) -> str:
    """The letters and digits of a title: a file's name may not have its marks."""
    return NO_LETTER.sub("", string).casefold()
