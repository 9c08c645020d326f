"""Bytes to text: byte order marks, UTF-8, then the older Chinese encodings by score."""

import codecs

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
# First bytes of the everyday half of each character set: GB 2312 level 1 with its
# punctuation rows, Big5 level 1 with its.
EVERYDAY_BYTES = {
    "gb18030": frozenset([0xA1, 0xA3, *range(0xB0, 0xD8)]),
    "big5": frozenset(range(0xA1, 0xC7)),
}


class Undecodable(ValueError):
    """The bytes are no text that we know how to read; the message says what they look like."""


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
    lossy = raw.decode("utf-8", errors="replace")
    broken = lossy.count("\ufffd")
    good = sum(character > "\x7f" for character in lossy) - broken
    if good >= broken * GOOD_PER_BROKEN:
        return lossy, "utf-8"
    encoding = max(EVERYDAY_BYTES, key=lambda name: everyday_share(raw, name))
    if everyday_share(raw, encoding) < BELIEVABLE:
        raise Undecodable(f"neither UTF-8 (byte {first_broken + 1}) nor GB18030, Big5 or UTF-16")
    return raw.decode(encoding), encoding


def everyday_share(raw: bytes, encoding: str) -> float:
    """The share of everyday characters among the non-ASCII ones of `raw`, 0 to 1.

    0 where `raw` is not valid in that encoding at all.
    """
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    everyday = EVERYDAY_BYTES[encoding]
    return sum(_first_byte(character, encoding) in everyday for character in foreign) / len(foreign)


def _first_byte(character: str, encoding: str) -> int:
    encoded = character.encode(encoding, errors="replace")
    return encoded[0] if len(encoded) == 2 else 0


def _decode_utf16(raw: bytes) -> tuple[str, str]:
    """UTF-16 without its mark: line ends and ASCII put the zero bytes all on one side."""
    zeros_by_side = raw[0::2].count(0), raw[1::2].count(0)
    encoding = "utf-16-le" if zeros_by_side[1] > zeros_by_side[0] else "utf-16-be"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    readable = sum(character.isprintable() or character.isspace() for character in text)
    if min(zeros_by_side) or "\0" in text or readable < 0.98 * len(text):
        raise Undecodable("binary, not a text")
    return text, encoding
