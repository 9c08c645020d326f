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
        (LESSON.replace("\n", ""), "utf-16-le", "utf-16-le"),
        (LESSON.replace("\n", "").replace(" | ", "").replace("1", ""), "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL + "裏牆碁銹恒粧嫺", "cp950", "cp950"),
        (TRADITIONAL + "啲嘢喺度", "big5hkscs", "big5hkscs"),
        ("第一讲", "gb18030", "gb18030"),
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


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("コンテナは便利な仕組みですが、最初は少し難しいと思います。漢字も混ざります。" * 3, "euc-jp"),
        ("日本国憲法前文主権在民平和主義基本的人権尊重" * 3, "euc-jp"),
        ("コンテナは便利な仕組みですが、最初は少し難しいと思います。" * 3, "shift_jis"),
        ("컨테이너는 편리한 구조이지만 처음에는 조금 어렵다고 생각합니다." * 3, "euc-kr"),
        ("Контейнеры это удобно, но сначала немного сложно понять." * 3, "koi8-r"),
        ("Контейнеры это удобно, но сначала немного сложно понять." * 3, "cp1251"),
        ("Les conteneurs sont très pratiques, déjà été à l'école où ça coûte. " * 3, "latin-1"),
        ("It’s “easy” — isn’t it… " * 4, "cp1252"),
    ],
)
def test_other_languages_are_never_taken_for_chinese(text: str, codec: str) -> None:
    with pytest.raises(Undecodable, match="neither UTF-8"):
        decode(text.encode(codec))


@pytest.mark.parametrize(
    "declaration",
    [
        '<?xml version="1.0" encoding="{}"?>',
        "<html><head><meta charset={}>",
        "<html><head><META CHARSET='{}' />",
        '<head><meta http-equiv="Content-Type" content="text/html; charset={}">',
    ],
)
@pytest.mark.parametrize(
    ("name", "codec", "encoding"),
    [("gb2312", "gb18030", "gb18030"), ("GBK", "gb18030", "gb18030"), ("Big5", "big5", "big5")],
)
def test_a_page_of_few_words_is_read_in_the_encoding_that_it_says(
    declaration: str, name: str, codec: str, encoding: str
) -> None:
    page = (
        f"{declaration.format(name)}<p>冇嘢</p>"
        if codec != "big5"
        else f"{declaration.format(name)}<p>鑫</p>"
    )

    assert decode(page.encode(codec)) == (page, encoding)


@pytest.mark.parametrize("name", ["iso-8859-1", "shift_jis", "no-such-thing", "utf-8", "hex"])
def test_a_page_that_says_another_encoding_is_not_believed(name: str) -> None:
    page = f'<meta charset="{name}"><p>{LESSON}</p>'

    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_good_utf_8_is_that_whatever_the_page_says() -> None:
    page = f'<meta charset="gb2312"><p>{LESSON}</p>'

    assert decode(page.encode()) == (page, "utf-8")
