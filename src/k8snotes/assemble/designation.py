"""What titles, file names and folders say of a place: "16 | …", "0201…", "加餐（二）｜…", "第三部分".

Everything is read off the folded string, so that width, case and script make no difference.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from k8snotes.model.course import Designation, Role
from k8snotes.model.numerals import MEASURE, NUMERAL, value_of

Fold = Callable[[str], str]

MARK = r"[_—–:、,.。·\-]"  # between two digits they make one number of them
PART = re.compile(
    rf"第\s*(?P<first>{NUMERAL})\s*(?:部分|模块|单元|阶段|[章部篇季])|(?:模块|单元|阶段|部分)\s*(?P<second>{NUMERAL})"
)
IN_PART = re.compile(rf"(?:{PART.pattern})\s*+[|_—–:、,.\-]?+\s*+(?=第|\d)")
LESSON_RULES = (
    # 第16讲, 第十六节, 第10-11讲
    re.compile(
        rf"第\s*(?P<number>{NUMERAL})(?:\s*[\-~—–、&至到]\s*(?P<last>{NUMERAL}))?\s*(?:小节|[讲课节章回篇期集])"
    ),
    # Lesson 3, Day 12, No.7
    re.compile(
        r"(?:lesson|lecture|chapter|episode|unit|week|day|no\.)[\s.:_\-]*(?P<number>\d{1,4})(?![\d.])"
    ),
    # [16] …, 【16】…, (16) …
    re.compile(r"[\[【(]\s*(?P<number>\d{1,4})\s*[\])】]"),
    # 1.1 …, 1-1 …, 10-11 | …, 07_08 …, but not 03-5 分钟上手
    re.compile(
        rf"(?P<number>\d{{1,3}})\s?[.\-_~—–/、&+]\s?(?P<joined>0?[1-9]|[1-9]\d)(?![\d.%a-z])(?!\s*{MEASURE})"
    ),
    # 16 | …, 16. …, 16讲：…
    re.compile(rf"(?P<number>\d{{1,4}})(?:讲(?=\W|\Z))?\s*(?:\||{MARK}(?!\d))"),
    # 16讲水量, but not 10讲述
    re.compile(r"(?P<number>\d{1,3})讲(?=[\u3400-\u9fff])(?![解述义座话故透清师究理法台坛])"),
    # 05 分布式锁, 16 循环, but neither 5 分钟上手 nor 2019 年
    re.compile(rf"(?P<number>0\d{{1,3}}|\d{{1,4}}(?!\s*{MEASURE}))\s+(?=[^\d\s])"),
    # 31链条实战, 0105淘米, but neither 3种办法 nor 90后
    re.compile(rf"(?P<number>0\d{{2,3}}|\d{{4}}|\d{{2}})(?=[\u3400-\u9fff(\[「《“])(?!{MEASURE})"),
    # 05Kubernetes, but neither 2B nor 12factor
    re.compile(r"(?P<number>0\d{1,3})(?=[a-z])"),
    re.compile(r"(?P<number>\d{1,4})讲?\Z"),
)
DATE = re.compile(r"(?:19|20)\d\d(?:[\-_./年]\d{1,2}[\-_./月]\d{1,2}|(?:0[1-9]|1[0-2])[0-3]\d(?!\d))")
# A file's place among others and the hash of what it holds: 016_0123456789abcdef
INDEX = re.compile(r"(?P<number>\d{1,5})[_\-][0-9a-f]{8,64}")

FEASTS = (
    "春节|新春|新年|元旦|国庆|中秋|端午|五一|六一|假期|节日|周末|暑期|双11|双十一|年终"
    "|不定期|直播|期中|期末|课外|福利|限时|特别|番外|彩蛋"
)
# What courses call the lessons that they do not number, and where such lessons stand.
WORDS: dict[Role, tuple[str, ...]] = {
    "opening": (
        "开篇词|开营词|开课词|开场白|开学第一课|先导篇?|导读|导语|引言|前言|序言|自序",
        "课前必读|课程(?:介绍|导学|导读)|学习指南|预习篇?",
    ),
    "extra": (
        rf"(?:{FEASTS})?(?:加餐|特别放送|特别策划|策划|特辑|番外|彩蛋|福利)篇?|特别篇|插播",
        "(?:用户|学员|读者)(?:故事|分享|心得)|学习(?:攻略|心得)|(?:大咖|专家|名师|嘉宾)(?:助阵|对话|分享|访谈)",
        "直播(?:回顾|课|实录)?|(?:热点|高频|精选|常见)?(?:问题|留言)?答疑(?:课堂|解惑|文章|现场|专栏|篇)?",
        "思考题(?:答案|解答|解析)|(?:期中|阶段|单元|模块)(?:测试|考试|测验|复习|总结|小结|周)题?",
    ),
    "closing": (
        "结束语|结语|尾声|后记|编辑手记|毕业(?:总结|典礼)|总结篇",
        "(?:期末|结课|毕业)(?:测试|考试|测验|复习|总结|问卷|调查|周)题?",
    ),
}
ORDINAL = (
    r"(?:\s*+第?\s*+(?P<plain>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[期讲篇弹]?(?=[\W_]|\Z)"
    r"|\s*+\(\s*+(?P<inside>\d{1,3}|[一二三四五六七八九十]{1,3}|[上中下])\s*\))?"
)
WORD_RULES = tuple(
    (role, re.compile(rf"(?P<word>{'|'.join(words)}){ORDINAL}(?=[\W_]|\Z)")) for role, words in WORDS.items()
)
# Behind a number these are what they seem without a mark behind them: "0602加餐砂锅与铁锅".
CERTAIN: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("opening", re.compile("(?P<word>开篇词|开营词|开课词)")),
    ("extra", re.compile("(?P<word>加餐|特别放送|期中测试)")),
    ("closing", re.compile("(?P<word>结束语|期末测试|结课测试)")),
)
PARTS = {"上": 1, "中": 2, "下": 3}

CUT = re.compile(r"(?<!\.)\.{2,}+\s*+\Z")  # folding makes these of "…"
SUFFIX = re.compile(r"\.(?:txt|text|md|markdown|html?|xhtml|pdf|epub)\Z", re.IGNORECASE)
SEPARATORS = re.compile(rf"(?:\s|[|~/]|{MARK})*")
NO_LETTERS = re.compile(r"[^\w+#]|_")

FORMAT_FOLDER = re.compile(
    r"(?:md|markdown|html?|pdf|epub|txt|text|mobi|文稿|文字版?|文档|讲义|图文|课件)(?:格式|版)?"
)
SECTION = re.compile(r"[\u3400-\u9fff]{1,8}篇|.*[(]\s*(?:共\s*)?\d{1,3}\s*[讲节课]\s*[)]")


def designation(title: str, fold: Fold) -> Designation:
    """What a title says; nothing but its own words where it says nothing."""
    folded = _plain(fold(title))
    chapter, at = _part(folded)
    number, second, digits, at = _number(folded, at)
    at = _behind_separators(folded, at)
    role, word, ordinal, at = _word(folded, at, numbered=number is not None)
    rest = folded[_behind_separators(folded, at) :]
    return Designation(
        chapter=chapter,
        number=number,
        second=second,
        digits=digits,
        role=role,
        word=word,
        ordinal=ordinal,
        rest=NO_LETTERS.sub("", rest),
        is_cut=CUT.search(folded) is not None,
        is_index=False,
    )


def designation_of_file(name: str, fold: Fold) -> Designation | None:
    """What a file's name says; None for no name."""
    stem = SUFFIX.sub("", name).strip()
    if not stem:
        return None
    if index := INDEX.fullmatch(fold(stem)):
        return Designation(
            chapter=None,
            number=int(index["number"]),
            second=None,
            digits=index["number"],
            role=None,
            word="",
            ordinal=None,
            rest="",
            is_cut=False,
            is_index=True,
        )
    return designation(stem, fold)


class FolderMark(NamedTuple):
    """What a folder's name says of what is in it."""

    is_format: bool  # it tells shapes apart, not chapters: "md", "PDF"
    is_chapter: bool  # no course is called that: "第三部分", "基础篇"
    number: int | None
    role: Role | None
    rest: str  # its name without the number, letters and digits only


def folder_mark(name: str, fold: Fold) -> FolderMark:
    folded = _plain(fold(name))
    if part := PART.match(folded):
        number: int | None = value_of(part["first"] or part["second"])
        at = part.end()
    else:
        number, _, _, at = _number(folded, 0)
    at = _behind_separators(folded, at)
    role, *_ = _word(folded, at, numbered=number is not None)
    is_bare = number is not None and at == len(folded)
    return FolderMark(
        is_format=FORMAT_FOLDER.fullmatch(folded) is not None,
        is_chapter=part is not None or role is not None or SECTION.match(folded, at) is not None or is_bare,
        number=number,
        role=role,
        rest=NO_LETTERS.sub("", folded[at:]),
    )


def course_key(name: str, fold: Fold) -> str:
    """A course's name for comparison: folded, letters and digits only."""
    return NO_LETTERS.sub("", fold(name))


def _plain(folded: str) -> str:
    """The folded string with one bar for all and single blanks, without emphasis around it."""
    return " ".join(folded.replace("丨", "|").split()).strip("*`~ ")


def _part(folded: str) -> tuple[int | None, int]:
    """The number of the part that a title names before its own, and where that ends."""
    match = IN_PART.match(folded)
    return (value_of(match["first"] or match["second"]), match.end()) if match else (None, 0)


def _number(folded: str, at: int) -> tuple[int | None, int | None, str | None, int]:
    """The number at a place, the one joined to it, its digits, and where they end."""
    if DATE.match(folded, at):
        return None, None, None, at
    for rule in LESSON_RULES:
        if match := rule.match(folded, at):
            found = match.groupdict()
            second = found.get("last") or found.get("joined")
            numeral = match["number"]
            return (
                value_of(numeral),
                None if second is None else value_of(second),
                numeral if numeral.isdecimal() else None,
                match.end(),
            )
    return None, None, None, at


def _word(folded: str, at: int, *, numbered: bool) -> tuple[Role | None, str, int | None, int]:
    """What the course calls the lesson, its count, and where that ends."""
    for role, rule in WORD_RULES:
        if match := rule.match(folded, at):
            count = match["plain"] or match["inside"]
            ordinal = None if count is None else PARTS.get(count) or value_of(count)
            return role, match["word"], ordinal, match.end()
    for role, rule in CERTAIN if numbered else ():
        if match := rule.match(folded, at):
            return role, match["word"], None, match.end()
    return None, "", None, at


def _behind_separators(folded: str, at: int) -> int:
    match = SEPARATORS.match(folded, at)
    return match.end() if match else at
