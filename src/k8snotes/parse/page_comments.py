"""Comments of any web page: a list of items, each with a name, a text and a date, or likes, or a reply.

    <div class="comments"><h3>精选留言 (2)</h3>
      <li><img><div>名字 <span>置顶</span></div><div>text</div><div>作者回复: …</div>
          <div>2020-03-09 <i></i><span>3</span> <i></i><span>8</span></div></li>

Class names say that a list is one of comments, or a heading does; what a field is, its words do, as
names of classes differ from site to site. Two numbers behind icons are answers, then likes; one is
likes; an icon without a number says nothing. A site may show the same comments on two tabs: once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from k8snotes.model.lesson import Comment, Replier, Reply
from k8snotes.model.text import Text
from k8snotes.parse.comment_items import PINNED_MARK
from k8snotes.parse.comments import CLIP_MARK, REPLIERS, REPLY, comment_of, read_likes
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import BLOCKS, UNSEEN, Element, shown_text
from k8snotes.parse.masthead import read_date
from k8snotes.parse.page_furniture import names_of
from k8snotes.parse.paragraphs import BLANK, concatenated

MAY_HAVE = re.compile(r"留言|评论|回复|comment|discuss", re.IGNORECASE)
NAMES = frozenset({"comment", "comments", "commentlist", "liuyan", "discuss", "discussion", "messages"})
HEADING = re.compile(
    r"(?:精选|全部|热门|最新|读者|用户|网友)?(?:留言|评论|回复)\s*(?:[（(]?\s*(?P<count>\d{1,6})\s*条?\s*[）)]?)?"
    r"(?:最新|精选|最热|热门|全部|[\s|/·])*|(?:comments?|responses?)\s*[（(]?\s*(?P<english>\d{0,6})\s*[）)]?",
    re.IGNORECASE,
)
TABS = re.compile(r"(?:最新|精选|最热|热门|全部|按时间|按热度|[\s|/·])+")
# What a button says; none of it is said by a reader.
BUTTONS = re.compile(
    r"(?:回复|赞|点赞|举报|分享|删除|收起|写留言|写评论|展开回复|查看更多|加载更多|收起评论|没有更多了)"
)
DAY = re.compile(
    r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:来自|归属地[：:]?)\s*\S{1,12})?"
)
AGO = re.compile(
    r"(?:刚刚|昨天|前天|\d{1,4}\s*(?:秒|分钟|小时|天|周|个?月|年)前)(?:\s*(?:来自|归属地[：:]?)\s*\S{1,12})?"
)
FROM = re.compile(r"(?:来自|归属地[：:]?)\s*\S{1,12}")
LIKED = re.compile(
    r"(?:点?赞|喜欢|顶)\s*+[（(]?\s*+(?P<count>\d{1,9})\s*[）)]?|(?P<before>\d{1,9})\s*(?:个?赞|人?喜欢)"
)
THUMB_AND_ANSWERS = re.compile(
    r"👍\s*+[（(]?(?P<likes>\d{0,9})[）)]?\s*+(?:💬\s*+[（(]?(?P<answers>\d{0,9})[）)]?)?"
)
ANSWERS = re.compile(
    r"(?:💬|回复)\s*+[（(]?\s*+(?P<count>\d{1,6})\s*[）)]?|(?P<before>\d{1,6})\s*(?:条|个)?回复"
)
NUMBER = re.compile(r"\d{1,9}")
BADGE = re.compile(r"(?:Lv|LV)\.?\s?\d+|VIP|\d+\s?楼|#\d+|课代表|超级会员")
LABEL = re.compile(r"(?P<by>作者|编辑)回复\s*[：:]?")
TITLES = frozenset({"h1", "h2"})
NO_ITEMS = frozenset({"html", "body", "main", "article", "pre", "table", "ol"})
GLYPHS = re.compile("[\ue000-\uf8ff\\s]+")  # of an icon font of the site's own
ICONS = frozenset({"i", "svg", "img"})
LONGEST_HEADING = 40
LONGEST_MARK = 40
MOST_MARKS = 2
ROOMS = 3  # elements around a list in which its heading may stand


class Field(NamedTuple):
    text: Text  # without blanks at its ends
    first_line: int
    last_line: int


ICON = None  # stands among the fields of an item


@dataclass(slots=True)
class _Said:
    """What is known of a comment while its fields are read."""

    name: str | None = None
    day: date | None = None
    is_dated: bool = False
    is_crowded: bool = False  # by a second date
    likes: int | None = None
    answers: int | None = None
    pinned: bool = False
    clipped: bool = False
    texts: list[Field] = field(default_factory=list)
    replies: list[tuple[Replier, list[Field]]] = field(default_factory=list)
    marks: list[int | None] = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        """Whether it shows what only comments have."""
        if self.name is None or _take_mark(_Said(), self.name) or HEADING.fullmatch(self.name):
            return False
        says = bool(self.texts or self.replies)
        return says and (self.is_dated or self.likes is not None or bool(self.replies))


def take_comments(draft: Draft, root: Element) -> None:
    """Reads the comments of a page and takes their lists, with what stands around them, out of it."""
    if not MAY_HAVE.search(draft.source.text):
        return
    search = _Search()
    search.is_item(root)
    known: set[tuple[str | None, str, date | None]] = set()
    for room, items in search.lists:
        if (around := _surroundings(search.way_to(room), items)) is None:
            continue
        found = [search.comment(item) for item in items]
        draft.comments += [one for one in found if (one.author, one.text.string, one.date) not in known]
        known |= {(one.author, one.text.string, one.date) for one in found}
        first = min(element.line for element in (*items, *around))
        draft.claim(first - 1, max(item.last_line for item in items), "comments")
        for head in around:
            match = HEADING.fullmatch(_shown(head))
            if match and draft.comments_total is None and (total := match["count"] or match["english"]):
                draft.comments_total = int(total)
        gone = {id(element) for element in (*items, *around)}
        for element in search.way_to(room):
            element.children = [child for child in element.children if id(child) not in gone]


class _Search:
    """The lists of comments in a tree, found from its leaves up.

    What holds a name, a date and a text is an item; what holds items and says nothing of the kind besides is
    their list; what does say it is an item with answers below.
    """

    def __init__(self) -> None:
        self.lists: list[tuple[Element, list[Element]]] = []
        self._said: dict[int, _Said] = {}
        self._above: dict[int, Element] = {}
        self._titled: set[int] = set()  # elements with a heading of a page's in them

    def is_item(self, element: Element) -> bool:
        known = len(self.lists)
        children = [child for child in element.elements() if child.tag not in UNSEEN]
        for child in children:
            self._above[id(child)] = element
        items = [
            child for child in children if child.holds_block or child.tag in BLOCKS if self.is_item(child)
        ]
        if element.tag in TITLES or any(id(child) in self._titled for child in children):
            self._titled.add(id(element))
            return self._keep(element, items)
        if not element.holds_block or element.tag in NO_ITEMS:
            return self._keep(element, items)
        if len(items) == 1 and not any(_field([part]) for part in element.children if part is not items[0]):
            self._said[id(element)] = self._said[id(items[0])]
            return True
        below = [*items, *(item for _, listed in self.lists[known:] for item in listed)]
        said = _said(element.children, skip=frozenset(map(id, below)))
        if not said.is_one or said.is_crowded:
            return self._keep(element, items)
        for item in below:
            answer = self._said[id(item)]
            is_author = any(badge in (answer.name or "") for badge in REPLIERS)
            said.replies.append(("author" if is_author else "reader", answer.texts))
        del self.lists[known:]
        self._said[id(element)] = said
        return True

    def _keep(self, element: Element, items: list[Element]) -> bool:
        if items:
            self.lists.append((element, items))
        return False

    def way_to(self, element: Element) -> list[Element]:
        """The element and those around it, from the inside."""
        way = [element]
        while (above := self._above.get(id(way[-1]))) is not None:
            way.append(above)
        return way

    def comment(self, item: Element) -> Comment:
        return _comment(item, self._said[id(item)])


def _surroundings(way: Sequence[Element], items: Sequence[Element]) -> list[Element] | None:
    """The headings, tabs and buttons around a list; None where nothing says that it is one of comments."""
    found: list[Element] = []
    is_told = any(names_of(element) & NAMES for element in (items[0], *way[:ROOMS]))
    known = {id(item) for item in items}
    for outer in way[:ROOMS]:
        heads = [child for child in outer.elements() if id(child) not in known and _is_heading(child)]
        found += heads
        if any(HEADING.fullmatch(_shown(head)) for head in heads):
            is_told = True
            break
        known = {id(outer)}
    return found if is_told else None


def _is_heading(element: Element) -> bool:
    shown = _shown(element)
    if not shown or len(shown) > LONGEST_HEADING:
        return False
    return any(rule.fullmatch(shown) for rule in (HEADING, TABS, BUTTONS))


def _shown(element: Element) -> str:
    return "".join(element.text().string.split())


def _said(parts: Sequence["Element | Text"], skip: frozenset[int]) -> _Said:
    """What the fields of an item say, in page order; the first words are the name.

    `skip` are elements, by their `id`, that say something of their own.
    """
    said = _Said()
    reply: list[Field] | None = None
    for found in _fields(parts, skip):
        if found is ICON or GLYPHS.fullmatch(found.text.string):
            if said.name is not None:
                said.marks.append(None)
            continue
        string = found.text.string
        if said.name is None:
            said.name = string
        elif LABEL.fullmatch(string):
            reply = []
            said.replies.append((REPLIERS[string[:2]], reply))
        elif match := REPLY.match(string):
            reply = [found._replace(text=found.text.part(match.start("text"), len(string)))]
            said.replies.append((REPLIERS[match["by"]], reply))
        elif _take_mark(said, string):
            pass
        elif reply is not None and (said.texts or not reply):
            reply.append(found)
        else:
            said.texts.append(found)
        if said.is_crowded:  # no item, and what else it says is no matter
            break
    return said


def _take_mark(said: _Said, string: str) -> bool:
    """Whether a field is no text; what it says is noted."""
    if len(string) > LONGEST_MARK:
        return False
    if string == PINNED_MARK:
        said.pinned = True
    elif CLIP_MARK.fullmatch(string):
        said.clipped = True
    elif match := DAY.fullmatch(string):
        if said.is_dated:
            said.is_crowded = True
            return False
        day = re.sub(r"\s*[年月]\s*", "-", match["day"]).rstrip("日 ")
        said.day, said.is_dated = read_date(day), True
    elif BADGE.fullmatch(string):
        pass
    elif AGO.fullmatch(string):
        said.is_dated = True
    elif (likes := read_likes(string)) is not None:
        said.likes = likes
    elif match := THUMB_AND_ANSWERS.fullmatch(string):
        said.likes = int(match["likes"] or 0)
        said.answers = int(match["answers"]) if match["answers"] else said.answers
    elif match := LIKED.fullmatch(string):
        said.likes = int(match["count"] or match["before"])
    elif match := ANSWERS.fullmatch(string):
        said.answers = int(match["count"] or match["before"])
    elif NUMBER.fullmatch(string) and (said.marks or said.is_dated):
        if said.marks and said.marks[-1] is None:
            said.marks[-1] = int(string)
        else:
            said.marks.append(int(string))
    else:
        return FROM.fullmatch(string) is not None or BUTTONS.fullmatch(string) is not None
    return True


def _fields(children: Sequence["Element | Text"], skip: frozenset[int]) -> Iterator[Field | None]:
    """The fields of an item: the words of each block, those in elements of their own apart; icons."""
    inline: list[Element | Text] = []
    for child in children:
        if id(child) in skip:
            yield from _inline_fields(inline)
            inline = []
        elif isinstance(child, Element) and child.holds_block:
            yield from _inline_fields(inline)
            inline = []
            yield from _fields(child.children, skip)
        elif isinstance(child, Element) and child.tag in (
            "div",
            "p",
            "li",
            "h3",
            "h4",
            "h5",
            "h6",
            "dd",
            "dt",
        ):
            yield from _inline_fields(inline)
            inline = []
            yield from _inline_fields(child.children)
        else:
            inline.append(child)
    yield from _inline_fields(inline)


def _inline_fields(inline: Sequence["Element | Text"]) -> Iterator[Field | None]:
    """One field, or one for each element where their words are fields and not a sentence with marks."""
    parts = [part for part in inline if not isinstance(part, Text) or part.string.strip(BLANK)]
    if not parts:
        return
    apart = [_field([part]) for part in parts if _is_seen(part)]
    words = [found for found in apart if found is not None]
    has_loose_words = any(isinstance(part, Text) for part in parts)
    is_row = len(words) > 1 and (
        not has_loose_words
        or any(_take_mark(_Said(is_dated=False, marks=[0]), one.text.string) for one in words)
    )
    if not is_row and len(words) == len(parts):
        if whole := _field(parts):
            yield whole
        return
    for part in parts:
        found = _field([part]) if _is_seen(part) else None
        if found is not None:
            yield from (
                _inline_fields(part.children) if isinstance(part, Element) and _is_row(part) else [found]
            )
        elif isinstance(part, Element) and (part.tag in ICONS or any(part.find(*ICONS))):
            yield ICON


def _is_row(part: Element) -> bool:
    """Whether an element holds nothing but several elements, as a row of buttons does."""
    return len(part.elements()) > 1 and not any(
        isinstance(child, Text) and child.string.strip(BLANK) for child in part.children
    )


def _is_seen(part: "Element | Text") -> bool:
    return isinstance(part, Text) or part.tag not in UNSEEN


def _field(parts: Sequence["Element | Text"]) -> Field | None:
    first, last = parts[0], parts[-1]
    line, column = (first.line, first.column) if isinstance(first, Element) else first.place_at(0)
    text = shown_text(parts, line, column)
    if not text:
        return None
    end = last.last_line if isinstance(last, Element) else text.line_at(len(text.string) - 1)
    return Field(text=text, first_line=line, last_line=end)


def _comment(item: Element, said: _Said) -> Comment:
    answers, likes = said.answers, said.likes
    if likes is None and said.marks:
        marks = said.marks[-MOST_MARKS:]
        answers, likes = (marks[0], marks[1]) if len(marks) == MOST_MARKS else (answers, marks[0])
    return comment_of(
        name=said.name or "",
        day=said.day,
        likes=likes,
        text=_joined(said.texts, item),
        clipped=said.clipped,
        pinned=said.pinned,
        reply_count=answers,
        replies=[
            Reply(
                by=by,
                text=_joined(fields, item),
                first_line=fields[0].first_line if fields else item.line,
                last_line=fields[-1].last_line if fields else item.last_line,
            )
            for by, fields in said.replies
        ],
        span=item.span,
    )


def _joined(fields: Sequence[Field], item: Element) -> Text:
    texts = [found.text for found in fields if found.text]
    return concatenated(texts, "\n").trimmed(BLANK) if texts else item.nothing
