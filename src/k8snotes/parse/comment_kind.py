"""What a reader's comment is: a question, thanks, a check-in or a remark, by rules in the open."""

import re

from k8snotes.model.lesson import CommentKind

# Not the reader's own asking: addresses, code, and what is quoted from others.
NOT_ASKED = re.compile(r"https?://\S+|```.*?(?:```|$)|`[^`]*`|“[^”]*”|「[^」]*」|\"[^\"\n]*\"", re.DOTALL)

ASKS = re.compile(
    r"[?？]"
    r"|请问|请教|求教|求解|求助|想问|问一下|问下|咨询|有个疑问|有个问题|不明白|不太明白|没明白|想不通|没想通"
    r"|(?:吗|么|嘛)(?=[，。！,!~～…\s]|$)"
    r"|(?:能否|可否|能不能|可不可以|是不是|有没有|会不会|要不要|该不该|该怎么|怎么办|怎么解决|怎么理解|如何理解|什么时候能|啥时候)"
    r"|(?:为什么|为何|怎么|如何|哪(?:个|些|里|种)|什么|多少|多久)[^，。！,!\n]{0,24}(?:呢|啊|呀)(?=[，。！,!\s]|$)"
)
# What sounds like asking and is not: an answer to the author's homework, an echo of a headline.
ANSWERS = re.compile(r"(?:^|\n)\s*(?:回答|答案|我的答案|思考题|问题\s*[\d一二三]?\s*[：:]|答\s*[：:])")
RHETORICAL = re.compile(r"(?:怎么说呢|是什么呢|为什么呢|何尝不是|岂不是|不是吗|对吧|是吧)[?？]?")

CHECKS_IN = re.compile(
    r"打\s*卡|签到|报到|报道|结课|完结|(?:学|听|读|看|追|刷|学习)完(?:了|啦|毕|$|[，。！])|第\s*[\d一二三四五六七八九十]+\s*(?:天|讲|课|遍)"
    r"|\bday\s*\d+|沙发|前排|mark\b|插眼|占座",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"感谢|感恩|谢谢|多谢|谢了|谢啦|致谢|辛苦了|受益|收获|收货|受教|赞|点个?👍|👍|🙏|👏|🌹|❤|牛[逼批啊X]|厉害|太棒|很棒|真棒|真好|讲[的得](?:真|太|很|特别)?(?:好|透|清)"
    r"|干货|醍醐灌顶|茅塞顿开|豁然开朗|超值|值得|支持|期待|喜欢|出书|\bthanks?\b|\bthx\b|学到了",
    re.IGNORECASE,
)
# The rules read traditional characters too; only those that they mention need a counterpart.
TRADITIONAL_CUES = str.maketrans(
    "請問謝謝感恩學習讀聽嗎麼為這裡個時過難辦問題獲貨讚結課報簽當們裏哪幾會該應歡書點",
    "请问谢谢感恩学习读听吗么为这里个时过难办问题获货赞结课报签当们里哪几会该应欢书点",
)
# Longer than this, a comment says something of its own besides its thanks.
LONGEST_CHECK_IN = 60
LONGEST_THANKS = 90


def comment_kind(text: str) -> CommentKind:
    """The first rule that applies, in this order: question, check-in, thanks; else a remark."""
    simplified = text.translate(TRADITIONAL_CUES)
    own = RHETORICAL.sub("", NOT_ASKED.sub("", simplified))
    if ASKS.search(own) and not ANSWERS.search(own):
        return "question"
    length = len(re.sub(r"\s", "", text))
    if length <= LONGEST_CHECK_IN and CHECKS_IN.search(own):
        return "checkin"
    if length <= LONGEST_THANKS and THANKS.search(own):
        return "thanks"
    return "remark"
