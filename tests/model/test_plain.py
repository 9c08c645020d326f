"""Values go into plain data and come back as they were."""

import datetime
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k8snotes.model.course import LessonFacts
from k8snotes.model.findings import KeySentence, Phrase
from k8snotes.model.lesson import Comment, Reply
from k8snotes.model.plain import plain, reader_of
from k8snotes.model.text import Piece, Text


@given(st.from_type(Phrase) | st.from_type(KeySentence) | st.from_type(Comment) | st.from_type(LessonFacts))
def test_what_comes_back_is_what_went_in(value: object) -> None:
    written = json.dumps(plain(value))
    assume("NaN" not in written)  # which is like nothing, not even itself

    assert reader_of(type(value))(json.loads(written)) == value


def test_a_comment_comes_back_with_its_replies() -> None:
    text = Text(string="为什么？", pieces=(Piece(0, 3, 0),))
    comment = Comment(
        author=None, author_truncated=False, date=datetime.date(2020, 4, 1), likes=3, text=text,
        clipped=False, pinned=False, kind="question", reply_count=None,
        replies=(Reply(by="author", text=text, first_line=4, last_line=5),), first_line=3, last_line=5,
    )  # fmt: skip

    assert reader_of(Comment)(json.loads(json.dumps(plain(comment)))) == comment


@pytest.mark.parametrize("data", [[1, 2], {"a": 1}, None, "text", 7, []])
def test_plain_data_of_something_else_are_refused(data: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        reader_of(KeySentence)(data)


def test_a_type_that_is_not_plain_is_refused_beforehand() -> None:
    with pytest.raises(TypeError):
        reader_of(complex)
