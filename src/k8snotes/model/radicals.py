"""Radicals and compatibility forms to the characters that they were meant for.

A font may draw a character and its radical with one glyph; a printer then writes the radical into the
PDF, as in ⽤⼾ or ⻚⾯, and no search for the word finds it. What a reader reads are the characters.
"""

import unicodedata
from functools import cache

# Of the CJK Radicals Supplement, by Unicode's EquivalentUnifiedIdeograph.txt.
SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
MEANT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# What Unicode itself decomposes into one character: Kangxi radicals, compatibility ideographs.
DECOMPOSED = ((0x2F00, 0x2FD6), (0xF900, 0xFB00))
MAINLAND = {"⼾": "户"}  # Unicode has 戶, but mainland fonts draw 户 with it


@cache
def radicals() -> dict[int, str]:
    """The character that each radical stands for, one for one, for `str.translate`."""
    points = (point for first, stop in DECOMPOSED for point in range(first, stop))
    found = {point: unicodedata.normalize("NFKC", chr(point)) for point in points}
    supplement = zip(map(ord, SUPPLEMENT), MEANT, strict=True)
    return found | dict(supplement) | {ord(radical): character for radical, character in MAINLAND.items()}
