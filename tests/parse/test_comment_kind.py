"""What readers write below a lesson, and what each of it is."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8snotes.parse import comment_kind as comment_kind_rules
from k8snotes.parse.comment_kind import comment_kind

# A rule, and what it begins with, written in front of it.
LED_RULE = re.compile(
    r"\(\?-i:\[[^]]+\]\)\(\?<=\(\?=(?P<led>.+)\)\[\\s\\S\]\)|\(\?=\[[^]]+\]\)(?P<looked_ahead>.+)", re.DOTALL
)

QUESTIONS = [
    "老师，糙米泡多久合适？",
    "请问砂锅能上电磁炉吗",
    "请教一下，锅盖要不要留缝",
    "电饭煲的内胆掉漆了还能用么",
    "米和水的比例到底怎么定呢，书上写的都不一样",
    "锅巴是不是火太大造成的",
    "有没有适合新手的菜谱",
    "高原上焖饭该怎么办",
    "不太明白为什么要静置十分钟",
    "没看懂水线那张图",
    "想问下，陈米要不要多加水",
    "有个疑问，浸泡的水要倒掉吗",
    "老师，新锅怎么开锅",
    "老师您好，铁锅生锈了如何处理",
    "学到了很多，感谢老师！\n还想请教：糯米要泡吗？",
    "打卡第三天。\n顺便问一下，焖饭时能开盖吗？",
    "谁知道哪里能买到这种锅",
    "有人遇到过夹生的情况吗",
    "不知道怎么判断饭熟了",
    "想知道压力锅算不算作弊",
    "问题1：水要漫过米多少？\n问题2：火要几成？",
    "思考题没看懂，老师能再讲讲吗？",
    "您说的“慢火”是多慢？",
    "能不能讲讲杂粮饭",
    "老師，請問圓底的砂鍋可以嗎",
    "這裡沒看懂，為什麼要等十分鐘呢",
    "是否每次都要把米淘三遍",
    "为什么我焖的饭总是糊底",
    "求推荐一口好锅",
    "课程什么时候更新啊",
    "答案里说先泡米，请问冬天也要泡吗？",
    "锅里放 `kettle?` 我懂，可放油是为什么呢",
    "这个和上一讲说的一样吗？感觉不同。",
    "加了 20% 的水还是硬，哪里出了问题呢？",
    "how long should I wait?",
    "能讲下蒸汽的原理么？谢谢",
    # to whom it is said stands behind it
    "砂锅能上电磁炉吗老师",
    "老师什么时候讲煲汤",
    "老师这口锅是用什么擦的，真亮",
    # one or the other
    "水线是按生米算还是按泡过的米算",
    "是先放油还是先放盐，老师家里哪种多",
    # yes or no, the no at the end
    "焖到一半还能加水不",
    # a word of why, and no answer
    "为啥我的饭总是上面生下面糊，书上说不会",
    "怎么感觉泡了米反而更硬了",
    # appeals
    "希望老师解惑：水开了要不要转小火",
    "求一份详细的水量表",
    "不知从何下手，望老师指条路",
    "看了三遍还是没搞清楚浸和泡的区别",
    "哪位大神知道这是什么米",
    "如果没有盖子呢",
    "有些疑问：糙米和白米混着焖，水按哪一种算",
    "我理解的慢火就是小火，对么老师",
]
THANKS = [
    "感谢老师，讲得真好",
    "谢谢！",
    "受益匪浅",
    "干货满满，点赞",
    "👍👍👍",
    "🙏",
    "写得太好了，深入浅出",
    "醍醐灌顶，豁然开朗",
    "老师辛苦了，期待新课",
    "謝謝老師，學會了燜飯",
    "原来这不就是水线吗？谢谢老师点拨",
    "很棒的一篇，值得反复看",
    "收获满满，终于知道怎么焖饭了",
    "赞！",
    "thanks a lot",
    "支持老师！",
    "讲的很透彻，喜欢这样的文章",
    "666",
    "不错",
    "强烈建议出书，太值了",
    "太牛了！",
    "非常实用，马上回家试",
    "老师功底深厚，佩服",
    "这么难的事讲得像讲故事，佩服佩服",
    "之前的困惑全解开了！",
]
CHECK_INS = [
    "打卡",
    "打 卡 收工",
    "第 12 天",
    "day 7",
    "签到",
    "学完了，明天继续",
    "第三讲学习",
    "第二遍",
    "结课，撒花",
    "沙发",
    "前排占座",
    "mark",
    "听完第一遍，有空再听",
    "報到！打卡",
    "来报道了",
    "打卡，谢谢老师",
    "三刷",
    "刚买的课，报个到",
    "学习中……",
    "坚持第三周",
    "到此一游",
    "学完睡觉",
]
REMARKS = [
    "高原上水开得早，要靠压力。",
    "我试了三遍，第二遍最好吃。",
    "回答一下思考题：为什么要静置？让水汽回到米里。",
    "思考题：水量为什么要减？\n泡过的米已经吃了水。",
    "我的答案：先放盐还是先放油？都行。",
    "为什么呢？因为锅底离火最近。",
    "难道焖饭还要看天气？反正我不看。",
    "不管有没有基础，照着做都能熟。",
    "那么，先泡米再点火，顺序不能反。",
    "没什么，就是火大了一点。",
    "书上写着“饭为什么会糊？”，我笑了半天。",
    "地址在 https://example.com/rice?id=1 上",
    "```\nif wet ? rice : water\n```",
    "第三讲里的图有一个错别字，感谢老师",
    "感谢分享，不过水线那段写错了，是一指节不是两指节",
    "新版电饭煲支持预约，老款没有",
    "据报道今年的稻子收得早",
    "米缸放阴凉处，一般能放半年",
    "怎么说呢，各家有各家的焖法",
    "知道怎么判断生熟以后，就很少糊锅",
    "取决于是不是新米，新米少放水",
    "老师讲的是电锅，我家烧柴",
    "补充一点：泡米的水温别超过二十度，谢谢",
    "他说：「要不要掀盖子」，我没理他。",
    # understood by now
    "两遍没看懂，第三遍对着锅才明白水线在哪里。",
    "有些地方第一次听不懂没关系，先焖一锅再说。",
    "不懂就问是好习惯。",
    # what others ask, and what anyone does not know
    "很多人问要不要买贵的锅，我的看法是先把便宜的用好。",
    "难处在于你不知道它什么时候会糊。",
    "谁能想到最后是盖子的问题。",
    # what a sentence is about
    "能不能焖熟和好不好吃，是两码事。",
    "有没有盖子，时间差了一半。",
    # answered at once
    "为什么很多人焖不好饭？根本原因是掀盖太勤。",
    "这样会糊吗？会，因为水太少。",
    # and words that only look like asking
    "到底还是年轻，空锅就敢上火。",
    "先放米还是后放米都行。",
    "后来想想，当时要是多问一句为什么就好了。",
    "向锅发出请求一个，它不理你。",
    # what is good for what is no praise of the lesson
    "这对于第一次用砂锅焖饭的人来说非常有用，铁锅就不必。",
    "不同意，火大不代表质量高，我家的灶火很小。",
    # a summary of the reader's own, whatever thanks stand beside it
    "总结：先泡米再开火，谢谢老师",
    "1. 泡米\n2. 开火\n3. 别掀盖 🙏",
    "锅",
    "",
    "慢火三十分钟，离火再等十分钟，掀开锅盖用筷子打散。" * 5 + "谢谢老师",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_reader_who_wants_to_know_something_asks_a_question(text: str) -> None:
    assert comment_kind(text) == "question"


@pytest.mark.parametrize("text", THANKS)
def test_short_praise_is_thanks(text: str) -> None:
    assert comment_kind(text) == "thanks"


@pytest.mark.parametrize("text", CHECK_INS)
def test_who_only_says_that_they_were_here_checks_in(text: str) -> None:
    assert comment_kind(text) == "checkin"


@pytest.mark.parametrize("text", REMARKS)
def test_whatever_else_a_reader_says_is_a_remark(text: str) -> None:
    assert comment_kind(text) == "remark"


# Invented comments, labelled before the rules were tried on them: kind, tab, text. The rules
# were tuned on the odd lines alone; docs/evaluation.md says how.
DATA = Path(__file__).parents[1] / "data"
TABLES = {
    name: [
        line.replace("\\n", "\n").split("\t", 1)
        for line in (DATA / f"{name}.tsv").read_text("utf-8").splitlines()
    ]
    for name in ("comment_kinds", "comment_kinds_2")
}
HALVES = {
    (name, half): rows[start::2]
    for name, rows in TABLES.items()
    for half, start in (("tuned on", 0), ("held out", 1))
}
# (precision, recall) of `question` as reached, in percent, rounded down
REACHED = {
    ("comment_kinds", "tuned on"): (97, 100),
    ("comment_kinds", "held out"): (95, 85),
    ("comment_kinds_2", "tuned on"): (100, 100),
    ("comment_kinds_2", "held out"): (100, 90),
}


def shares(half: tuple[str, str], kind: str) -> tuple[float, float]:
    """Precision and recall of a kind, in percent."""
    found = [(label, comment_kind(text)) for label, text in HALVES[half]]
    right = found.count((kind, kind))
    claimed = sum(said == kind for _, said in found)
    return 100 * right / max(claimed, 1), 100 * right / sum(label == kind for label, _ in found)


def test_the_tables_hold_all_kinds_in_both_halves() -> None:
    assert all(len(rows) >= 200 for rows in TABLES.values())
    for rows in HALVES.values():
        assert {label for label, _ in rows} == {"question", "thanks", "checkin", "remark"}


@pytest.mark.parametrize("half", HALVES)
def test_questions_are_found_no_worse_than_was_reached(half: tuple[str, str]) -> None:
    for kind in ("question", "thanks", "checkin", "remark"):
        print("{}: {}: precision {:.1f}, recall {:.1f}".format(half, kind, *shares(half, kind)))
    precision, recall = shares(half, "question")

    assert precision >= REACHED[half][0]
    assert recall >= REACHED[half][1]


LED = {
    name: (led, match["led"] or match["looked_ahead"])
    for name, led in vars(comment_kind_rules).items()
    if isinstance(led, re.Pattern) and (match := LED_RULE.fullmatch(led.pattern))
}


@pytest.mark.parametrize("name", LED)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_whatever_a_rule_describes_begins_as_it_expects(name: str, data: st.DataObject) -> None:
    led, rule = LED[name]

    text = data.draw(st.from_regex(re.compile(rule, led.flags)))

    assert led.search(text)


def test_all_rules_that_expect_a_beginning_are_tested() -> None:
    assert len(LED) == 7
