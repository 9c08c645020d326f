"""The rows of the index: of which lesson, which of its fields, which passage, in one number."""

from enum import IntEnum

from k8snotes.model.kinds import PassageKind


class Field(IntEnum):
    """The parts of a lesson that words weigh differently in."""

    TITLE = 0  # and the file's name
    FACTS = 1  # folders, course, author
    HEADING = 2
    LEAD = 3  # the first paragraphs
    BODY = 4
    CODE = 5
    COMMENT = 6
    REPLY = 7
    REST = 8  # what stands in the lines but in no passage: for grep alone


class Length(IntEnum):
    """The parts of a lesson whose lengths are kept."""

    TITLE = 0
    TEXT = 1
    SAID = 2  # by readers, and to them


LENGTH_OF: dict[int, Length] = {
    Field.TITLE: Length.TITLE,
    Field.HEADING: Length.TEXT,
    Field.LEAD: Length.TEXT,
    Field.BODY: Length.TEXT,
    Field.CODE: Length.TEXT,
    Field.COMMENT: Length.SAID,
    Field.REPLY: Length.SAID,
}


# A row's number says where it belongs: lesson, field, passage.
FIELD_BITS, PASSAGE_BITS = 4, 20
FIELD_MASK = (1 << FIELD_BITS) - 1
LESSON_SHIFT = FIELD_BITS + PASSAGE_BITS
LAST_PASSAGE = (1 << PASSAGE_BITS) - 1
FIELDS: dict[PassageKind, Field] = {
    "title": Field.TITLE,
    "heading": Field.HEADING,
    "body": Field.BODY,
    "code": Field.CODE,
    "comment": Field.COMMENT,
    "reply": Field.REPLY,
}
KIND_OF: dict[int, PassageKind] = {
    **{field: kind for kind, field in FIELDS.items()},
    Field.FACTS: "title",
    Field.LEAD: "body",
}


def row_number(field: int, passage: int) -> int:
    return field << PASSAGE_BITS | passage
