"""Which heading of a web page is its title, where the site has headings of its own.

    <title>03 | 水线 - 灶台边</title>
    <header><h1>灶台边</h1></header> <main><h1>03 | 水线</h1> … </main>

What the page's head calls the page tells it, and where a heading stands.
"""

import re
from collections.abc import Iterator

from k8snotes.parse.html import Element
from k8snotes.parse.masthead import squashed
from k8snotes.parse.page_furniture import HEADS, ROLES, TAGS, names_of, role_of

ARTICLE_NAMES = frozenset({"main", "content", "article", "post", "entry"})
SITE_NAMES = HEADS | {"banner", "masthead", "logo", "brand"}
HOME = re.compile(r"(?:https?:)?//[^/?#]+/?|/")  # where a site's name leads to
PERMALINKS = "¶#§"
SEPARATORS = tuple("-|｜丨_·•»–—")
NUMBER = re.compile(r"第?\d{1,4}[讲课节章回篇期集]?[-|｜丨_·、.：:]")  # many a name does without


def title_heading(root: Element) -> Element | None:
    """The heading of the first level that is the page's title; None where there is none of that level.

    The only one in articles; else one that the page's head names, outside of the site's head if there is
    such; else the only one outside. A site may keep the first level for itself: then one of the second that
    the page's head names. Else the first.
    """
    articles = [heading for article in root.find("article") for heading in _filled(article, "h1")]
    if len(articles) == 1:
        return articles[0]
    every = _filled(root, "h1")
    headings = [heading for heading in every if not _is_name_of_site(heading)]
    of_site = {id(heading) for heading in _of_site(root, in_head=False)}
    own = [heading for heading in headings if id(heading) not in of_site]
    below = [] if own or not every else _filled(root, "h2")
    names = _names(root)
    found = (
        [heading for name in names for heading in own if _begins(name, heading)],
        [heading for name in names for heading in own if _ends(name, heading)],
        [heading for name in names for heading in (*headings, *below) if _begins(name, heading)],
        own if len(own) == 1 else [],
        headings,
        every,
    )
    return next((fitting[0] for fitting in found if fitting), None)


def _filled(root: Element, tag: str) -> list[Element]:
    return [heading for heading in root.find(tag) if heading.text()]


def _names(root: Element) -> list[str]:
    """What the page's head calls the page, as a rule with the site's name behind it."""
    head = next(root.find("head"), root)
    said = [found.attributes.get("content", "") for found in head.find("meta") if "og:title" in found.markup]
    titles = [found.source_text().string for found in head.find("title")]
    return [name for name in map(squashed, (*said[:1], *titles[:1])) if name]


def _begins(name: str, heading: Element) -> bool:
    """Whether a name of the page is the heading, or begins with it."""
    words = _words(heading)
    return any(
        name == called or (name.startswith(called) and name.startswith(SEPARATORS, len(called)))
        for called in (words, NUMBER.sub("", words, count=1))
        if called
    )


def _ends(name: str, heading: Element) -> bool:
    words = _words(heading)
    return name.endswith(words) and name.endswith(SEPARATORS, 0, len(name) - len(words))


def _words(heading: Element) -> str:
    return squashed(heading.text().string).rstrip(PERMALINKS)


def _is_name_of_site(heading: Element) -> bool:
    """Whether a heading leads to the site's first page, or is called a logo or the site's title."""
    names = names_of(heading)
    is_called = names >= {"site", "title"} or bool(names & {"logo", "brand"})
    return is_called or any(HOME.fullmatch(link.attributes.get("href", "")) for link in heading.find("a"))


def _of_site(element: Element, *, in_head: bool) -> Iterator[Element]:
    """The headings of the first level that stand in the head, the foot or the sidebars of the site."""
    for child in element.elements():
        names = names_of(child)
        if child.tag in ("main", "article") or role_of(child) == "main":
            continue
        if child.tag == "h1" and in_head:
            yield child
        elif in_head or not names & ARTICLE_NAMES:
            yield from _of_site(child, in_head=in_head or _is_of_site(child, names))


def _is_of_site(element: Element, names: frozenset[str]) -> bool:
    if element.tag in ("html", "body"):  # themes say there what the page has
        return False
    is_part = element.tag in TAGS or element.tag in ("header", "aside")
    return is_part or bool(names & SITE_NAMES) or role_of(element) in ROLES
