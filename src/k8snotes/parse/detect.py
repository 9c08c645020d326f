"""Which shape a source has: the one with most points, never below what a shape must show."""

from k8snotes.model.lesson import Likeness
from k8snotes.model.source import Source
from k8snotes.parse.shapes import SHAPES, Shape, plain_markdown

# One sign may be chance: a printed page shows two, a comment list is worth ten.
ENOUGH = 3


def detect(source: Source) -> Shape:
    points = [likeness.points for likeness in likenesses(source)]
    best = max(points)
    # The first of those that score alike: the shapes stand in the order in which they are preferred.
    return SHAPES[points.index(best)] if best >= ENOUGH else plain_markdown


def likenesses(source: Source) -> tuple[Likeness, ...]:
    """How much a source looks like each of the shapes, in their order."""
    return tuple(_likeness(shape, source) for shape in SHAPES)


def _likeness(shape: Shape, source: Source) -> Likeness:
    found = tuple(shape.likeness(source))
    return Likeness(
        format=shape.NAME,
        points=sum(points for points, _ in found),
        signs=tuple(sign for _, sign in found),
    )
