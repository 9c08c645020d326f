"""Which texts are of one course, and which of none."""

from assemble.texts import assembled, course_of, prose, text
from k8snotes.model.course import Assembly


def listed(assembly: Assembly) -> dict[str | None, list[str]]:
    """The courses by name, each with its files in reading order."""
    return {
        course.name: [held.facts.path.removeprefix("seeds/") for held in course.lessons]
        for course in assembly.courses
    }


def rest(assembly: Assembly) -> list[str]:
    return [facts.path.removeprefix("seeds/") for facts in assembly.rest]


def test_texts_that_name_their_course_are_told_apart_in_one_folder() -> None:
    assembly = assembled(
        [
            text("000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问"),
            text("001_11223344aabbccdd.txt", title="01 | 链条", course="修车的学问"),
            text("002_22334455aabbccdd.txt", title="02 | 水", course="焖饭的学问"),
        ]
    )

    assert listed(assembly) == {
        "修车的学问": ["001_11223344aabbccdd.txt"],
        "焖饭的学问": ["000_00112233aabbccdd.txt", "002_22334455aabbccdd.txt"],
    }


def test_spellings_of_a_name_are_one_course_under_the_commonest() -> None:
    course = course_of(
        text("a/01-米.md", course="深入焖饭 Rice"),
        text("b/02-水.md", course="深入焖饭Rice"),
        text("c/03-火.md", course="深入焖饭Rice"),
    )

    assert (course.name, course.named_by, len(course.lessons)) == ("深入焖饭Rice", "text", 3)


def test_a_folder_of_lessons_is_a_course() -> None:
    assembly = assembled(
        [text("焖饭/01-米.md"), text("焖饭/02-水.md"), text("修车/01-链条.md"), text("修车/02-刹车.md")]
    )

    assert listed(assembly) == {
        "修车": ["修车/01-链条.md", "修车/02-刹车.md"],
        "焖饭": ["焖饭/01-米.md", "焖饭/02-水.md"],
    }
    assert {course.named_by for course in assembly.courses} == {"folder"}


def test_the_shelf_names_no_course() -> None:
    course = course_of(text("01-米.md"), text("02-水.md"))

    assert (course.name, course.named_by) == (None, None)


def test_chapters_are_no_courses() -> None:
    course = course_of(
        text("焖饭/第一部分/01-米.md"),
        text("焖饭/第一部分/02-水.md"),
        text("焖饭/第二部分/01-火.md"),
        text("焖饭/第二部分/02-锅.md"),
    )

    assert (course.name, [held.chapter for held in course.lessons]) == (
        "焖饭",
        ["第一部分", "第一部分", "第二部分", "第二部分"],
    )


def test_numbered_folders_are_chapters_of_one_course() -> None:
    course = course_of(
        text("焖饭/01-米/开篇词.md"),
        text("焖饭/01-米/01-淘.md"),
        text("焖饭/02-水/01-量.md"),
        text("焖饭/02-水/02-烧.md"),
    )

    assert course.name == "焖饭"


def test_numbered_folders_with_an_opening_each_are_courses() -> None:
    assembly = assembled(
        [
            text("专栏/01-焖饭/开篇词.md"), text("专栏/01-焖饭/01-淘.md"),
            text("专栏/02-修车/开篇词.md"), text("专栏/02-修车/01-链条.md"),
        ]
    )  # fmt: skip

    assert list(listed(assembly)) == ["01-焖饭", "02-修车"]


def test_folders_whose_numbers_go_on_are_chapters_of_one_course() -> None:
    course = course_of(
        text("焖饭/备料/01-米.md"),
        text("焖饭/备料/02-水.md"),
        text("焖饭/火候/03-火.md"),
        text("焖饭/火候/04-锅.md"),
    )

    assert (course.name, course.lessons[2].chapter) == ("焖饭", "火候")


def test_folders_of_formats_are_neither_courses_nor_chapters() -> None:
    course = course_of(
        text("焖饭/md/01-米.md"),
        text("焖饭/md/02-水.md"),
        text("焖饭/PDF/03-火.md"),
        text("焖饭/PDF/04-锅.md"),
    )

    assert (course.name, {held.chapter for held in course.lessons}) == ("焖饭", {None})


def test_an_e_book_is_a_course_of_its_title() -> None:
    assembly = assembled(
        [
            *(
                text("a.epub", title=title, book="焖饭的学问", entry=at)
                for at, title in enumerate(["封面", "米"])
            ),
            *(
                text("b.epub", title=title, book="修车的学问", entry=at)
                for at, title in enumerate(["封面", "链条"])
            ),
        ]
    )

    assert [(course.name, course.named_by, len(course.lessons)) for course in assembly.courses] == [
        ("修车的学问", "book", 2),
        ("焖饭的学问", "book", 2),
    ]


def test_an_e_book_and_pages_of_one_name_are_one_course() -> None:
    course = course_of(
        text("a.epub", title="01 | 米", book="《焖饭的学问》"),
        text("000_00112233aabbccdd.txt", title="02 | 水", course="焖饭的学问"),
    )

    assert [held.belongs_by for held in course.lessons] == ["book", "text"]


def test_an_e_book_that_holds_a_course_under_another_title_is_of_it() -> None:
    names = ["01 | 米", "02 | 水", "03 | 火"]
    course = course_of(
        *(text(f"{at}.txt", prose(name), title=name, course="焖饭的学问") for at, name in enumerate(names)),
        *(
            text("a.epub", prose(name), title=name, book="焖饭的学问-某某整理", entry=at)
            for at, name in enumerate(names)
        ),
    )

    assert (course.name, [len(held.duplicates) for held in course.lessons]) == ("焖饭的学问", [1, 1, 1])


def test_two_e_books_of_one_title_are_one_course() -> None:
    course = course_of(
        text("上.epub", title="01 | 米", book="焖饭的学问"),
        text("下.epub", title="02 | 水", book="焖饭的学问"),
    )

    assert [held.facts.title for held in course.lessons] == ["01 | 米", "02 | 水"]


def test_a_folder_called_as_a_course_holds_its_lessons() -> None:
    course = course_of(
        text("000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问"),
        text("12-焖饭的学问/思维导图.md"),
        text("12-焖饭的学问/02-水.md"),
    )

    assert [held.belongs_by for held in course.lessons] == ["text", "folder", "folder"]


def test_lessons_beside_those_that_name_a_course_are_of_it() -> None:
    assembly = assembled(
        [
            text("书架/000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问"),
            text("书架/02-水.md"),
            text("书架/买菜.md"),
        ]
    )

    assert listed(assembly) == {"焖饭的学问": ["书架/000_00112233aabbccdd.txt", "书架/02-水.md"]}
    assert rest(assembly) == ["书架/买菜.md"]


def test_lessons_that_contradict_those_beside_them_are_not() -> None:
    assembly = assembled(
        [
            text("000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问"),
            text("001_11223344aabbccdd.txt", title="02 | 水", course="焖饭的学问"),
            text("01-链条.md"),
            text("02-刹车.md"),
        ]
    )

    assert len(listed(assembly)["焖饭的学问"]) == 2


def test_what_could_be_of_two_courses_is_of_none() -> None:
    assembly = assembled(
        [
            text("000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问"),
            text("001_11223344aabbccdd.txt", title="01 | 链条", course="修车的学问"),
            text("05-锅.md"),
            text("开篇词.md"),
        ]
    )

    assert rest(assembly) == ["05-锅.md", "开篇词.md"]


def test_a_link_makes_a_text_one_of_the_course() -> None:
    assembly = assembled(
        [
            text("000_00112233aabbccdd.txt", title="01 | 米", course="焖饭的学问", next="02 | 水要放多少"),
            text("001_11223344aabbccdd.txt", title="01 | 链条", course="修车的学问"),
            text("杂/02-水要放多少.md", next="03 | 火要烧多大"),
            text("别的/03-火要烧多大.md"),
        ]
    )

    assert listed(assembly)["焖饭的学问"] == [
        "000_00112233aabbccdd.txt", "杂/02-水要放多少.md", "别的/03-火要烧多大.md",
    ]  # fmt: skip
    assert [held.belongs_by for held in assembly.courses[1].lessons] == ["text", "link", "link"]


def test_a_link_that_two_courses_have_makes_a_text_one_of_neither() -> None:
    assembly = assembled(
        [
            text("a.txt", title="01 | 米", course="焖饭的学问", next="02 | 为什么要学"),
            text("b.txt", title="01 | 链条", course="修车的学问", next="02 | 为什么要学"),
            text("杂/02-为什么要学.md"),
        ]
    )

    assert rest(assembly) == ["杂/02-为什么要学.md"]


def test_a_shared_word_is_no_link() -> None:
    assembly = assembled(
        [text("a.txt", title="01 | 米", course="焖饭的学问", previous="开篇词"), text("杂/开篇词.md")]
    )

    assert rest(assembly) == ["杂/开篇词.md"]


def test_a_text_that_is_the_same_as_one_of_the_course_is_of_it() -> None:
    course = course_of(
        text("a.txt", prose("米"), title="01 | 米", course="焖饭的学问"),
        text("杂/摘抄.md", prose("米")),
    )

    assert [duplicate.facts.path for duplicate in course.lessons[0].duplicates] == ["seeds/杂/摘抄.md"]


def test_a_folder_that_holds_a_course_once_more_is_of_it() -> None:
    names = ["01 | 米", "02 | 水", "03 | 火"]
    course = course_of(
        *(text(f"{at}.txt", prose(name), title=name, course="焖饭的学问") for at, name in enumerate(names)),
        *(text(f"副本/{name.replace(' | ', '-')}.md", prose(name)) for name in names),
    )

    assert [len(held.duplicates) for held in course.lessons] == [1, 1, 1]


def test_a_folder_of_two_courses_that_none_tells_apart_is_no_course() -> None:
    names = ["01-米", "02-水", "03-火", "01-链条", "02-刹车", "03-轮胎"]
    assembly = assembled(text(f"杂/{name}.md") for name in names)

    assert assembly.courses == ()
    assert len(assembly.rest) == 6


def test_notes_make_no_course() -> None:
    assembly = assembled([text("杂/买菜.md"), text("杂/读书.md"), text("01-米.md")])

    assert assembly.courses == ()
    assert rest(assembly) == ["01-米.md", "杂/买菜.md", "杂/读书.md"]


def test_pages_without_a_course_that_lead_to_each_other_are_one() -> None:
    course = course_of(
        text("甲/01-米要怎么挑.md", next="02 | 水要放多少"),
        text("乙/02-水要放多少.md", previous="01 | 米要怎么挑"),
    )

    assert (course.name, [held.belongs_by for held in course.lessons]) == (None, ["link", "link"])


def test_two_courses_have_an_opening_each() -> None:
    assembly = assembled(
        [text("焖饭/开篇词.md"), text("焖饭/01-米.md"), text("修车/开篇词.md"), text("修车/01-链条.md")]
    )

    assert listed(assembly) == {
        "修车": ["修车/开篇词.md", "修车/01-链条.md"],
        "焖饭": ["焖饭/开篇词.md", "焖饭/01-米.md"],
    }
