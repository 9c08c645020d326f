"""Sources to lessons: typed sections, blocks and comments, each with its source lines."""

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.detect import detect


def parse(source: Source) -> Lesson:
    """The lesson that a source holds; any text is one, odd ones carry warnings."""
    return detect(source).parse(source)
