"""Bytes of every encoding that lessons come in, whole, cut and broken."""

import random

import pytest

from k8snotes.read.decode import Undecodable, decode

LESSON = "第一讲 | 水线：一指节是多深\n\n一般来说，没过一节手指就够，米是一年的新米，水是一瓢井水。\n"
TRADITIONAL = "第一講 | 水線：一指節是多深\n\n一般來說，沒過一節手指就夠，米是一年的新米，水是一瓢井水。\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (LESSON, "utf-8", "utf-8"),
        (LESSON, "utf-8-sig", "utf-8"),
        (LESSON, "gbk", "gb18030"),
        (LESSON, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (LESSON, "utf-16", "utf-16-le"),
        (LESSON, "utf-16-le", "utf-16-le"),
        (LESSON, "utf-16-be", "utf-16-be"),
        (LESSON, "utf-32", "utf-32-le"),
        ("plain ascii\n", "ascii", "utf-8"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text, encoding)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_text_cut_anywhere_is_read_up_to_there(codec: str) -> None:
    raw = LESSON.encode(codec)

    for stop in range(len("第一讲 | 水".encode(codec)), len(raw)):
        text, encoding = decode(raw[:stop])
        assert encoding == codec
        assert LESSON.startswith(text.rstrip("\ufffd"))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_broken_byte_costs_its_character_and_no_more(codec: str) -> None:
    raw = bytearray((LESSON * 20).encode(codec))
    raw[len(raw) // 2] = 0xFF

    text, encoding = decode(bytes(raw))

    assert encoding == codec
    assert text.count("\ufffd") <= 3
    assert text.startswith(LESSON)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04", "an e-book"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (
            LESSON.encode("latin-1", errors="replace") + "déjà vu, où être là, façade".encode("latin-1"),
            "neither UTF-8",
        ),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, what: str) -> None:
    with pytest.raises(Undecodable, match=what):
        decode(raw)


def test_noise_is_never_taken_for_a_text() -> None:
    noise = random.Random(7)

    for length in (200, 2000):
        for _ in range(50):
            with pytest.raises(Undecodable):
                decode(b"\xff" + noise.randbytes(length))
