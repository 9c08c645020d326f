"""Numerals as titles write them: digits, and Chinese ones below 1,000."""

HAN_NUMERAL = r"[零〇一二两三四五六七八九十百]{1,6}"
NUMERAL = rf"(?:\d{{1,4}}|{HAN_NUMERAL})"
# What is counted, so that a number before it is no lesson's: "5 分钟上手", "3种办法", "10 大算法". Many of
# these begin words of their own, which are no measures: "12 分布式", "16 位图", "15 大数据", "14日志".
MEASURE = (
    r"(?:年(?![轮会])|月|日(?![志程记])|号(?!称)|个(?![人性体])|种(?![子草])|条(?![件码])|步|小时|岁|万|篇|款|倍|代(?![码理价数])"
    r"|大(?!数据|模型|文件|规模|流量|事务|对象|前端|并发|[型小家促厂屏表])|招(?![聘投])|天(?![线然平猫])|周(?![期边])"
    r"|分(?![布析类区组支层片治享别发页词配量裂库表割级段辨母流叉工批离])|秒(?!杀)|行(?![为业锁情动列])|千(?!万)|百(?![度分])"
    r"|次(?![级数])|位(?![图运置操移域])|问(?![题答])|题(?!库)|本(?![地质身机章体])|张(?![量力])|句(?![柄子])|道(?![理德])"
    r"|后(?![端台续缀门期记])|度(?!量)|级(?![联别])|世(?!界)|人(?![工脸类员机才物])|家(?![庭族])|余(?![额弦数])|折(?![叠线半])"
    r"|成(?![本员长功])|%)"
)
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}


def value_of(numeral: str) -> int:
    """The value of digits or of a Chinese numeral: 21 for "21" and "二十一", 105 for "一百零五"."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in DIGITS:
            digit = digit * 10 + DIGITS[character] if total == 0 and digit else DIGITS[character]
        else:
            total += (digit or 1) * UNITS[character]
            digit = 0
    return total + digit
