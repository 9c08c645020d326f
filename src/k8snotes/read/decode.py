"""Bytes to text: byte order marks, UTF-8, then the older Chinese encodings by score."""

import codecs
import contextlib
import re
from collections import Counter

from k8snotes.speech import Message

# An encoding is believed when this share of its non-ASCII characters is everyday Chinese.
# Real text has 0.9 and more; the same bytes read in the wrong encoding stay under 0.5.
BELIEVABLE = 0.75
# A UTF-8 file with a few broken bytes (cut in the middle of a character, a bad sector) is
# still UTF-8: at most one broken place in so many good multi-byte characters.
GOOD_PER_BROKEN = 50

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF-", Message("a PDF")),
    (b"PK\x03\x04", Message("a zip archive or an e-book")),
    (b"\x89PNG", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
    (b"GIF8", Message("a picture")),
    (b"\x1f\x8b", Message("a gzip archive")),
    (b"\x7fELF", Message("a program")),
)
# What a Chinese text is written in. The wrong byte order scatters it over all of Unicode.
READABLE = re.compile(r"[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
READABLE_SHARE = 0.9
# First bytes of the everyday half of each character set: GB 2312 level 1 with its
# punctuation rows, Big5 level 1 with its.
EVERYDAY_BYTES = {
    "gb18030": frozenset([0xA1, 0xA3, *range(0xB0, 0xD8)]),
    "big5": frozenset(range(0xA1, 0xC7)),
}


# A fifth of any Chinese text is these; of what is none hardly a twentieth.
LITTLE_WORDS = frozenset(
    "的一是不了在有我这個這们們来來上大为為中和地到以说說时時要就出会會可也你对對能而那得着著下之过過发發后後里裡用所人"
)
LEAST_LITTLE = 0.07
ENOUGH_HAN = 60  # characters; fewer may well be a list of names
HAN = re.compile(r"[\u4e00-\u9fff]")
# Of Big5 there are larger ones; the first that has all characters of a text is what it is in.
# UTF-16 is here for texts without a single ASCII character.
DIALECTS = {
    "gb18030": ("gb18030",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "utf-16-le": ("utf-16-le",),
    "utf-16-be": ("utf-16-be",),
}
# `<?xml … encoding="gb2312"?>`, `<meta charset=gbk>`, `content="text/html; charset=big5"`
DECLARED = re.compile(
    rb"(?:<\?xml\b[^>]*?\bencoding|<meta\b[^>]*?\bcharset)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,20})",
    re.IGNORECASE,
)
DECLARED_WITHIN = 2048  # bytes; where browsers look
CHINESE = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5"),
}


class Undecodable(ValueError):
    """The bytes are no text that we know how to read; the message says what they look like."""

    def __init__(self, msgid: str, /, **values: object) -> None:
        super().__init__(Message(msgid, **values))


def codec_named(name: str) -> str:
    """The name that Python has for the encoding called `name`: "gbk" for "cp936".

    Raises:
        LookupError: there is none, or it does not turn bytes into text ("hex", "zip").
    """
    try:
        found = codecs.lookup(name).name
    except ValueError as error:  # a name that is no text itself
        raise LookupError(name) from error
    with contextlib.suppress(UnicodeError):  # half a character of UTF-16, but UTF-16
        b"a".decode(found)
    return found


def decode_as(raw: bytes, encoding: str) -> str:
    """The text of `raw` without its byte order mark, read to the letter.

    Raises:
        Undecodable: `raw` is not in that encoding.
    """
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Undecodable("not {encoding} (byte {byte})", encoding=encoding, byte=error.start + 1) from error
    except UnicodeError as error:  # UTF-16 without its mark, and what else has no place to name
        raise Undecodable("not {encoding}", encoding=encoding) from error


def decode(raw: bytes) -> tuple[str, str]:
    """The text of `raw` without its byte order mark, and the name of its encoding.

    Broken bytes in a text that is clearly UTF-8 become U+FFFD.

    Raises:
        Undecodable: `raw` is binary or in an encoding that cannot be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace"), encoding
    for signature, what in SIGNATURES:
        if raw.startswith(signature):
            raise Undecodable("{what}, not a text", what=what)
    if b"\0" in raw:
        return _decode_utf16(raw)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_broken = error.start
        is_cut = error.end == len(raw) and error.reason == "unexpected end of data"
    lossy = raw.decode("utf-8", errors="replace")
    broken = lossy.count("\ufffd")
    good = sum(character > "\x7f" for character in lossy) - broken
    if good >= broken * GOOD_PER_BROKEN or (is_cut and good):
        return lossy, "utf-8"
    for encoding in DIALECTS.get(declared_encoding(raw) or "", ()):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding), encoding
    family = max(DIALECTS, key=lambda name: everyday_share(raw, name))
    if everyday_share(raw, family) < BELIEVABLE or not _has_little_words(
        raw.decode(family, errors="replace")
    ):
        raise Undecodable("neither UTF-8 (byte {byte}) nor GB18030, Big5 or UTF-16", byte=first_broken + 1)
    for encoding in DIALECTS[family]:
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding), encoding
    return raw.decode(family, errors="replace"), family


def _has_little_words(text: str) -> bool:
    """Whether a Chinese text of some length has the characters that no such text does without.

    Korean and Japanese, read as Chinese, are everyday characters too, but not these.
    """
    han = HAN.findall(text)
    return len(han) < ENOUGH_HAN or sum(character in LITTLE_WORDS for character in han) >= LEAST_LITTLE * len(
        han
    )


def declared_encoding(raw: bytes) -> str | None:
    """The Chinese encoding that a page of XML or HTML says it is in; None for any other, and for none.

    What says another one is not believed: many a page of GBK says ISO-8859-1.
    """
    match = DECLARED.search(raw[:DECLARED_WITHIN])
    return None if match is None else CHINESE.get(match[1].decode("ascii").casefold())


def everyday_share(raw: bytes, encoding: str) -> float:
    """The share of everyday characters among the non-ASCII ones of `raw`, 0 to 1.

    Bytes that are no character in that encoding count as none of them. A traditional text in a
    mainland encoding has the everyday characters of Taiwan.
    """
    text = raw.decode(encoding, errors="replace")
    counts = {character: count for character, count in Counter(text).items() if character > "\x7f"}
    if not counts:
        return 0.0
    sets = ("big5",) if encoding == "big5" else ("gb18030", "big5")
    return max(
        sum(n for character, n in counts.items() if _first_byte(character, name) in EVERYDAY_BYTES[name])
        for name in sets
    ) / sum(counts.values())


def _first_byte(character: str, encoding: str) -> int:
    encoded = character.encode(encoding, errors="replace")
    return encoded[0] if len(encoded) == 2 else 0


def _decode_utf16(raw: bytes) -> tuple[str, str]:
    """UTF-16 without its mark, in the byte order that makes it Chinese or ASCII."""
    texts = {name: raw.decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be")}
    readable = {name: len(READABLE.findall(text)) / max(len(text), 1) for name, text in texts.items()}
    encoding = max(readable, key=lambda name: readable[name])
    if readable[encoding] < READABLE_SHARE:
        raise Undecodable("binary, not a text")
    return texts[encoding], encoding
