"""Whether a sentence says what a term means: "X 是一种…", "所谓 X，就是…", "…，这就是 X".

Each rule is a pattern in which Chinese teaching prose defines, with how sure it is. What looks
alike and defines nothing ("X 是非常重要的", "X 是 2014 年发布的", "X 是第四讲的主角") is told by how
the predicate begins and ends. All strings are folded.
"""

import re
from collections.abc import Callable, Iterator

# What may stand around a term: marks of quotation and emphasis, and a gloss in brackets.
OPENS, CLOSES = r"[“‘「『《\"`*_]{0,4}", r"[”’」』》\"`*_]{0,4}"
GLOSS = r"(?:\s?\([^()]{1,40}\))?"
# A term is defined as the subject of a clause, with hardly a word before it.
CLAUSE = (
    r"(?:\A|(?<=[,;:。?!…—\n])(?<![例比]如[,:]))\s*"
    r"(?:(?:那么?|其实|而|简单来?说|在[^,。]{1,12}[里中])[,\s]{0,2})?"
)
ASIDE = (
    r"[,\s]{0,2}(?:其实|简单(?:地|来)?[说讲]|说白了|通俗(?:地|点)?来?[说讲]|换句话说|顾名思义|本质上|"
    r"(?:你|我们|大家)?可以(?:把它)?|英文(?:叫|名?[为是]?)[^,。]{1,30})[,\s]{0,2}"
)
# "排序算法的 X 指的是…" says what X is; "这里的 X 指的是…" what it is here.
OF_WHAT = r"(?![这那其本文上下]|我们?的)[^,;:。!?…\s]{2,12}的"
KIND = (
    r"(?:这样|这么)?一(?:种|类|款|项|段|套|组|把|门|本|份|层|块|张|台|条|个|串|系列|只|根|道|片)"
    r"|(?:这样|这么)?个"
)
END = rf"{CLOSES}{GLOSS}\s*(?:[,。;!.]|\Z)"
# How a predicate begins that judges, places or asks, and does not say what something is.
NO_MEANING = re.compile(
    r"[“「]?(?:不|没|否|非常|十分|特别|很|更|必|可行|可以的|正常|这么|这样(?!一)|那么|那样|因为|为了|从(?![^,;。]{1,30}的一[个种类项条段])|如何|怎|什么|谁|哪"
    r"|多少|几|我|你|他|她|它|咱|昨|今|明天|去年|上[一个次周面文讲台]|下[一个次周面文讲]|前面|后面|第|最|\d|另一|同样"
    r"|对的|错的|唯一|一[样致直定])"
)
ASKS = re.compile(
    r"\?|(?<!无论)(?<!不管)(?<!不论)(?:怎么|怎样|如何|什么(?!都)|哪一?[种个些里]|是不是|是否|(?<!有)多少|谁(?![都也]))"
)
# What is quoted neither asks nor judges: it is what the sentence speaks of.
QUOTATION = re.compile(r"“[^“”]*”|「[^「」]*」")
# Words by which a thing is judged or placed: "X 是…的关键" says nothing of what it is.
NO_GENUS = re.compile(
    r"(?:核心|关键|重点|难点|要点|焦点|主角|主题|内容|话题|题目|地方|事情?|事儿|问题|难题|课题|挑战|噩梦|坎|坑|奇迹|趋势"
    r"|基础|前提|目标|目的|原因|结果|后果|产物|标志|灵魂|精髓|心脏|功劳|任务|职责|工作|例子|例外|特例|习惯|手艺|本事"
    r"|一[章节讲课环步员]|部分|之一|时候|主意|东西|误区|误会|奢望|修辞|秘密|答案|理由|优势|优点|缺点|好处|坏处|代价|价值"
    r"|意义|苦差事?|老大难|区别|差别|体现|选择|首选|概念|话)(?:所在)?[。!.]?\Z"
)
JUDGED = re.compile(r"主要|重要|首要|最|唯一|典型")  # "…的主要方式" ranks a thing
LEANS = re.compile(r"这[一些个类种项]|上述|该")  # what it says, other sentences explain
HEAD = re.compile(r"[的之](?P<head>[^的,;:。!?\s]{1,12})\Z")
# Subjects of which a term is the point, or one case: "关键就是 X", "比如这里的 Y 就是 X".
POINTS = re.compile(r"本质|关键|核心|重点|原因|答案|目的|秘密|比如|例如|这里的|其中|问题")
# What leads to a name and does not say of what: "我们需要一个指标，叫作 X", "我把这三种做法统称为 X".
INTRODUCES = re.compile(
    r"(?:需要|引[入出]|还?有|用到?|介绍|看)[^,。]{0,6}?(?:一|两|几)[个种项套类][^,。的]{1,8}[,\s]*\Z"
)
POINTS_BACK = re.compile(
    r"(?:我们?|人们|大家|一般|通常|所以|因此|会|就|也|常)*[把将](?:这|以上|上述|前面)[^,的]{0,8}\Z"
    r"|(?:这|以上|上述|前面)[^,的]{1,12}统\Z"
)
NEGATED = re.compile(r"(?:不|别|没|难道|很难)[能会再应该可要得]{0,3}(?:[把将][^,;。]{1,12})?\Z")
LEAST = 5  # characters that may say what a thing is
LONGEST = 600  # characters of a sentence; what is longer explains more than a term


class Definitions:
    """The rules, for the term that the expression `name` finds in folded text."""

    def __init__(self, name: str) -> None:
        term = f"{OPENS}(?:{name}){CLOSES}{GLOSS}"
        subject = f"{CLAUSE}{term}"
        called = rf"\s?[:,]?\s?{OPENS}(?:{name}){END}"
        pause = r"[,\s]{0,2}"
        means = (
            r"(?:就|其实|主要|通常)?(?:是指|指的[就便]?是|指(?![出向导望令标定针示明责挥引派控数南])|说的就?是|定义为|可以?(?:把它)?理解[为成]"
            r"|的(?:意思|含义|定义|本质)[就其实]{0,2}是)"
        )
        is_called = "叫[作做它]?|称[为作]|称之为|称它为|(?<!命)名为|就是所谓的?"
        is_or_means = "是指|指的就?是|指|是|即"
        # How sure, what is looked for, and what must hold of the text behind it.
        self._before = _compiled(
            (
                1.0,
                rf"所谓的?\s?{term}{pause}(?:{ASIDE})?(?:就|便|其实)?(?:{is_or_means})",
                _explains,
            ),
            (1.0, f"{subject}{pause}{means}", _explains),
            (1.0, rf"{subject},\s?(?:即(?![使便将可刻])|也就是说?)", _explains),
            (0.9, rf"{CLAUSE}{OF_WHAT}{term}{pause}(?:是指|指的就?是)", _explains),
            (0.9, f"{subject}{ASIDE}(?:就?是|理解[为成]|指)", _explains),
            (0.9, f"{subject}{pause}(?:其实|就)?是(?={KIND})", _is_of_a_kind),
            (0.8, rf"{subject}{pause}(?:其实)?就是(?!\s?(?:{name}))", _explains_itself),
            (0.7, f"{subject}{pause}是", _names_a_genus),
        )
        # The same of the text before it.
        self._behind = _compiled(
            (1.0, f"(?:{is_called}){called}", _says_what_is_called),
            (0.5, f"(?:{is_called}){called}", _is_enough_to_be_called),
            (0.8, rf"(?<!那)[就便]是(?:所谓的?)?{called}", _leads_to_a_name),
        )

    def strength(self, sentence: str) -> float:
        """How surely a sentence defines the term, up to 1; 0 where it does not."""
        if len(sentence) > LONGEST or _asks(sentence):
            return 0.0
        said = sentence.strip()
        said = said[_unquoted(said).rfind("?") + 1 :]  # where the author asks and answers, the answer
        sure = [
            sure
            for sure, rule, holds in self._before
            if any(holds(said[found.end() :].lstrip(":, ")) for found in rule.finditer(said))
        ]
        sure += [
            sure
            for sure, rule, holds in self._behind
            if any(holds(said[: found.start()]) for found in rule.finditer(said))
        ]
        return max(sure, default=0.0)


def _compiled(
    *rules: tuple[float, str, Callable[[str], bool]],
) -> tuple[tuple[float, re.Pattern[str], Callable[[str], bool]], ...]:
    return tuple((sure, re.compile(rule), holds) for sure, rule, holds in rules)


def _asks(sentence: str) -> bool:
    return sentence.rstrip('”’」』》)"`*_ 。').endswith(("?", "吗", "呢"))


def _unquoted(text: str) -> str:
    """A text with nothing in its quotations, everything else in its place."""
    return QUOTATION.sub(lambda quotation: f"“{' ' * (len(quotation[0]) - 2)}”", text)


def _clauses(rest: str) -> Iterator[str]:
    return (clause for clause in re.split(r"[,;:。!]", rest) if clause.strip())


def _explains(rest: str) -> bool:
    """After words that announce a meaning anything may stand but a question."""
    first = next(_clauses(_unquoted(rest)), "")
    return len(rest) >= LEAST and not ASKS.search(first)


def _is_of_a_kind(rest: str) -> bool:
    """ "一种…", unless all that it says is a judgement: "一个老大难问题"."""
    first = next(_clauses(rest), "")
    return _explains(rest) and len(rest) > LEAST and not NO_GENUS.search(first)


def _explains_itself(rest: str) -> bool:
    first = next(_clauses(rest), "")
    return (
        _explains(rest)
        and not NO_MEANING.match(rest)
        and not first.endswith("的")
        and not NO_GENUS.search(first)
    )


def _names_a_genus(rest: str) -> bool:
    """A noun with what sets it apart: "水流突然停住时产生的压力波"."""
    sentence = rest.rstrip("。!. ”」")
    first = next(_clauses(rest), "")
    head = HEAD.search(first) or HEAD.search(sentence)
    return (
        head is not None
        and len(first) > LEAST
        and not NO_MEANING.match(rest)
        and not ASKS.search(first)
        and not NO_GENUS.search(head["head"])
        and not JUDGED.match(head["head"])
        and not LEANS.search(first)
    )


def _is_enough_to_be_called(rest: str) -> bool:
    return len(rest) >= LEAST and not NEGATED.search(rest) and not POINTS_BACK.match(rest.strip())


def _says_what_is_called(rest: str) -> bool:
    return _is_enough_to_be_called(rest) and not INTRODUCES.search(rest)


def _leads_to_a_name(rest: str) -> bool:
    """What a name closes: "…，这就是 X", "由词到文档的映射就是 X"."""
    last = [*_clauses(rest)][-1:]
    subject = last[0].strip() if last else ""
    return (
        len(rest) > LEAST
        and not POINTS.search(subject)
        and (subject.startswith(("这", "此")) or "的" in subject or rest.rstrip().endswith(","))
    )
