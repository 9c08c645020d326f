# ruff: noqa: E501 - words as they come
"""Invented lessons whose every field is known, to print and to read back.

The text is made of parts about rice, lids and kettles, as in no course that exists.
"""

import datetime
import random
import re
from dataclasses import dataclass, field, replace

SUBJECTS = (
    "锅盖", "水线", "一指节的水", "米缸", "灶台", "火候", "蒸汽", "锅巴", "量杯", "kettle-proxy", "lid 控制器",
    "rice-api-server", "饭勺", "旧铁锅", "这口砂锅", "老师傅的耳朵", "offset", "workflow", "用户的筷子",
)  # fmt: skip
VERBS = (
    "决定了", "并不关心", "总是先问", "只看得见", "慢慢地改写", "会在后台检查", "最怕", "其实就是", "先于",
    "每隔三十秒同步一次", "从不保存", "默认会忽略", "通过 watch 机制感知",
)  # fmt: skip
OBJECTS = (
    "锅里的水还剩多少", "米粒是不是站了起来", "盖子的状态", "下一次掀盖的时机", "spec.lid.open 这个字段",
    "灶台上的那一只闹钟", "饭粒之间的空隙", "隔夜饭的脾气", "第二个 kettle 的位置", "气泡的大小", "谁先开口说话",
    "一份没写完的 office 清单", "糙米和新米的区别", "the final flow of the steam", "厨房里的每一个人",
)  # fmt: skip
JOINTS = ("，", "，", "，而", "，所以", "，但是", "，也就是说，", "；", "，并且")
OPENERS = (
    "",
    "",
    "",
    "不过，",
    "一般来说，",
    "所谓“预热”，",
    "举个例子，",
    "更重要的是，",
    "《灶台笔记》里写过，",
    "（顺便说一句）",
)
ENGLISH = (
    "If the lid is open, the kettle never reports that it is ready", "Slow is smooth, and smooth is fast",
    "We keep one desired state and one actual state, and reconcile them in a loop",
)  # fmt: skip
LINES_OF_CODE = (
    "apiVersion: kettle/v1", "kind: Lid", "metadata:", "  name: lid-one", "  labels:", "    app: rice", "spec:",
    "  replicas: 3", "  open: false  # 先关着", "for (i = 0; i < 3; i++) {", "    rinse(rice, i);", "}", "$ pot get lids",
    "# 掀开之前先看一眼", "if ready == true:", "    return lid.open()", "func main() {", "    fmt.Println(\"熟了\")",
    "NAME      READY   AGE", "lid-one   1/1     3m",
)  # fmt: skip
LONG_LINES_OF_CODE = (
    '  command: ["sh", "-c", "while true; do echo waiting for the steam to come out of the kettle; sleep 30; done"]',
    "kettle run rice-one --image=registry.example.com/kitchen/rice:1.0 --port=8080 --env=LID=closed --replicas=3 --dry-run",
)  # fmt: skip
NAMES = (
    "饭友阿七", "Geek_zz20r", "灶王爷的远亲", "lid watcher", "一勺浑水", "Pot.M", "两手都捏", "米缸见底", "1024", "，",
    "转圈的小木马", "老桂 - 三碗", "kettle52",
)  # fmt: skip
HEADINGS = (
    "先看一眼锅盖", "水线的三种量法", "为什么要等？", "总结", "思考题", "一、淘米", "二、焖饭的顺序", "Kettle 的工作原理",
    "第一步：装水", "rice-proxy 是什么", "从“掀盖”说起", "1. 环境准备", "小结",
)  # fmt: skip
TITLES = (
    "锅盖：什么时候掀", "水线：一指节是多深", "火候", "Kettle Operator：让锅自己看火",
    "锅盖：什么时候掀，掀早了会怎么样，掀晚了又会怎么样，不掀又会怎么样", "答疑：那些年我们烧糊过的饭和没烧糊的饭，以及 rice-proxy 的一个 bug",
)  # fmt: skip
AUTHORS = ("秦稻香", "鲁链条", "沈积木 & 秦稻香", "Ida Lidd")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment as it was written; its lines are the reader's own."""

    name: str
    date: datetime.date
    lines: tuple[str, ...]
    replies: tuple[tuple[str, ...], ...]
    likes: int | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A block of the body: `kind` is that of `parse --json`, a list has its items as lines."""

    kind: str
    lines: tuple[str, ...]
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class InventedLesson:
    title: str
    number: int | None
    author: str
    date: datetime.date
    parts: tuple[Part, ...]
    previous: str
    next: str
    rights: str
    comments: tuple[Said, ...] = field(default=())


def invented_lesson(seed: int, *, comments: int | None = None) -> InventedLesson:
    """The same lesson for the same seed; `comments` None: some number, often none."""
    chance = random.Random(seed)
    number = chance.choice([None, chance.randint(1, 60)])
    name = chance.choice(TITLES)
    title = name if number is None else f"{number:02d} | {name}"
    if comments is None:
        comments = chance.choice([0, 0, 3, 10, 25])
    spaced = chance.random() < 0.4
    return InventedLesson(
        title=_spelled(title, spaced=spaced),
        number=number,
        author=chance.choice(AUTHORS),
        date=_day(chance),
        parts=tuple(
            part
            if part.kind == "code"
            else replace(part, lines=tuple(_spelled(line, spaced=spaced) for line in part.lines))
            for part in _parts(chance)
        ),
        previous="06 | 水线：一指节是多深",
        next=_spelled(f"08 | {chance.choice(TITLES)}", spaced=spaced),
        rights="© 版权归极客邦科技所有，未经许可不得传播售卖。 灶台边写下的每一个字都数过了，谁要是端走一锅，就请他把锅巴也刷干净再还回来。",
        comments=tuple(_comment(chance, spaced=spaced) for _ in range(comments)),
    )


def _spelled(text: str, *, spaced: bool) -> str:
    """The text with a blank between each Chinese and Latin word, or with none."""
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[\u4e00-\u9fff])", "", text)
    if not spaced:
        return text
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])", " ", text)


def sentence(chance: random.Random, *, end: str = "。") -> str:
    clauses = [
        f"{chance.choice(SUBJECTS)}{chance.choice(VERBS)}{chance.choice(OBJECTS)}"
        for _ in range(chance.randint(1, 3))
    ]
    text = chance.choice(OPENERS) + clauses[0]
    for clause in clauses[1:]:
        text += chance.choice(JOINTS) + clause
    return text + end


def paragraph(chance: random.Random, *, end: str | None = None) -> str:
    text = "".join(sentence(chance) for _ in range(chance.choice([0, 0, 1, 2, 4])))
    if chance.random() < 0.1:
        text += chance.choice(ENGLISH) + "。"
    return text + sentence(
        chance, end=chance.choice(["。", "。", "。", "！", "？", "：", ""]) if end is None else end
    )


def _parts(chance: random.Random) -> list[Part]:
    parts = [Part(kind="paragraph", lines=(paragraph(chance),)) for _ in range(chance.randint(1, 4))]
    level = chance.choice([2, 2, 3])
    for _ in range(chance.randint(0, 5)):
        parts.append(Part(kind="heading", lines=(chance.choice(HEADINGS),), level=level))
        for _ in range(chance.randint(1, 5)):
            parts += _blocks(chance, level)
    parts.append(Part(kind="paragraph", lines=(paragraph(chance),)))
    return parts


def _blocks(chance: random.Random, level: int) -> list[Part]:
    kind = chance.choices(
        ["paragraph", "code", "list", "quote", "table", "figure", "heading"], [12, 3, 2, 1, 0.5, 1, 1]
    )[0]
    match kind:
        case "paragraph":
            return [Part(kind=kind, lines=(paragraph(chance),))]
        case "code":
            return [
                Part(kind="paragraph", lines=(sentence(chance, end="："),)),
                Part(kind=kind, lines=tuple(_code(chance))),
            ]
        case "list":
            kind = chance.choice(["list", "numbered"])
            return [Part(kind=kind, lines=tuple(paragraph(chance) for _ in range(chance.randint(2, 5))))]
        case "quote":
            return [Part(kind=kind, lines=(paragraph(chance),))]
        case "table":
            return [Part(kind=kind, lines=("名字 用处", "lid 盖住水汽", "pot 装米和水"))]
        case "figure":
            return [Part(kind=kind, lines=("图1 锅盖的样子",))]
        case _:
            return [
                Part(kind="heading", lines=(chance.choice(HEADINGS),), level=level + 1),
                Part(kind="paragraph", lines=(paragraph(chance),)),
            ]


def _code(chance: random.Random) -> list[str]:
    start = chance.randrange(len(LINES_OF_CODE) - 2)
    lines = list(LINES_OF_CODE[start : start + chance.randint(2, 9)])
    if chance.random() < 0.3:
        lines.append(chance.choice(LONG_LINES_OF_CODE))
    if chance.random() < 0.3 and len(lines) > 2:
        lines.insert(2, "")
    return lines


def _comment(chance: random.Random, *, spaced: bool) -> Said:
    lines = [paragraph(chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    if chance.random() < 0.2:
        lines = [chance.choice(["打卡", "好", "讲得清楚", "学习了！", "第一遍没看懂，再看一遍"])]
    replies = []
    if chance.random() < 0.4:
        replies.append(tuple(paragraph(chance) for _ in range(chance.choice([1, 1, 2]))))
    return Said(
        name=chance.choice(NAMES),
        date=_day(chance),
        lines=tuple(_spelled(line, spaced=spaced) for line in lines),
        replies=tuple(tuple(_spelled(line, spaced=spaced) for line in reply) for reply in replies),
        likes=chance.choice([None, 0, 3, 128]),
    )


def _day(chance: random.Random) -> datetime.date:
    return datetime.date(2018, 1, 1) + datetime.timedelta(days=chance.randrange(1500))
