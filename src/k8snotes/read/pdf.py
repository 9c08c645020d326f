"""PDF to lines, page by page, by pdfium (extra `pdf`)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from k8snotes.model.source import Look
from k8snotes.read.pdf_lines import Indent, PageText, indented
from k8snotes.read.pdf_tags import Tags
from k8snotes.speech import Message

MOST_PAGES = 5_000


class BrokenPdf(ValueError):
    """The file is no PDF that can be read; the message says why and what helps."""

    def __init__(self, msgid: str, /, **values: object) -> None:
        super().__init__(Message(msgid, **values))


class NeedsExtra(ImportError):
    """The package that reads this is not installed."""


class Page(NamedTuple):
    number: int  # from 1
    lines: tuple[str, ...]
    looks: tuple[Look | None, ...]  # of each line; None: it is blank


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
    except pypdfium2.PdfiumError as error:  # of a page
        raise BrokenPdf("a PDF with a broken page; print or download it again") from error
    finally:
        pdf.close()


def _read(pdf: Any) -> Iterator[Page]:  # a pypdfium2.PdfDocument
    from pypdfium2 import raw

    if len(pdf) > MOST_PAGES:
        raise BrokenPdf("a PDF of more than {most:,} pages; split it into lessons", most=MOST_PAGES)
    tags = Tags(raw)
    has_text = False
    above: Indent | None = None
    for index in range(len(pdf)):
        page = pdf[index]
        textpage = page.get_textpage()
        found, above = indented(PageText(raw, textpage, tags.of(page)).lines(), above)
        textpage.close()
        page.close()
        has_text = has_text or any(line.look for line in found)
        yield Page(index + 1, tuple(line.string for line in found), tuple(line.look for line in found))
    if not has_text:
        raise BrokenPdf("a PDF without text, a scan perhaps; run OCR over it first (ocrmypdf)")
