"""What a site puts around an article: menus, sidebars, buttons, links to other pages.

Told by tags, roles and the words that class names are made of, in the spelling of stylesheets, of
components (`md-sidebar`) and of builds (`Index_sideBar_a1B2c`). What is told so and yet holds most of
the page's words, or its title, is none: a theme may call anything a `sidebar-layout`.
"""

import re
from collections.abc import Callable, Set
from itertools import takewhile

from k8snotes.model.text import Text
from k8snotes.parse.html import HEADINGS, UNSEEN, Element

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


def role_of(element: Element) -> str:
    return element.attributes.get("role", "") if "role" in element.markup else ""


def without_furniture(root: Element, title: Element | None) -> None:
    """Takes what is no part of an article out of a page."""
    sizes: dict[int, int] = {}
    page = _measure(root, sizes)
    above_title = set(map(id, _way_to(title, root))) if title is not None else set()

    def is_furniture(element: Element) -> bool:
        return (
            _looks_like_furniture(element, with_heads=title is not None)
            and id(element) not in above_title
            and sizes.get(id(element), 0) <= MOST * page
        )

    _prune(root, is_furniture)
    if title is not None:
        for element in _way_to(title, root)[1:]:
            _prune_above(element, above_title)


def _prune_above(element: Element, above_title: Set[int]) -> None:
    """Takes lists of links out that stand above the title, or what holds it."""
    before = takewhile(lambda child: id(child) not in above_title, element.elements())
    links = {id(child) for child in before if _is_all_links(child)}
    element.children = [child for child in element.children if id(child) not in links]


def _measure(element: Element, sizes: dict[int, int]) -> int:
    """How much an element shows, in characters without blanks; noted of all that is below it as well."""
    sizes[id(element)] = sum(
        _measure(child, sizes) if isinstance(child, Element) else len("".join(child.string.split()))
        for child in element.children
        if isinstance(child, Text) or child.tag not in UNSEEN
    )
    return sizes[id(element)]


def _way_to(inner: Element, outer: Element) -> list[Element]:
    """An element and those around it, from the inside; nothing where it does not stand in `outer`."""
    if inner is outer:
        return [inner]
    ways = (_way_to(inner, child) for child in outer.elements())
    return next(([*way, outer] for way in ways if way), [])


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
    return role_of(element) in ROLES
