"""Sources to lessons: typed sections, blocks and comments, each with its source lines."""

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.detect import detect
from k8snotes.parse.shapes import BY_NAME


def parse(source: Source, *, shape: str | None = None) -> Lesson:
    """The lesson that a source holds; any text is one, odd ones carry warnings.

    `shape` names the shape to read it as, a key of `BY_NAME`; None: the one that it looks like.
    """
    return (detect(source) if shape is None else BY_NAME[shape]).parse(source)
