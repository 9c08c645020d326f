"""Bytes to text: byte order marks, UTF-8, then the older Chinese encodings by score."""

import codecs
import contextlib
import re
from collections import Counter

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
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an e-book"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
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


class Undecodable(ValueError):
    """The bytes are no text that we know how to read; the message says what they look like."""


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
        raise Undecodable(f"not {encoding} (byte {error.start + 1})") from error
    except UnicodeError as error:  # UTF-16 without its mark, and what else has no place to name
        raise Undecodable(f"not {encoding}") from error


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
            raise Undecodable(f"{what}, not a text")
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
    encoding = max(EVERYDAY_BYTES, key=lambda name: everyday_share(raw, name))
    if everyday_share(raw, encoding) < BELIEVABLE:
        raise Undecodable(f"neither UTF-8 (byte {first_broken + 1}) nor GB18030, Big5 or UTF-16")
    return raw.decode(encoding, errors="replace"), encoding


def everyday_share(raw: bytes, encoding: str) -> float:
    """The share of everyday characters among the non-ASCII ones of `raw`, 0 to 1.

    Bytes that are no character in that encoding count as none of them.
    """
    text = raw.decode(encoding, errors="replace")
    counts = {character: count for character, count in Counter(text).items() if character > "\x7f"}
    if not counts:
        return 0.0
    everyday = EVERYDAY_BYTES[encoding]
    common = sum(n for character, n in counts.items() if _first_byte(character, encoding) in everyday)
    return common / sum(counts.values())


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
