"""Titles of lessons: their numbers, and how a file name stands for one."""

import re

from k8snotes.parse.entities import unescape_entities

# " | ", " _ ", "｜", "丨" and " - " are one and the same separator; files cannot hold "|".
BAR = r"[|｜丨]"
MARK = r"[_—–:：、.．\-]"  # between two digits they make one number of them: 1.1, 10-11, 07_08
# What is counted and no title's first word: days, ways, minutes.
MEASURE = r"[年月日号个种条大步招分小时秒天周岁行万千百次位题问篇本张句道款后倍度级世人家余]"
NUMBER_RULES = (
    re.compile(r"第\s*(?P<number>\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})\s*[讲课节章回篇期集]"),
    re.compile(rf"(?P<number>\d{{1,4}})\s*(?:{BAR}|{MARK}(?!\d))"),
    # "05 分布式锁", "16 循环", but neither "5 分钟上手" nor "2019 年"
    re.compile(rf"(?P<number>0\d{{1,3}}|\d{{1,4}}(?!\s*{MEASURE}))\s+(?=[^\d\s])"),
    # "31链条实战", "0105淘米", but neither "3种办法" nor "90后"
    re.compile(rf"(?P<number>0\d{{2,3}}|\d{{2}})(?=[\u3400-\u9fff「《“])(?!{MEASURE})"),
    # "05Kubernetes", "0217PageRank", but neither "2B" nor "12factor"
    re.compile(r"(?P<number>0\d{1,3})(?=[A-Za-z])"),
)
# Word by word, so that blanks are looked at once: the last may be hashes that close the heading.
TITLE_LINE = re.compile(
    r"#[ \t]++(?=\S)(?P<title>[^ \t\n]++(?:[ \t]++(?!#*+[ \t]*+\Z)[^ \t\n]++)*+)(?:[ \t]++#++)?+[ \t]*+"
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
CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def lesson_number(title: str | None) -> int | None:
    """The number that a title begins with: 16 for "16 | …", "第16讲 …" or "第十六讲：…"."""
    for rule in NUMBER_RULES:
        if match := rule.match((title or "").lstrip()):
            digits = match["number"]
            return int(digits) if digits.isdecimal() else chinese_number(digits)
    return None


def is_lesson_title(title: str) -> bool:
    """Whether a title begins as those of lessons: with a number, or a word of courses."""
    return lesson_number(title) is not None or LESSON_TITLE.match(title) is not None


def chinese_number(digits: str) -> int:
    """The value of a Chinese numeral below 1,000: 21 for "二十一", 105 for "一百零五"."""
    total, digit = 0, 0
    for character in digits:
        if character in CHINESE_DIGITS:
            digit = (
                digit * 10 + CHINESE_DIGITS[character] if total == 0 and digit else CHINESE_DIGITS[character]
            )
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[character]
            digit = 0
    return total + digit


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
