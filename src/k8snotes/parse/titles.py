"""Titles of lessons: their numbers, and how a file name stands for one."""

import re

# " | ", " _ ", "｜", "丨" and " - " are one and the same separator; files cannot hold "|".
SEPARATOR = r"[|｜丨_—–:：、.．\-]"
# What is counted and no title's first word: days, ways, minutes.
MEASURE = r"[年月日号个种条大步招分小时秒天周岁行万千百次位题问篇本张句道款]"
NUMBER_RULES = (
    re.compile(r"第\s*(?P<number>\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})\s*[讲课节章回篇期集]"),
    re.compile(rf"(?P<number>\d{{1,4}})\s*{SEPARATOR}(?!\d)"),
    # "05 分布式锁", "16 循环", but neither "5 分钟上手" nor "2019 年"
    re.compile(rf"(?P<number>0\d{{1,3}}|\d{{1,4}}(?!\s*{MEASURE}))\s+(?=[^\d\s])"),
    # "31链条实战", "0105淘米", but neither "3种办法" nor "2019年"
    re.compile(rf"(?P<number>\d{{2,4}})(?=[\u3400-\u9fff「《“])(?!{MEASURE})"),
)
TITLE_LINE = re.compile(r"#[ \t]+(?P<title>\S.*?)(?:[ \t]+#+)?[ \t]*")
# What a file name puts for the " | " of a title, after a number or a word of the site's own;
# with blanks around it, after any short Chinese head.
FILE_SEPARATOR = re.compile(
    r"(?P<head>\d{1,4}|[\u4e00-\u9fff\d（）]{2,12}(?= - | _ )"
    r"|开篇词|结束语|加餐[\d一二三四五六七八九十]*|特别放送|特别篇|番外|导读|期中测试|期末测试)"
    r"(?: - | _ |[-_])(?P<rest>\S.*)"
)
FILE_DATE = re.compile(r"\d{4}[-_]\d{1,2}[-_]\d{1,2}")  # of a post, before its name
CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def lesson_number(title: str | None) -> int | None:
    """The number that a title begins with: 16 for "16 | …", "第16讲 …" or "第十六讲：…"."""
    for rule in NUMBER_RULES:
        if match := rule.match((title or "").lstrip()):
            digits = match["number"]
            return int(digits) if digits.isdecimal() else chinese_number(digits)
    return None


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
    if not FILE_DATE.match(stem) and (match := FILE_SEPARATOR.fullmatch(stem)):
        return f"{match['head']} | {match['rest']}"
    return stem or None
