"""Character references of HTML, decoded without losing their place."""

import re
from html import unescape
from html.entities import html5

from k8snotes.model.text import Text

# Only with the semicolon: a bare & in an address is none.
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# A browser takes some names without it too: "1 &lt 2", "前&nbsp后". What goes on in letters, digits or "="
# may be an address, and stays: "?a=1&copy=2".
SHOWN_ENTITY = re.compile(
    r"&(?:#\d{1,10};?|#[xX][0-9a-fA-F]{1,8};?|(?P<name>[A-Za-z][A-Za-z0-9]{1,31})(?P<end>;|(?![A-Za-z0-9=])))"
)


def unescape_entities(string: str) -> str:
    """The string with its character references decoded."""
    return ENTITY.sub(lambda match: _character(match[0]), string) if "&" in string else string


def decode_entities(text: Text) -> Text:
    """The text with its character references decoded, each leading back to where it stands."""
    if "&" not in text.string:
        return text
    return text.edited((m.start(), m.end(), _character(m[0])) for m in ENTITY.finditer(text.string))


def decode_shown_entities(text: Text) -> Text:
    """The same for the text of a page of HTML, as a browser shows it."""
    if "&" not in text.string:
        return text
    return text.edited(
        (match.start(), match.end(), unescape(match[0]))
        for match in SHOWN_ENTITY.finditer(text.string)
        if match["name"] is None or match["name"] + match["end"] in html5
    )


def _character(reference: str) -> str:
    """What a reference stands for; itself where it only begins like one: `&copyleft;`."""
    return unescape(reference) if reference[1] == "#" or reference[1:] in html5 else reference
