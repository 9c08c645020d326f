"""PDF to lines, page by page, by pdfium (extra `pdf`)."""

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_PAGES = 5_000
# A font may draw a character and its radical with one glyph, and a printer then writes the radical
# (U+2F00 for 一); pdfium has marks of its own for a hyphen at a line's end. One for one, no column moves.
MISTAKEN = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))
} | {0x02: "-", 0xFFFE: "-"}


class BrokenPdf(ValueError):
    """The file is no PDF that can be read; the message says why and what helps."""


class NeedsExtra(ImportError):
    """The package that reads this is not installed."""


class Page(NamedTuple):
    number: int  # from 1
    lines: tuple[str, ...]


def pages(document: bytes) -> Iterator[Page]:
    r"""The pages' text lines; a form feed that separates two pages is part of neither.

    Raises:
        BrokenPdf: it is broken, encrypted, or has no text at all.
        NeedsExtra: pypdfium2 is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise NeedsExtra("pdf") from error
    try:
        pdf = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError as error:
        reason = str(error).casefold()
        if "password" in reason:
            raise BrokenPdf("an encrypted PDF; save a copy without a password") from error
        raise BrokenPdf("a broken PDF; print or download it again") from error
    try:
        yield from _read(pdf)
    finally:
        pdf.close()


def _read(pdf: Any) -> Iterator[Page]:  # a pypdfium2.PdfDocument
    has_text = False
    for index in range(min(len(pdf), MOST_PAGES)):
        page = pdf[index]
        textpage = page.get_textpage()
        text = textpage.get_text_bounded()
        textpage.close()
        page.close()
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(MISTAKEN)
        lines = tuple(line.rstrip() for line in text.split("\n"))
        has_text = has_text or any(line.strip() for line in lines)
        yield Page(index + 1, lines)
    if not has_text:
        raise BrokenPdf("a PDF without text, a scan perhaps; run OCR over it first (ocrmypdf)")
