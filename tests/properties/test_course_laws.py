"""What holds for every set of texts: each has one place, whatever is missing, in whatever order they come."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assemble.texts import assembled, prose, text
from k8snotes.assemble.designation import designation
from k8snotes.assemble.keys import order_key
from k8snotes.model.course import Assembly, Course, LessonFacts
from k8snotes.segment.fold import fold_string
from properties.examples import examples

laws = examples(50)

TITLES = [
    "01 | 米", "02 | 水", "03 | 火（上）", "04 | 火（下）", "05-06 | 锅与盖", "7. 盛", "第八讲 吃", "0201焖",
    "1.2 蒸", "2019 | 年终", "开篇词", "00 | 开篇词 | 为什么", "加餐 | 砂锅怎么养", "加餐（二）",
    "春节特别放送(一)", "期中测试", "结束语 | 收锅", "53 | 结束语", "期末测试", "米要怎么挑", "……",
    "焖饭的学问", "index",
]  # fmt: skip
FOLDERS = ["", "焖饭/", "焖饭/第一部分/", "焖饭/第二部分/", "焖饭/md/", "修车/", "01-备料/", "02-火候/"]
BODIES = [prose("甲"), prose("乙"), prose("丙", 12), "短。", "点击开始。"]
titles = st.sampled_from(TITLES)
links = st.one_of(st.none(), titles)


@st.composite
def chaos(draw: st.DrawFn) -> list[LessonFacts]:
    """Texts that say all sorts of things, whether they agree or not."""
    found: list[LessonFacts] = []
    for at in range(draw(st.integers(1, 12))):
        is_in_book = draw(st.integers(0, 7)) == 0
        name = (
            "书.epub"
            if is_in_book
            else draw(st.sampled_from([f"{at}-", f"{at:03}_", "", f"{9 - at} "])) + str(at)
        )
        made = text(
            draw(st.sampled_from(FOLDERS)) + name + ("" if is_in_book else ".md"),
            draw(st.sampled_from([*BODIES, prose(str(at))])),
            title=draw(links),
            course=draw(st.sampled_from([None, None, "焖饭的学问", "修车的学问"])),
            previous=draw(links),
            next=draw(links),
            book=draw(st.sampled_from(["焖饭的学问", "别的书"])) if is_in_book else None,
            entry=at if is_in_book else 0,
        )
        found.append(made)
    return list({(facts.path, facts.entry): facts for facts in found}.values())


@st.composite
def whole_course(draw: st.DrawFn) -> list[LessonFacts]:
    """A course as it was published, in reading order: all that its pages say."""
    names = ["开篇词 | 为什么要学"]
    for number in range(1, draw(st.integers(3, 12)) + 1):
        names.append(f"{number:02} | 第{'甲乙丙丁戊己庚辛壬癸子丑'[number - 1]}件事怎么做")
        if draw(st.integers(0, 3)) == 0:
            names.append(f"加餐 | 第{number}次的砂锅怎么养")
    names += ["结束语 | 收锅的时候", "期末测试 | 会了多少"]
    return [
        text(
            f"焖饭/{'乱' if '加餐' in name else ''}{hash_of(name)}.md",
            prose(name),
            title=name,
            course="焖饭",
            previous=names[at - 1] if at else None,
            next=names[at + 1] if at + 1 < len(names) else None,
        )
        for at, name in enumerate(names)
    ]


def hash_of(name: str) -> int:
    return sum(ord(character) * 131**at for at, character in enumerate(name)) % 10**9 + 10**9


def all_texts(assembly: Assembly) -> list[LessonFacts]:
    found = list(assembly.rest)
    for course in assembly.courses:
        for held in course.lessons:
            found += held.texts
    return found


def paths(course: Course) -> list[str]:
    return [held.facts.path for held in course.lessons]


@laws
@given(chaos())
def test_every_text_has_exactly_one_place(texts: list[LessonFacts]) -> None:
    assembly = assembled(texts)

    assert sorted(all_texts(assembly), key=order_key) == sorted(texts, key=order_key)
    assert all(course.lessons for course in assembly.courses)


@laws
@given(chaos(), st.randoms(use_true_random=False))
def test_the_order_that_texts_come_in_makes_no_difference(texts: list[LessonFacts], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*texts]
    random.shuffle(shuffled)

    assert assembled(shuffled) == assembled(texts)


@laws
@given(chaos())
def test_texts_that_name_their_course_are_of_that_course(texts: list[LessonFacts]) -> None:
    for course in assembled(texts).courses:
        members = [facts for held in course.lessons for facts in held.texts]
        assert len({facts.course_key for facts in members if facts.course_key}) <= 1


@laws
@given(chaos())
def test_gaps_stand_within_their_course_and_are_not_held(texts: list[LessonFacts]) -> None:
    for course in assembled(texts).courses:
        befores = [gap.before for gap in course.missing]
        assert befores == sorted(befores)
        assert all(0 <= before <= len(course.lessons) for before in befores)
        held = {held.facts.title for held in course.lessons if held.facts.title and held.facts.title != "……"}
        assert not held & {gap.title for gap in course.missing}


@laws
@given(whole_course())
def test_a_course_is_read_as_it_was_published(texts: list[LessonFacts]) -> None:
    (course,) = assembled(texts).courses

    assert paths(course) == [facts.path for facts in texts]
    assert course.missing == ()
    assert course.clashes == ()


@laws
@given(whole_course(), st.data())
def test_a_lesson_more_does_not_change_the_order_of_the_others(
    texts: list[LessonFacts], data: st.DataObject
) -> None:
    held = [facts for facts in texts if data.draw(st.booleans())]
    more = data.draw(st.sampled_from(texts))
    before = [path for course in assembled(held).courses for path in paths(course)]
    after = [
        path
        for course in assembled({f.path: f for f in [*held, more]}.values()).courses
        for path in paths(course)
    ]

    assert [path for path in after if path in before] == before


@laws
@given(whole_course(), st.data())
def test_what_is_left_out_between_two_neighbours_is_missing(
    texts: list[LessonFacts], data: st.DataObject
) -> None:
    lost = data.draw(st.sampled_from(texts[1:-1]))

    (course,) = assembled([facts for facts in texts if facts is not lost]).courses

    assert [gap.title for gap in course.missing] == [lost.title]
    assert course.missing[0].before == texts.index(lost)


@laws
@given(whole_course(), st.data())
def test_a_copy_changes_nothing_but_the_copies(texts: list[LessonFacts], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(texts))
    copy = replace(
        copied,
        path=f"{copied.path}.txt",
        title=None,
        by_title=None,
        previous=None,
        by_previous=None,
        richness=0,
    )

    (course,) = assembled([*texts, copy]).courses

    assert paths(course) == [facts.path for facts in texts]
    assert [[duplicate.facts for duplicate in held.duplicates] for held in course.lessons] == [
        [copy] if facts is copied else [] for facts in texts
    ]


@laws
@given(st.text(max_size=40))
def test_any_title_says_something(title: str) -> None:
    found = designation(title, fold_string)

    assert found.number is None or 0 <= found.number <= 9999
    assert designation(title, fold_string) == found
