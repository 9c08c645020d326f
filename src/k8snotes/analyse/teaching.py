"""What of a lesson is the teaching, not what is taught: greetings, homework, and the author's own summary."""

import re
from collections.abc import Iterator

from k8snotes.model.words import Segmented

SHORTEST = 8  # Han characters; less is a label
# Openings and closings of a lesson, adverts, what belongs to the page: never part of a summary.
NOT_TAUGHT = re.compile(
    r"^(?:你好|您好|大家好|同学们好|各位(?:同学|朋友|好)|hi|hello|嗨)[,，!！。 ]"
    r"|^我是[^，。]{1,12}[。，！]?$"
    r"|(?:感谢|谢谢)(?:你|您|大家|各位)?的?(?:收听|阅读|观看|学习|时间|陪伴|聆听)"
    r"|^欢迎(?:你|您|大家|各位)?来到|欢迎(?:你|您|大家|各位)?(?:|在|到|去|把|一起|和我|与我|继续|随时)?"
    r"[^，。！？]{0,12}(?:留言|评论|分享|收听|订阅|加入|关注|转发|交流|讨论|提问|反馈)"
    r"|留言区|写留言|评论区|(?:给|在)[^，。]{0,6}留言"
    r"|下(?:一)?(?:讲|节课?|篇|次|回|期|章|课)(?:文章)?(?:中|里|再)?[^，。！？]{0,4}(?:再见|见[。！!]?$)"
    r"|分享给(?:你的|更多|身边)?|请朋友读|转发给|点个?赞|点击(?:这里|链接|下方|查看|阅读)|阅读原文"
    r"|扫(?:码|描)[^，。]{0,6}二维码|长按[^，。]{0,6}二维码|公众号"
    r"|^[*_\s]*(?:讲述|朗读|编辑|配图|审校|翻译|译者|原文|来源|作者|编者[注按])[*_]*[：:]|时长[\s：:]*\d"
    r"|你(?:可以|不妨)?(?:先)?(?:思考|想)一?(?:下|想)(?!就)"
    r"|^(?:好了?[，,])?(?:以上就是)?(?:今天|本讲|本节|这[一]?[讲节])[^，。]{0,12}(?:就[^，。]{0,8}到(?:这里|这儿|此)|(?:内容|话题)到此)"
    r"|(?:上|前)(?:一)?(?:讲|节课?|篇|次|课|期)[^，。！？]{0,8}(?:作业|思考题)"
    r"|先(?:讲|说|聊)(?:一|两)?(?:件|个|段)[^，。]{0,10}(?:事|故事|经历)[。！]?$"
    r"|^(?:在)?下(?:一)?(?:讲|节课?|篇(?:文章)?|章|期)(?:中|里|[，,]|我|将|会)"
    r"|^(?:如|见)?(?:下图|上图|图\s*\d+)",
    re.IGNORECASE,
)
# What sets homework, as a heading or at the beginning of a paragraph.
HOMEWORK = re.compile(
    r"(?:[^。！？\n]{0,14}?)"
    r"(?:思考题|练习题|讨论题|动手题|作业题|课堂讨论|课后(?:思考|练习|作业|讨论|题)|(?:每[课讲日]|一课)一[思练问题])"
    r"|(?:最后|好了?|那么)[，,][^。！？\n]{0,8}(?:留|给|请|想|问)[^。！？\n]{0,6}(?:问题|思考|想想)"
    r"|(?:思考|作业|练习|讨论|提问)(?:与|和|及)?(?:思考|作业|练习|讨论|实践)?(?:时间|时刻)?(?:[：:]|$)"
)
# What an author heads his own summary with.
SUMMARY_HEADING = re.compile(
    r"(?:\d+[.、．\s]*|[一二三四五六七八九十]+[、.．]\s*)?"
    r"(?:本[讲节课章篇文]的?|今[天日]的?|这一?[讲节课章篇]的?|课程|课后|课堂|全[文篇]|内容|重点|最后的?|知识|简单|快速"
    r"|章节|文章)*"
    r"(?:总结|小结|回顾|划重点|要点(?:回顾|总结|归纳)|结语|结论|写在最后"
    r"|summary|conclusions?|recap|wrap(?:ping)?[ -]up)"
    r"(?:一下|时刻|时间|全文|要点|本[讲节课章篇文]"
    r"|[与和及&＆、]?(?:思考题?|展望|延伸|讨论|回顾|提升|练习|作业|总结|拓展|下一步))*"
    r"[：:。！!]?",
    re.IGNORECASE,
)
# A paragraph without a heading that says it sums up.
SUMS_UP = re.compile(
    r"(?:(?:好了?|最后|好啦|OK|那么|现在|到这里)[，,。]?\s*)?"
    r"(?:(?:让|由)?(?:我们?|咱们)?(?:再|来|就|先|也|一起|给你|为你|帮你|简单地?|快速|最后|对[^，。]{1,16})*)"
    r"(?:总结一?下|小结一?下|做(?:一?个)?(?:简单的?)?(?:总结|小结)|回顾一?下|总结[：:]|小结[：:])"
)
HEADING_AT_MOST = 16  # characters of a paragraph that serves as a heading
LEAD_IN_AT_MOST = 45  # characters of a paragraph that only announces a summary
GOODBYES_AFTER = 0.8  # of the lesson: what follows its homework there is no longer taught
SUMS_UP_AFTER = 0.6  # of the lesson; what sums up before that sums up a section


def is_taught(sentence: str) -> bool:
    """Whether a sentence can stand in a summary: Chinese prose that is part of the lesson."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in sentence)
    return han >= SHORTEST and not NOT_TAUGHT.search(sentence) and not sentence.endswith(("：", ":"))


def homework_positions(segmented: Segmented) -> frozenset[int]:
    """Sentences that set homework: sections and paragraphs that begin so, and the goodbyes after the last."""
    sentences = segmented.sentences
    found: set[int] = set()
    for title, positions in _sections(segmented):
        is_homework = bool(title and HOMEWORK.match(title) and not SUMMARY_HEADING.fullmatch(title))
        block_of_homework = -1
        saying_goodbye = False
        for position in positions:
            sentence = sentences[position]
            if sentence.is_first and HOMEWORK.match(sentence.plain):
                block_of_homework = sentence.block
                saying_goodbye = position >= GOODBYES_AFTER * len(sentences)
            if is_homework or saying_goodbye or sentence.block == block_of_homework:
                found.add(position)
    return frozenset(found)


def author_summary_positions(segmented: Segmented) -> frozenset[int]:
    """The sentences in which the author himself sums the lesson up; empty where he does not."""
    found: set[int] = set()
    for title, positions in _sections(segmented):
        if title and SUMMARY_HEADING.fullmatch(title):
            found.update(positions)
        else:
            found.update(_summing_up(segmented, positions))
    said = {position for position in found if not _only_announces(segmented.sentences[position].plain)}
    return frozenset(said) - homework_positions(segmented)


def _only_announces(sentence: str) -> bool:
    """Whether a sentence says that a summary follows, and nothing else: 小结一下。"""
    bare = sentence.strip().rstrip("。！!：:，,")
    return bool(SUMS_UP.fullmatch(bare) or SUMMARY_HEADING.fullmatch(bare))


def _summing_up(segmented: Segmented, positions: list[int]) -> Iterator[int]:
    """Of a section, the paragraphs that say they sum up; those after them too where one only leads in."""
    sentences = segmented.sentences
    block = -1
    leads_in = False
    for position in positions:
        sentence = sentences[position]
        if sentence.is_first and SUMS_UP.match(sentence.plain):
            block = sentence.block
            size = sum(len(sentences[other].plain) for other in positions if sentences[other].block == block)
            leads_in = size <= LEAD_IN_AT_MOST and position >= SUMS_UP_AFTER * len(sentences)
        if leads_in or sentence.block == block:
            yield position


def _sections(segmented: Segmented) -> Iterator[tuple[str, list[int]]]:
    """The heading of each section, "" before the first, and the positions of its sentences.

    A short paragraph that only says 总结 or 思考题 is a heading that the text does not mark as one.
    """
    headings = {
        heading.block: "".join(token.surface for token in heading.tokens).strip()
        for heading in segmented.headings
    }
    sentences = segmented.sentences
    title, positions, last_block = "", list[int](), -1
    for position, sentence in enumerate(sentences):
        between = [
            headings[block] for block in range(last_block + 1, sentence.block + 1) if block in headings
        ]
        last_block = sentence.block
        alone = sentence.is_first and (
            position + 1 == len(sentences) or sentences[position + 1].block != sentence.block
        )
        if alone and _is_heading(sentence.plain):
            between.append(sentence.plain.strip())
        if between:
            yield title, positions
            title, positions = between[-1], []
        positions.append(position)
    yield title, positions


def _is_heading(paragraph: str) -> bool:
    return len(paragraph) <= HEADING_AT_MOST and bool(
        SUMMARY_HEADING.fullmatch(paragraph)
        or (HOMEWORK.match(paragraph) and paragraph[-1] not in "。？！?!")
    )
