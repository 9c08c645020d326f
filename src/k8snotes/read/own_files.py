"""What exports wrote: notes, pages over them, documents; no course texts, wherever they stand."""

import re

from k8snotes.model.document import SIGNATURES

DOCUMENTS = tuple(signature.encode() for signature in SIGNATURES.values())
MARK = b"<!-- k8snotes:note id="  # looked for first: of a text that has none each line need not be
# The line by which a note remembers its last export: its reader may have moved it anywhere.
RECORD = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*(?:- )?" + MARK + rb"[!-~]+ ", re.MULTILINE)


def is_of_ours(raw: bytes) -> bool:
    """Whether an export wrote this file."""
    return raw.startswith(DOCUMENTS) or (MARK in raw and RECORD.search(raw) is not None)
