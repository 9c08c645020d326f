"""Which shape a text is taken for, and what its points are given for."""

from k8snotes.model.lesson import Likeness
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.parse.detect import ENOUGH, detect, likenesses
from k8snotes.parse.shapes import BY_NAME, SHAPES
from parse.pages import printed_page


def source(text: str, name: str = "rice.txt") -> Source:
    return Source(path=name, name=name, lines=tuple(text.split("\n")), encoding="utf-8")


def test_every_shape_is_weighed_in_the_order_of_preference() -> None:
    found = likenesses(source(printed_page()))

    assert [likeness.format for likeness in found] == [shape.NAME for shape in SHAPES]


def test_the_shape_with_most_points_is_taken() -> None:
    page = source(printed_page())

    best = max(likenesses(page), key=lambda likeness: likeness.points)

    assert best.points >= ENOUGH
    assert "进入课程 in the head" in best.signs
    assert detect(page).NAME == best.format == "geektime-text"


def test_too_few_points_leave_a_text_plain_markdown() -> None:
    nearly = source(
        "水线\n\n" + "水线是米面以上的那一截水。\n\n" * 3 + "© 版权归灶台所有\n\n下一篇 04 | 火候"
    )

    points = {likeness.format: likeness.points for likeness in likenesses(nearly)}

    assert points["markdown"] < max(points.values()) < ENOUGH
    assert detect(nearly).NAME == "markdown"


def test_any_text_has_one_point_as_markdown_and_none_as_what_it_is_not() -> None:
    found = likenesses(source("水线是米面以上的那一截水。"))

    assert Likeness(format="markdown", points=1, signs=("any text",)) in found
    assert Likeness(format="html", points=0, signs=()) in found


def test_names_of_shapes_are_all_different() -> None:
    assert len(BY_NAME) == len(SHAPES)


def test_a_shape_that_is_asked_for_outweighs_the_likeliest() -> None:
    page = source(printed_page())

    assert parse(page).format == "geektime-text"
    assert parse(page, shape="markdown").format == "markdown"
