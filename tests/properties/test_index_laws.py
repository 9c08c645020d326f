"""Laws of the index: what stands in a text is found, any string is a query, pages come back whole."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from operator import itemgetter
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from k8snotes.errors import K8sNotesError
from k8snotes.index import maps, matches, order
from k8snotes.index import store as stores
from k8snotes.index.entries import entry_of
from k8snotes.index.grep import Matcher
from k8snotes.index.packing import Leaf, packed, placing_of, unpacked
from k8snotes.index.pages import page_of
from k8snotes.index.query import compiled
from k8snotes.index.rows import LESSON_SHIFT, Field, row_number
from k8snotes.index.scales import number_of
from k8snotes.index.store import Store, create
from k8snotes.index.terms import parts_of
from k8snotes.lookup import (
    Library,
    grep_page,
    hits_with,
    lines_of,
    lines_with,
    make_matcher,
    search_library,
)
from k8snotes.model.file_state import FileState
from k8snotes.model.filters import Filters
from k8snotes.model.hits import Answer, LineHit, PassageHit
from k8snotes.model.kinds import KINDS
from k8snotes.model.lesson import Lesson
from k8snotes.model.page import title_lines
from k8snotes.parse import parse
from k8snotes.read.natural_order import reading_key
from k8snotes.refresh import Index
from k8snotes.segment.fold import fold_string
from k8snotes.segment.lexicon import rings, shipped_lexicon
from k8snotes.segment.marks import edits_of, plain_text
from properties.examples import examples
from properties.test_search_laws import SHAPES, bodies, comments, fragments, shapes

LAWS = examples(40)
ALL = Filters()
RINGS = rings(shipped_lexicon())
few_words = st.lists(
    st.sampled_from(["控制器", "控制循环", "看一眼", "API", "apiserver", "k8s"]), min_size=1, max_size=3
).map(" ".join)
EXCLUDES = re.compile(r"(?<!\S)-+")
queries = st.one_of(
    st.text(max_size=20),
    st.lists(st.one_of(fragments, st.sampled_from(list('" -()*:^+“”|'))), max_size=6).map("".join),
)


def store_of(lessons: list[Lesson]) -> Store:
    store = create(None)
    for number, lesson in enumerate(lessons):
        entry = entry_of(page_of(lesson), fold_string, edits_of)
        store.add(FileState(f"{number}.md", 0, 0, 0, 0), [entry], digest=None, error=None)
    finish(store)
    return store


def finish(store: Store) -> None:
    store.finish(fingerprint="", listing=None, doubt=None, sealed=0, reading_key=reading_key, rings=RINGS)


def searched(
    store: Store, query: str, filters: Filters = ALL, *, limit: int = 1000, by_lesson: bool = False
) -> Answer:
    library = Library(Index(store, ()))
    return search_library(library, query, filters, own_terms=(), limit=limit, by_lesson=by_lesson)


@shapes
@LAWS
@given(st.data())
def test_a_page_comes_back_as_it_was(shape: str, data: st.DataObject) -> None:
    page = page_of(parse(SHAPES[shape](data.draw(bodies), data.draw(comments))))

    content = packed(page, [placing_of(passage, page.lines) for passage in page.passages])

    leaf = Leaf(content)
    assert unpacked(content) == page
    assert [leaf.lines[at] for at in range(len(leaf.lines))] == [*page.lines]
    assert [leaf.passages[at] for at in range(len(leaf.passages))] == [*page.passages]
    assert (leaf.line_kinds, leaf.places) == (page.line_kinds, page.places)


@shapes
@LAWS
@given(st.data())
def test_a_line_is_shared_by_what_stands_on_it(shape: str, data: st.DataObject) -> None:
    page = page_of(parse(SHAPES[shape](data.draw(bodies), data.draw(comments))))

    standing = Counter(title_lines(page.line_kinds))
    for passage in page.passages:
        standing.update(range(passage.first_line, passage.last_line + 1))
    assert page.shared_lines == tuple(sorted(line for line, count in standing.items() if count > 1))


@shapes
@LAWS
@given(st.data())
def test_grep_with_an_index_finds_what_it_finds_without(shape: str, data: st.DataObject) -> None:
    lessons = [parse(SHAPES[shape](data.draw(bodies), data.draw(comments))) for _ in range(2)]
    needle = data.draw(needles_of(lessons))

    with closing(store_of(lessons)) as store:
        library = Library(Index(store, ()))
        for exactly in (False, True):
            matcher = make_matcher(needle, regex=False, exactly=exactly)
            found = [*lines_with(library, needle, lambda _, lines: lines, exactly=exactly)]
            each = [lines_of(page_of(lesson), matcher) for lesson in lessons]

            assert found == [lines for lines in each if lines]
            assert hits_in(library, needle, matcher, exactly=exactly) == hits_of(lessons, matcher)


@st.composite
def needles_of(draw: st.DrawFn, lessons: list[Lesson]) -> str:
    """A stretch of what stands in a line or is read, as it is or spelled otherwise."""
    pages = [page_of(lesson) for lesson in lessons]
    read = [passage.text for page in pages for passage in page.passages if passage.text]
    strings = [line for page in pages for line in page.lines if line]
    strings += [string for text in read for string in (text.string, plain_text(text).string) if string]
    string = draw(st.sampled_from(strings))
    start = draw(st.integers(0, len(string) - 1))
    needle = string[start : start + draw(st.sampled_from([1, 1, 2, 2, 3, 4, 5, 6, 9]))]
    return draw(st.sampled_from([needle, fold_string(needle), needle.upper()])) or needle


@shapes
@LAWS
@given(st.data())
def test_any_stretch_of_a_passage_finds_that_passage(shape: str, data: st.DataObject) -> None:
    lesson = parse(SHAPES[shape](data.draw(bodies), data.draw(comments)))
    passages = [passage for passage in page_of(lesson).passages if passage.text]
    if not passages:
        return
    passage = data.draw(st.sampled_from(passages))
    string = (
        plain_text(passage.text).string
        if lesson.markup == "markdown" and passage.kind != "code"
        else passage.text.string
    )
    if not string:
        return
    start = data.draw(st.integers(0, len(string) - 1))
    verbatim = string[start : start + data.draw(st.integers(1, 8))]
    stretch = EXCLUDES.sub(" ", verbatim.replace('"', " "))
    if not parts_of(fold_string(stretch)) or {"OR", "|", "||"} & set(stretch.split()):
        return

    with closing(store_of([lesson])) as store:
        queries = [stretch] if '"' in verbatim else [stretch, f'"{verbatim}"']
        answers = [searched(store, query) for query in queries]

    for answer in answers:
        assert passage.text.string in [hit.text for hit in answer.hits if hit.kind == passage.kind]


@LAWS
@given(queries)
def test_any_string_is_a_query(query: str) -> None:
    with closing(
        store_of([parse(SHAPES["plain markdown"](["先看土，k8s。", "# StatefulSets"], []))])
    ) as store:
        answer = searched(store, query)

    assert answer.total == len(answer.hits)
    for hit in answer.hits:
        assert all(0 <= start < stop <= len(hit.text) for start, stop in hit.matches)
        assert all(one[1] <= other[0] for one, other in zip(hit.matches, hit.matches[1:], strict=False))


@LAWS
@given(queries)
def test_any_spelling_of_a_query_is_the_same_query(query: str) -> None:
    if "or" in query.lower() or fold_string(query.upper()) != fold_string(query):
        return
    if len(fold_string(query).split()) != len(query.split()):  # ´ folds to a blank with an accent over it
        return

    assert compiled(query.upper(), fold_string, RINGS) == compiled(query, fold_string, RINGS)
    assert (
        compiled(fold_string(query), fold_string, RINGS) == compiled(query, fold_string, RINGS)
        or "“" in query
    )


@LAWS
@given(
    st.lists(st.sampled_from(["先看土。", "k8s", "打顶", "看", "Pod"]), min_size=1, max_size=30),
    st.integers(1, 7),
)
def test_pages_of_an_answer_are_the_answer(texts: list[str], limit: int) -> None:
    lessons = [parse(SHAPES["plain markdown"]([text, "看土"], [])) for text in texts]
    with closing(store_of(lessons)) as store:
        library = Library(Index(store, ()))
        whole = search_library(library, "看土 k8s", Filters(), own_terms=(), limit=1000)
        pages = [
            search_library(library, "看土 k8s", Filters(), own_terms=(), limit=limit, offset=offset).hits
            for offset in range(0, whole.total, limit)
        ]

    assert tuple(hit for page in pages for hit in page) == whole.hits


@LAWS
@given(
    st.lists(st.lists(few_words, min_size=2, max_size=5), min_size=2, max_size=5),
    st.one_of(queries, few_words, few_words),
    st.booleans(),
)
def test_what_the_index_tells_of_a_common_word_is_what_a_list_tells(
    texts: list[list[str]], query: str, by_lesson: bool
) -> None:
    paragraphs = [[line for text in body for line in (text, "")] for body in texts]
    lessons = [parse(SHAPES["plain markdown"](body, [])) for body in paragraphs]

    with closing(store_of(lessons)) as index:
        listed = searched(index, query, limit=20, by_lesson=by_lesson)
        with patch.multiple(matches, FEW=0), patch.multiple(order, FEW=0):
            as_bitmaps = searched(index, query, limit=20, by_lesson=by_lesson)
    with (
        patch.multiple(maps, LEAST=1, LEAST_PART=0, SAMPLED=1, MOST_HELD=1_000),
        closing(store_of(lessons)) as index,
    ):
        assert index.maps.is_complete
        assert all(f'"{term}"' in index.maps for term in index.terms() if len(term) > 1 or term.isascii())
        mapped = searched(index, query, limit=20, by_lesson=by_lesson)

    assert mapped == as_bitmaps == listed


numbers = st.tuples(
    st.none() | st.sampled_from([0, 1, 2, 5, 5, 99]),
    st.none() | st.dates(datetime.date(2017, 12, 28), datetime.date(2019, 1, 3)),
)
ends = st.tuples(*[st.none() | st.sampled_from([0, 1, 3, 5, 64, 128, 10**9])] * 2)


@LAWS
@given(
    lessons=st.lists(st.lists(numbers, max_size=70), min_size=1, max_size=6),
    mapped=st.integers(0, 6),
    likes=ends,
    days=st.tuples(*[numbers.map(itemgetter(1))] * 2),
)
def test_numbers_of_comments_are_found_on_bitmaps_as_in_a_list(
    lessons: list[list[tuple[int | None, datetime.date | None]]],
    mapped: int,
    likes: tuple[int | None, int | None],
    days: tuple[datetime.date | None, datetime.date | None],
) -> None:
    empty = entry_of(page_of(parse(SHAPES["plain markdown"](["水"], []))), fold_string, edits_of)
    store = create(None)
    for number, of_lesson in enumerate(lessons):
        if number == mapped:
            finish(store)
            store.database.execute("BEGIN")
        remarks = [
            (row_number(Field.COMMENT, at), None, day and day.isoformat(), liked)
            for at, (liked, day) in enumerate(of_lesson)
        ]
        entry = empty._replace(rows=[], passages=len(of_lesson), remarks=remarks)
        store.add(FileState(f"{number}.md", 0, 0, 0, 0), [entry], digest=None, error=None)
    with patch.object(maps, "MOST_UNMAPPED", 0.9), closing(store):
        finish(store)
        assert store.maps.unmapped in (mapped, len(lessons))
        said = [
            (lesson << LESSON_SHIFT | row_number(Field.COMMENT, at), liked, day)
            for lesson, of_lesson in enumerate(lessons)
            for at, (liked, day) in enumerate(of_lesson)
        ]
        if likes != (None, None):
            found = store.maps.on_scale("likes", *likes)
            assert found == store.grid.bits_of(row for row, liked, _ in said if lies_in(liked, *likes))
        if days != (None, None):
            found = store.maps.on_scale("day", *(day and number_of(day.isoformat()) for day in days))
            assert found == store.grid.bits_of(row for row, _, day in said if lies_in(day, *days))


def lies_in(value: Any, least: Any, most: Any) -> bool:
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _with_all(answer: Answer) -> list[PassageHit]:
    """The hits with all the words; how much the others must hold, the best of the wanted ones decides."""
    return [hit for hit in answer.hits if not hit.is_partial]


@shapes
@LAWS
@given(st.data())
def test_a_filter_leaves_the_hits_that_are_as_it_asks(shape: str, data: st.DataObject) -> None:
    lessons = [parse(SHAPES[shape](data.draw(bodies), data.draw(comments))) for _ in range(2)]
    word = data.draw(st.sampled_from(["控制器", "学习", "API", "k8s", "👍"]))
    kinds = data.draw(st.one_of(st.none(), st.frozensets(st.sampled_from(KINDS), min_size=1)))
    least = data.draw(st.sampled_from([None, None, 0, 1, 5]))

    with closing(store_of(lessons)) as index:
        hits = _with_all(searched(index, word))
        found = _with_all(searched(index, word, Filters(kinds=kinds, min_likes=least)))

    assert {hit._replace(score=0.0) for hit in found} == {
        hit._replace(score=0.0)
        for hit in hits
        if (kinds is None or hit.kind in kinds)
        and (least is None or (hit.likes is not None and hit.likes >= least))
    }


PATTERNS = (
    r"控制 控制.*模式 学.{0,2}习 (控制|看)器? ^-\s.*看 。{2} 。$ 作者.*[:：] 一眼|循环"
    r" k8s? \bAPI Stateful\w+ [a-z]+-api kube\S*ctl? \* <b>. & ſ İ"
)


@shapes
@LAWS
@given(st.data())
def test_of_what_an_expression_says_no_page_and_no_line_is_passed_over(
    shape: str, data: st.DataObject
) -> None:
    lessons = [parse(SHAPES[shape](data.draw(bodies), data.draw(comments))) for _ in range(2)]
    pattern, exactly = data.draw(st.sampled_from(PATTERNS.split())), data.draw(st.booleans())
    matcher = make_matcher(pattern, regex=True, exactly=exactly)
    everywhere = matcher._replace(candidates=all_of, undressed_candidates=all_of)

    with closing(store_of(lessons)) as store:
        library = Library(Index(store, ()))
        found = hits_in(library, pattern, matcher, regex=True, exactly=exactly)

    assert found == hits_of(lessons, everywhere)


def all_of(texts: Sequence[str]) -> range:
    return range(len(texts))


def no_failure(error: K8sNotesError) -> None:
    raise error


def hits_in(
    library: Library, pattern: str, matcher: Matcher, *, regex: bool = False, exactly: bool
) -> list[list[LineHit]]:
    """What grep finds with an index, page by page."""
    found = hits_with(
        library,
        pattern,
        matcher,
        regex=regex,
        exactly=exactly,
        kinds=None,
        fail=no_failure,
    )
    return [hits for hits, _ in found]


def hits_of(lessons: list[Lesson], matcher: Matcher) -> list[list[LineHit]]:
    """What grep finds without one."""
    found = [[*grep_page(page_of(lesson), matcher, kinds=None)] for lesson in lessons]
    return [hits for hits in found if hits]


MARKS = r"控 制 a B2 * ** *** _ __ ` `` ~~ [x](y) <b> &lt; \* 。 … 體 ＊ 😀 ﬁ ㊀ ⼀ 一 한 StatefulSet"
pieces = st.sampled_from([*MARKS.split(), " ", "\u200b", "\x1e", "\ue000", "\n", "\n\n- "])
marked = st.lists(pieces, min_size=3, max_size=25).map("".join)


@LAWS
@given(marked, st.data())
def test_marks_that_go_in_part_or_not_at_all_hide_nothing_from_grep(text: str, data: st.DataObject) -> None:
    lesson = parse(SHAPES["plain markdown"](text.split("\n"), []))
    needles = [data.draw(needles_of([lesson])) for _ in range(5)]

    with closing(store_of([lesson])) as store:
        library = Library(Index(store, ()))
        for needle in needles:
            matcher = make_matcher(needle, regex=False, exactly=False)
            found = [*lines_with(library, needle, lambda _, lines: lines, exactly=False)]

            assert found == [lines for lines in [lines_of(page_of(lesson), matcher)] if lines]


file_names = st.lists(st.sampled_from(["1", "2", "10", "甲", "a"]), min_size=1, max_size=3).map("/".join)


@LAWS
@given(
    rounds=st.lists(st.sets(file_names, max_size=12), max_size=4),
    gone=st.sets(file_names),
    most=st.sampled_from([0.0, 1.0]),
)
def test_lessons_that_come_later_stand_where_they_would_have_stood(
    rounds: list[set[str]], gone: set[str], most: float
) -> None:
    entry = entry_of(page_of(parse(SHAPES["plain markdown"](["水"], []))), fold_string, edits_of)
    store = create(None)
    with patch.object(stores, "MOST_PUT_IN", most), closing(store):
        finish(store)
        for names in rounds:
            store.database.execute("BEGIN")
            held = store.paths()
            for file in store.files():
                if file.state.path in gone:
                    store.remove(file)
            for name in names - held:
                store.add(FileState(name, 0, 0, 0, 0), [entry, entry], digest=None, error=None)
            finish(store)
        paths = dict(store.rows("SELECT lessons.id, path FROM lessons JOIN files ON files.id = lessons.file"))

        assert [*store.order] == sorted(paths, key=lambda lesson: (reading_key(paths[lesson]), lesson))
