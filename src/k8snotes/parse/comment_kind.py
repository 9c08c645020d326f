"""What a reader's comment is: a question, thanks, a check-in or a remark, by rules in the open.

What is not the reader's own asking is taken out first (code, quotations, rhetorical
questions, questions that the reader answers); what is left asks by its words or marks.
"""

import re

from k8snotes.model.lesson import CommentKind

CLAUSE = r"(?<![^，。！？!?\n])"  # its beginning
# A clause ends at a mark, at the end, or before the one it is said to: "可能吗老师".
END = r"(?=[，。！？：,!?:~～…；;）)\s]|(?:老师|各位|大家|大佬|呀|呢|啊)?\Z|老师)"
WHY = r"(?:为什么|为啥|为何|咋|怎么)"
WHICH = "哪[个些里种儿本门款家位一几边方块步条篇节讲样]"
WH = rf"(?:为什么|为啥|为何|怎么|咋|如何|{WHICH}|什么时候|啥时候|多少|多久)"
A_NOT_A = (
    r"(?:能否|可否|是否|能不能|可不可以|是不是|有没有|有木有|会不会|要不要|该不该|对不对|行不行"
    r"|算不算|够不够|值不值)"
)

VERB_NOT_VERB = "|".join(f"{verb}不{verb}" for verb in "算能会是对好行用")


def led_by(first: str, rule: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The rule, for `search`, which begins with one of the characters `first` wherever it applies.

    A pattern that begins with a set of characters passes over all others several times faster than
    one that begins with alternatives: so it takes one, and the rule looks from before it.
    """
    return re.compile(rf"(?-i:[{first}])(?<=(?={rule})[\s\S])", flags)


# Addresses, code, and what is quoted from others.
NOT_OWN = re.compile(
    r"https?://\S+|```.*?(?:```|\Z)|`[^`]*`|“[^“”]*”|「[^「」]*」|《[^《》]*》|\"[^\"\n]*\"|^[ \t]*>[^\n]*",
    re.DOTALL | re.MULTILINE,
)
MARK_OF_ANOTHER = re.compile(r"[:`“「《\">]")  # which any of these has
# What went wrong, told to the author, asks for help without a word of asking.
FAILS = r"(?:报错|卡住|失败|起不来|跑不(?:起来|通)|连不上|装不上|打不开|没有?反应|不生效)"
# What sounds like asking and is not.
GOES_ON = (
    r"[？?]\s*(?=因为|答案|(?:根本|主要|真正的?|最大的?)?原因|答[：:]|很简单|当然|其实|我认为|我觉得|我的(?:理解|看法|答案)"
    r"|无非|说白了|说到底|归根|本质上|主要是|关键在|[一因]是)"
)
SAYS_YES_OR_NO = r"[？?]\s*(?=(?:不?能|不?会|不?可以|不?是的?|不?行|肯定|当然)[，。,！!])"
ANSWERED = (
    # what the reader goes on to answer: "为什么呢？因为……"
    rf"{CLAUSE}[^，。！？!?\n]{{0,60}}{GOES_ON}"
    # "能不能回滚？能，但是……"
    rf"|[^，。！？!?\n]{{0,30}}{A_NOT_A}[^。！？!?\n]{{0,30}}{SAYS_YES_OR_NO}"
    rf"|{CLAUSE}[^，。！？!?\n]{{0,40}}[吗么]{SAYS_YES_OR_NO}"
)
SAID_BY_OTHERS = (
    # what others asked: "面试被问到：为什么……？", "很多人问要不要……"
    r"(?:被(?:人)?问[到过及]?|(?:老师|面试官?|[有别]人|(?:很|好)多人|不少人|(?:有|很多|不少)?(?:同学|朋友|读者|网友|新人)|同事|领导|老板)"
    r"(?:们)?(?:常|经常|总|曾|老是?|上次|在文末|还|也)?问(?![一下个题]))"
    r"[^，。！？!?\n]{0,40}[？?]?"
    # a wish in the form of a question: "提个建议，能否……"
    r"|(?:提个?|一个|有个?|几[点个])(?:小)?建议[，,：:][^。？?\n]*(?![？?])|有没有可能[，,](?![^\n]*[？?])"
)
# "这不就是缓存吗？"
SAYS_OTHERWISE = (
    r"(?:难道|岂不|何尝不|何必|不就是|不正是|不香|谁说|谁不|谁敢|谁能(?:想到|料)|谁[曾料]|你以为)"
)
RHETORICAL = rf"{CLAUSE}[^，。！？!?\n]{{0,30}}{SAYS_OTHERWISE}[^，。！？!?\n]{{0,30}}[？?]?"
NOT_UNKNOWN = (
    r"(?:怎么说呢|不是吗|对吧|是吧|可不是|有木有|什么鬼)[？?]?"
    # known by now: "终于知道怎么用了"; but "不知道怎么用", "想知道怎么用" ask
    r"|(?<![不没想能太谁])(?:知道|明白|搞懂|弄懂|理解|了解|学会|清楚|讲(?:清|透|述|解|了)|介绍)了?[^，。！？!?\n]{0,8}"
    rf"(?:{WH}|{A_NOT_A}|什么)[^，。！？!?\n]{{0,20}}{END}(?![？?])"
    # not understood once, but by now; or by others, which is no matter: "第三遍才明白", "听不懂没关系"
    rf"|(?:没(?:太|有)?(?:看|听|搞|弄|想)?|不(?:太|是很|大)?|[看听搞想]不)(?:明白|懂|理解|通|清楚)[^。？?\n]{{0,40}}?"
    r"(?:才|终于|总算|现在|后来|原来|一下子?|瞬间)[^。？?\n]{0,12}?(?:明白|懂|理解|通|清楚|解开|悟)了?"
    r"|[不没][^，。！？!?\n]{0,4}(?:懂|明白|理解)[^。！？!?\n]{0,6}(?:没关系|不要紧|很正常|也正常|无所谓)"
    r"|(?:以前|之前|从前|曾经|当初|一直以来|原来)[^。？?\n]{0,16}(?:不|没)[^，。？?\n]{0,4}(?:懂|明白|理解|清楚)"
    r"|(?:疑问|疑惑|困惑)[^，。！？!?\n]{0,6}(?:解开|解决|解答|消除|没了|清楚了)"
    # anyone's not knowing: "在于你不知道它什么时候会出问题"
    rf"|你(?:永远|也|都|根本|并)?不知道[^，。！？!?\n]{{0,10}}(?:{WH}|什么)[^，。！？!?\n]{{0,20}}"
    # what a sentence is about: "能不能跑和能不能维护，是两码事"
    rf"|{A_NOT_A}[^。！？!?\n]{{0,24}}(?:是(?:两码事|一回事|另一回事|关键)|很重要|不重要|取决于|(?:要|得|就|全)看|另说|才是"
    r"|差(?:了|别|距)|区别(?:很|巨|不)大|影响)"
    rf"|{A_NOT_A}[^，。！？!?\n]{{0,10}}就(?:不|尽量)"
    # a condition: "不管有没有基础", "看看能不能"
    rf"|(?:不管|无论|不论|取决于|看看?|判断|检查|决定|试试|与其问?)[^，。！？!?\n]{{0,12}}(?:{WH}|{A_NOT_A}|什么)(?![^，。！\n]{{0,30}}[？?])"
)
NOT_ASKED = re.compile(f"{ANSWERED}|{SAID_BY_OTHERS}|{RHETORICAL}|{NOT_UNKNOWN}")
# The rules that look far ahead for a mark take longer than all others, and few texts have the mark.
NEEDED_BY_SLOW_RULES = led_by("？?难岂何不谁你", f"{GOES_ON}|{SAYS_YES_OR_NO}|{SAYS_OTHERWISE}")
NOT_ASKED_AT_ONCE = re.compile(
    "(?=[被老面有别很好不同朋读网新领提一几怎对是可什知明搞弄理了学清讲介没看听想以之从曾当原疑困你能会要该行算够值无取判检决试与])"
    f"(?:{SAID_BY_OTHERS}|{NOT_UNKNOWN})"
)
ASKS = led_by(
    "?？请求咨想有还一几的问不没吗么能可是要会该对行算够值谁哪为咋如什啥多怎到干确疑困麻帮老作您你希盼望给搞弄看理假万那些",
    r"[?？]"
    r"|请问|请教|求教|求解|求助|求指[点导教]|求推荐|求大[佬神]|求分享|(?<![请要需追])求(?:一[份个张下篇本]|个|份)|求解答|求指正|想问|(?<![多少再])问一下|(?<![多少再])问一句|问下|问个|咨询|想确认|确认一?下|(?:有个?|有点|还有|一个|几个|一?些|的)(?:小)?(?:疑问|疑惑|困惑)|有个(?:小)?问题|想请"
    r"|(?:麻烦|帮忙?)(?:问|请|您|(?:老师|大家|大佬)?(?:帮|给)?(?:看看|看一?下|解答|解释))|请(?:老师|您|大家|大佬们?)?(?:指正|指点|解答|解惑|赐教)"
    r"|不(?:太|是很|大|怎么|够)?(?:明白|理解|懂|清楚)(?!的|就问|装懂)|不(?:太|是很|大)确定(?!的|性)"
    r"|没(?:太|有|怎么|完全|能)?(?:看|听|搞|弄|想|整)?(?:明白|懂|清楚|通|理解)(?!的)|[想搞弄看理](?:解)?不(?:通|明白|清楚?|懂|了)(?!的)"
    rf"|(?:吗|(?<![什那这怎要多甚])么){END}"
    rf"|{A_NOT_A}"
    r"|该怎么|[怎咋]么?(?:办|整)(?!法)|怎么(?:解决|理解|处理)|如何理解|谁(?:能|知道)|哪位[^，。！!\n]{0,6}(?:知道|遇到|能|可以|有)|哪位(?:同学|大佬|老师)|有人(?:知道|遇到)"
    r"|(?:希望|盼|望)(?:老师|作者|大家|大佬|各位)?[^，。！!\n]{0,4}(?:解惑|解答|指点|指教|答疑|释疑|指[条个]路)|给[^，。！!\n]{0,4}(?:点|个|些)?提示[呗吧下]"
    rf"|不知道?[^，。！!\n]{{0,8}}{WH}|想(?:知道|了解)[^，。！!\n]{{0,8}}(?:{WH}|什么|{VERB_NOT_VERB})"
    rf"|{WH}[^，。！,!\n]{{0,24}}(?:呢|啊|呀){END}"
    r"|(?:如果|要是|假如|万一|那)[^，。！!？?\n]{1,20}呢(?:$|[？?])"
    r"|老师[^，。！!\n]{0,16}(?:是|用|叫|有)(?:什么|啥)(?![都也])"
    rf"|(?:老师|作者|您|你)(?:您?好)?[，,：:！!\s]+[^。！!\n]{{0,40}}{WH}(?!.{{0,12}}了)"
    rf"|(?:老师|作者)\s*(?:为什么|为啥|什么时候|啥时候|怎么看|咋看|有没有|会不会|能不能)(?![^。\n]*(?:因为|原因))"
    rf"|^{WH}[^，。！!\n]{{2,40}}$|^{WHY}(?!说)(?![^\n]*(?:因为|原因|答案|所以))[^。！!：:；;\n]{{4,60}}(?:…+|\.{{3,}})?$"
    # "到底拆多细才合适", "还要缓存干嘛", "有啥不同"
    r"|到底(?:[^，。！!\n]{0,12}(?:多(?!少人)|怎|什么|啥|哪|谁)|[^，。！!\n]{1,16}还是)|干(?:嘛|啥)(?:用|的)?(?:$|[？?])"
    r"|有(?:什么|啥|哪些)(?:不同|区别|差别|关系|好处|坏处|影响|意义|办法)"
    # a line that ends in its asking, without a mark: "应该从什么地方查起"
    rf"|(?<![没论管就])(?:{WH}|怎样|什么|啥)(?![都也])[^，。！,!；;：:\n]{{0,14}}$"
    rf"|老师[^。！!\n]{{0,30}}{FAILS}",
    re.MULTILINE,
)
# One or the other: "按流量算还是按用户算".
OR = "还是"
EITHER = re.compile(
    rf"(?<![不论管])(?P<either>是|按|先|用|该|要|从|靠|选|走|算|去|在|放|写)[^，。！!？?；;\n]{{1,24}}?{OR}(?P=either)"
    rf"[^，。！!？?；;\n]{{1,24}}$|(?<![不论管])是[^，。！!？?；;\n]{{1,24}}{OR}[^，。！!？?；;\n]{{1,24}}$",
    re.MULTILINE,
)
# Yes or no, the no at the end: "还能收到事件不".
NO_AT_THE_END = re.compile(r"(?:能|会|可以|敢|要|有|行|对|用)[^，。！!？?；;\n]{0,16}不$", re.MULTILINE)
NO_BEFORE_A_LINE_ENDS = re.compile(r"不(?:\n|\Z)")
# Homework that the author gave, told from the reader's own questions by the answer beside it.
ANSWER = (
    r"[^\S\n]*+(?:(?:我的?)?(?:回答|答案|思考题|课后题|作业)"
    r"\s*+(?:一下)?\s*+(?:\d|[一二三]|答案|作业|老师的?问题|思考题|问题)*\s*+[：:，,。]"
    r"|我来(?:试着)?(?:回?答|说说)|关于(?:课后)?(?:思考题|作业|课后题)[，,：:]"
    r"|(?:我的?(?:答案|回答|理解)|试着?(?:回?答)|答)\s*+(?:是|一下|如下)?[：:，,])"
)
BEGINS_WITH_ANSWER = re.compile(ANSWER)
ANSWERS_BELOW = re.compile("\n" + ANSWER)
ASKS_ANYWAY = re.compile(
    r"没看懂|没懂|没明白|不太(?:懂|明白|理解)|请问|请教|想问|问一下|求解|求教|老师[^。！!\n]{0,40}[吗？?]"
)

CHECKS_IN = led_by(
    "打补签报来结完学听读看追刷第dD跟赶坚已",
    r"打\s*卡|补卡|签到|报个?到|来报道|结课|完结|(?:学|听|读|看|追|刷|学习)完(?:了|啦|毕|第|$|[，。！!])"
    r"|第\s*[\d一二三四五六七八九十百]+\s*天|\bday\s*\d+|(?:追|跟|赶)上了?(?:进度|大家|更新)|坚持(?:学习|看|听|到)|已(?:学|读|阅|看)(?:习)?(?:完|$|[，。！!])"
    r"|(?:学|听|读|看)完(?:就|去)?(?:睡|收工|下班|休息)",
    re.IGNORECASE,
)
BEGINS_AS_CHECK_IN = re.compile(
    r"\W*(?:报道|第\s*[\d一二三四五六七八九十]+\s*(?:讲|课|遍|章|节|篇|次|天|周)\W*(?:$|已?学|听|读|看|刷|完|复习|来)"
    r"|[一二两三四五六七八九十\d]{1,2}刷\W*$|(?:持续|继续|正在)?学习中\W*$|坚持第\S{1,3}[天周月]\W*$"
    r"|到此一游|路过|冒泡|飘过|沙发|前排|插眼|占座|占个?位|mark\b|马克|来了|学习了?|留名)",
    re.IGNORECASE,
)
THANKS = led_by(
    "感谢多致拜鸣辛受收学涨长点赞很真超太大个👍🙏👏🌹❤💪牛厉最讲写通深浅清言干醍茅豁恍如物值买支喜期出不精给佩膜良诚爱胜有启推打开拼最真很超tTnNgG6",
    r"感谢|感恩|谢谢|多谢|谢了|谢啦|致谢|拜谢|鸣谢|辛苦了|受益|受教|收获(?!取)|收货|学到(?:了|很多|不少)|涨知识|长知识"
    r"|佩服|膜拜|拜读|良心|诚意|爱了|胜读|(?:最|真|太|很|超)值|有(?:所)?启发|启发很?大|推荐给|打开了?(?:思路|眼界|新世界)|开眼界"
    r"|点赞|赞[！!~～。，,\s👍]|赞$|(?:很|真|超|太|大|个)赞|👍|🙏|👏|🌹|❤|💪|牛[逼批啊X!！]|牛$|厉害|(?:太|很|真|最)棒|真好"
    r"|讲[的得](?:真|太|很|非常|特别|实在是?)?(?:好|透|清|明白|精彩|棒)|写[的得](?:真|太|很|非常|特别)?(?:好|透|清|明白|精彩|棒)"
    r"|通俗易懂|深入浅出|浅显易懂|清晰易懂|言简意赅|干货|醍醐灌顶|茅塞顿开|豁然开朗|恍然大悟|如沐春风|超值|物超所值|物有所值|太?值了"
    r"|买得值|值得(?:[，。！!~]|$|一看|推荐|反复|购买|再|拥有|收藏|好好|学习|多)|支持(?:老师|作者|一下|！|!|$)|喜欢(?:老师|作者|这|您|听|$)"
    r"|(?<!符合)(?<![的所])期待(?![值的])|出书|\bthanks?\b|\bthank you\b|\bthx\b"
    r"|(?:不错|很好|精彩|给力|nice|good|great|(?<!6)666++)"
    r"[！!。~\s]*$",
    re.IGNORECASE,
)
# How good it is: an adverb of degree and what is said of good teaching, or what it did to the reader.
# Things are praised in the same words, so half of a comment must be praise to be one.
PRAISES = led_by(
    "太真很非特超最十极相实值文功质水一瞬终全都",
    r"(?:太|真的?|很|非常|特别|超级?|最|十分|极其|相当|实在)(?:是|的)?"
    r"(?:牛|强|赞|棒|好看|精彩|透彻|到位|实用|扎实|用心|受用|详细|详尽|有用|给力|厉害|舒服|精辟|深刻|贴切|清楚|清晰|易懂|有帮助|过瘾|享受)"
    r"|值回|(?:文笔|功底|功力|质量|水平|水准)(?:真|很|太|非常|极)?(?:好|高|深厚|扎实|了得|棒)"
    r"|(?:一下子?|瞬间|终于|全|都)(?:就|给)?(?:通了|懂了|明白了|清楚了|解开了?|打通了?|补上了)",
)
CLAUSE_MARK = re.compile(r"[，。！!？?~～…；;,\s]+")
# Thanks that come with something to say are a remark.
SAYS_MORE = led_by(
    "错勘笔写打有纠报补但不然建",
    r"错别字|勘误|笔误|[写打]错|有误|(?<!感谢)(?<!谢谢)纠正|报错|补充|但是|不过(?!瘾)|然而|建议(?!出书|大家|收藏|反复|多)",
)
# A reader's own summary: a list of several items, or what says that it is one.
SUMS_UP = re.compile(
    r"^\W{0,8}+总结[ \t]*+[：:\n]|(?:^[ \t]*(?:\d{1,2}[.、)）]|[-*])[ \t]*\S[^\n]*\n?){2}", re.MULTILINE
)
# The rules read traditional characters too; only those that they mention need a counterpart.
TRADITIONAL = (
    "請問謝學習讀聽嗎麼為這裡個時過難辦題獲貨讚結課報簽當裏幾會該歡書點講還沒對無論來麽種兒寫實誰補錯誤筆議瞭導薦諮詢處決開淺"
    "顯馬發頓給復覆說甚紹節閱試長嘗堅畢於厲緩風買鳴礎簡爲豈幹業師覺後贊擁購別頂賅漲檢認佔籤癮斷糾單終識"
)
SIMPLIFIED = (
    "请问谢学习读听吗么为这里个时过难办题获货赞结课报签当里几会该欢书点讲还没对无论来么种儿写实谁补错误笔议了导荐咨询处决开浅"
    "显马发顿给复复说什绍节阅试长尝坚毕于厉缓风买鸣础简为岂干业师觉后赞拥购别顶赅涨检认占签瘾断纠单终识"
)
TRADITIONAL_CUES = str.maketrans(TRADITIONAL, SIMPLIFIED)
HAS_TRADITIONAL_CUE = re.compile(f"[{TRADITIONAL}]")
# What a comment is shows in its first pages; the site takes 2,000 characters.
LOOKED_AT = 4_000
# Longer than this, a comment says something of its own besides its thanks.
LONGEST_CHECK_IN = 60
LONGEST_THANKS = 90
LONGEST_PRAISE = 16  # a clause; a longer one tells what is good for what


def comment_kind(text: str) -> CommentKind:
    """The first rule that applies, in this order: question, check-in, thanks; else a remark."""
    own = text[:LOOKED_AT]
    if HAS_TRADITIONAL_CUE.search(own):
        own = own.translate(TRADITIONAL_CUES)
    if MARK_OF_ANOTHER.search(own):
        own = NOT_OWN.sub(" ", own)
    if _asks(own):
        not_asked = NOT_ASKED if NEEDED_BY_SLOW_RULES.search(own) else NOT_ASKED_AT_ONCE
        asking, left_out = not_asked.subn(" ", own)
        if (not left_out or _asks(asking)) and (not _answers(own) or ASKS_ANYWAY.search(asking)):
            return "question"
    length = len("".join(text[:LOOKED_AT].split()))
    if length > LONGEST_THANKS or SAYS_MORE.search(own) or SUMS_UP.search(own):
        return "remark"
    if length <= LONGEST_CHECK_IN and (BEGINS_AS_CHECK_IN.match(own) or CHECKS_IN.search(own)):
        return "checkin"
    return "thanks" if THANKS.search(own) or _mostly_praises(own) else "remark"


def _asks(text: str) -> bool:
    if ASKS.search(text):
        return True
    if OR in text and EITHER.search(text):
        return True
    return NO_BEFORE_A_LINE_ENDS.search(text) is not None and NO_AT_THE_END.search(text) is not None


def _answers(text: str) -> bool:
    return (BEGINS_WITH_ANSWER.match(text) or ANSWERS_BELOW.search(text)) is not None


def _mostly_praises(own: str) -> bool:
    if not PRAISES.search(own):
        return False
    clauses = [clause for clause in CLAUSE_MARK.split(own) if clause]
    praising = (len(clause) <= LONGEST_PRAISE and PRAISES.search(clause) is not None for clause in clauses)
    return sum(praising) * 2 >= max(len(clauses), 1)
