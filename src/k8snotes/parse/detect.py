"""Which shape a source has: the one with most points, never below what a shape must show."""

from k8snotes.model.source import Source
from k8snotes.parse.shapes import SHAPES, Shape, plain_markdown

# One sign may be chance: a printed page shows two, a comment list is worth ten.
ENOUGH = 3


def detect(source: Source) -> Shape:
    points = {id(shape): sum(points for points, _ in shape.likeness(source)) for shape in SHAPES}
    best = max(SHAPES, key=lambda shape: points[id(shape)])
    return best if points[id(best)] >= ENOUGH else plain_markdown
