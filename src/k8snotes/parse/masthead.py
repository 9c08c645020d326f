"""What stands around a lesson on its page: date and author, audio, course facts, the foot."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from k8snotes.model.lesson import Audio, CourseStats
from k8snotes.model.source import Source
from k8snotes.parse.facts import Positions, lines_like, once
from k8snotes.parse.paragraphs import BLANK

# Pages of 2022 and later say where a comment was written: "2022-06-14来自上海".
DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s*(?:来自|归属地[：:])\S{1,12})?")
SECONDS = re.compile(r"1[0-9]{9}")  # since 1970, as the site's own interface gives a comment's time
SITE_TIME = timezone(timedelta(hours=8))  # the site shows the days of Beijing
LENGTH_OF_ISO_DATE = 10
DATE_THEN_AUTHOR = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[ \u3000\u00a0]+(?P<author>\S.*)")
# A run of blanks is looked at once, from its beginning: a line may hold thousands.
AUTHOR_THEN_DATE = re.compile(
    r"(?P<author>\S.*?)(?<![ \u3000\u00a0])[ \u3000\u00a0]++(?P<date>\d{4}-\d{1,2}-\d{1,2})"
)
ENTER_COURSE = re.compile(r"\[?进入课程[\s>]*\]?(?:\([^)]*\))?")
COURSE_WITH_ENTER = re.compile(r"(?P<course>\S.*?)(?<!\s)\s++进入课程[\s>]*+")  # both on one line
NARRATOR = re.compile(r"讲述[：:]\s*(?P<name>.*)")
# One exporter mistakes the one for the other: "大小：00:04:35", "时长：4.2 MB".
DURATION = re.compile(
    r"(?:时长|大小)[：:]?\s*(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,4}):(?P<seconds>\d{2})"
)
SIZE = re.compile(r"(?:大小|时长)[：:]?\s*(?P<size>\d{1,6}(?:\.\d{1,6})?)\s*(?P<unit>[MKG])", re.IGNORECASE)
UPGRADE_MARK = "新版升级"
UPGRADE = re.compile(rf"{UPGRADE_MARK}[：:]")
RIGHTS = re.compile(r"©|\(c\)\s|版权归")
# What a line holds that matches the rule above it: looking for that first costs next to nothing.
RIGHTS_MARKS = ("©", "(c)", "版权归")
SUBMIT = re.compile(
    r"提交留言|0/2000(?:\s*字符?)?|(?:Ctrl|Command)\s*\+\s*Enter\s*发表|由作者筛选后的优质留言.*"
)
SUBMIT_MARKS = ("提交留言", "0/2000", "发表", "由作者筛选后的优质留言")
NEIGHBOUR_WORD = re.compile(r"上一篇|下一篇")  # the title stands on the next line
NEIGHBOUR = re.compile(r"(?P<which>上一篇|下一篇)[ \u3000\u00a0：:]+(?P<title>\S.*)")
NEIGHBOUR_MARKS = ("上一篇", "下一篇")
# Whoever passed the text on wrote an advert into the author's name: "鲁链条（微信：…）".
ADVERT = re.compile(
    r"[（(【\[](?>[^（(【\[）)】\]]{0,99}?(?:微信|QQ|公众号|加群|淘宝|领取|资源))[^）)】\]]{0,99}+[）)】\]]"
)
COUNT = r"(?<!\d)(\d[\d,]{0,11}(?:\.\d{1,3})?)\s{0,2}"
STATS = {
    "days": re.compile(rf"{COUNT}天"),
    "articles": re.compile(rf"{COUNT}篇"),
    "characters": re.compile(rf"{COUNT}(万)?个?字"),
    "hours": re.compile(rf"{COUNT}个?多?小时"),
}
AUTHOR_LABEL = re.compile(r"\A\s*+作者\s*+[：:]")
SQUASHED = re.compile(r"[\s《》「」]")
MB_PER_UNIT = {"K": 1 / 1024, "M": 1.0, "G": 1024.0}


enter_lines = lines_like(ENTER_COURSE.fullmatch, "进入课程")
narrator_lines = lines_like(NARRATOR.match, "讲述")
duration_lines = lines_like(DURATION.match, "时长", "大小")
rights_lines = lines_like(RIGHTS.match, *RIGHTS_MARKS)
upgrade_lines = lines_like(UPGRADE.match, UPGRADE_MARK)
neighbour_lines = lines_like(NEIGHBOUR.fullmatch, *NEIGHBOUR_MARKS)


@once
def date_lines(source: Source) -> Positions:
    """Where the lines stand that are a date and nothing else."""
    shown = source.shown
    return tuple([at for at in source.filled if shown[at][0].isdecimal() and DATE.fullmatch(shown[at])])


def read_date(string: str) -> date | None:
    """The date that a string begins with; None for none, and for one that no calendar has."""
    if len(string) == LENGTH_OF_ISO_DATE and string[4] == string[7] == "-":
        try:
            return date.fromisoformat(string)
        except ValueError:
            pass  # digits of other scripts, or no date of any calendar
    if not (match := DATE.match(string.strip(BLANK))):
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def is_day(string: str) -> bool:
    """Whether a line is a date, or the seconds that stand for one, and nothing else."""
    return string[:1].isdecimal() and (DATE.fullmatch(string) or SECONDS.fullmatch(string)) is not None


def read_day(string: str) -> date | None:
    """The date of a line that is one, or seconds."""
    if SECONDS.fullmatch(string):
        return datetime.fromtimestamp(int(string), UTC).astimezone(SITE_TIME).date()
    return read_date(string)


def read_author(string: str) -> str | None:
    """The name without its label and a reseller's advert; None where nothing is left."""
    return AUTHOR_LABEL.sub("", ADVERT.sub("", string)).strip(BLANK) or None


def read_audio(lines: list[str]) -> Audio | None:
    """Narrator, length and size from the audio lines of a page; None where there are none."""
    text = "\n".join(lines)
    narrator = next((match["name"] for line in lines if (match := NARRATOR.search(line))), None)
    length, size = DURATION.search(text), SIZE.search(text)
    if narrator is None and not length and not size:
        return None
    if narrator is not None:  # one line may hold it all: "讲述：X 大小：N M 时长：mm:ss"
        narrator = read_author(re.split(r"(?:大小|时长)[：:\s]", narrator)[0])
    return Audio(
        narrator=narrator,
        seconds=(
            int(length["hours"] or 0) * 3600 + int(length["minutes"]) * 60 + int(length["seconds"])
            if length
            else None
        ),
        size_mb=round(float(size["size"]) * MB_PER_UNIT[size["unit"].upper()], 3) if size else None,
    )


def read_stats(text: str) -> CourseStats | None:
    """The counts of a course's cover card; None where it counts nothing."""
    found = {name: match for name, rule in STATS.items() if (match := rule.search(text))}
    if not found:
        return None
    counts = {name: float(match[1].replace(",", "")) for name, match in found.items()}
    if "characters" in found and found["characters"][2]:  # 23.5 万字
        counts["characters"] *= 10_000
    return CourseStats(
        days=_whole(counts.get("days")),
        articles=_whole(counts.get("articles")),
        characters=_whole(counts.get("characters")),
        hours=counts.get("hours"),
    )


def _whole(count: float | None) -> int | None:
    return None if count is None else round(count)


def squashed(string: str) -> str:
    """A name without blanks and quotation marks, for comparing one page's spelling with another's."""
    return SQUASHED.sub("", string).casefold()
