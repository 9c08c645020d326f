"""What a site puts around an article: menus, sidebars, buttons, links to other pages.

Told by tags, roles and the words that class names are made of, in the spelling of stylesheets, of
components (`md-sidebar`) and of builds (`Index_sideBar_a1B2c`). What is told so and yet holds most of
the page's words, or its title, is none: a theme may call anything a `sidebar-layout`.
"""

import re
from collections.abc import Callable

from k8snotes.parse.html import HEADINGS, Element

TAGS = frozenset({"nav", "footer", "dialog", "label", "menu"})
ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "toolbar", "tooltip"]
)
CLASSES = frozenset(
    [
        "ad", "ads", "advert", "banner", "breadcrumb", "breadcrumbs", "cookie", "crumbs", "dialog",
        "footer", "headerlink", "linenodiv", "linenos", "login", "menu", "modal", "nav", "navbar",
        "navigation", "pager", "pagination", "popup", "prevnext", "qrcode", "recommend", "recommended",
        "related", "search", "share", "sharing", "side", "sidebar", "skip", "social", "toast", "toc",
        "toolbar",
    ]
)  # fmt: skip
# They head an article as often as a page.
HEADS = frozenset({"header", "head", "hd", "topbar", "top"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
CLASS_OR_ROLE = re.compile(r"\b(?:class|id|role)\s*=", re.IGNORECASE)
UNSEEN = re.compile(r"\bdisplay\s*:\s*none\b")
THEMES = re.compile(r"\bmd-(?:source-file|tags|feedback|content__button)\b")
LINKED = 0.8  # of the words of what leads to other pages
MOST = 0.4  # of the page's words


def names_of(element: Element) -> frozenset[str]:
    """The words that an element's classes and its id are made of, in lower case."""
    if not CLASS_OR_ROLE.search(element.markup):
        return frozenset()
    attributes = element.attributes
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return frozenset(word.lower() for word in WORD.findall(named))


def without_furniture(root: Element, title: Element | None) -> None:
    """Takes what is no part of an article out of a page."""
    page = len(root.text().string)

    def is_furniture(element: Element) -> bool:
        if not _looks_like_furniture(element, with_heads=title is not None):
            return False
        if title is not None and any(inner is title for inner in element.walk()):
            return False
        return len(element.text().string) <= MOST * page

    _prune(root, is_furniture)
    if title is not None:
        _prune_above(root, title)


def _prune_above(root: Element, title: Element) -> bool:
    """Takes lists of links that stand above the title out; whether the title was reached."""
    for child in root.elements():
        if child is title:
            return True
        if any(inner is title for inner in child.walk()):
            return _prune_above(child, title)
        if _is_all_links(child):
            root.children = [other for other in root.children if other is not child]
    return False


def _is_all_links(element: Element) -> bool:
    shown = len("".join(element.text().string.split()))
    linked = sum(len("".join(link.text().string.split())) for link in element.find("a"))
    return shown > 0 and linked >= LINKED * shown


def _prune(element: Element, is_furniture: Callable[[Element], bool]) -> None:
    element.children = [
        child for child in element.children if not (isinstance(child, Element) and is_furniture(child))
    ]
    for child in element.elements():
        _prune(child, is_furniture)


def _looks_like_furniture(element: Element, *, with_heads: bool) -> bool:
    if element.tag in TAGS:
        return True
    if element.tag in HEADINGS or element.tag in ("html", "body", "main", "article", "pre", "code"):
        return False
    if element.tag == "header" and with_heads:
        return True
    if THEMES.search(element.markup):
        return True
    names = names_of(element)
    if names & CLASSES or (with_heads and names & HEADS):
        return True
    return element.attributes.get("role", "") in ROLES if "role" in element.markup else False
