"""The one real lesson at hand: its structure only, since its words are not ours to repeat.

It lies beside the repository, not in it; without it there is nothing to test against.
"""

from pathlib import Path

import pytest

from k8snotes.model.lesson import Audio, CourseStats, Lesson, Paragraph
from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import read_sources

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

LIKES = [16, 8, 6, 3, 2, 2, 2, 1, 1, 0, 0, 0, 0, *[None] * 7]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip(f"the real lesson is not at {SEEDS}")
    return parse(next(read_sources(InputFile(path=files[0], shown=files[0].name, folder=""))))


def test_every_line_has_its_place_and_nothing_is_odd(lesson: Lesson) -> None:
    assert list(faults(lesson)) == []
    assert lesson.warnings == ()
    assert (lesson.sections[0].first_line, lesson.sections[-1].last_line) == (1, 310)
    assert [section.kind for section in lesson.sections] == [
        "masthead", "card", "audio", "body", "card", "boilerplate", "navigation", "comments",
    ]  # fmt: skip


def test_the_body_is_its_paragraphs_with_the_cut_one_joined(lesson: Lesson) -> None:
    assert len(lesson.blocks) == 11
    assert all(isinstance(block, Paragraph) for block in lesson.blocks)
    spans = [(block.first_line, block.last_line) for block in lesson.blocks]
    assert [span for span in spans if span[0] != span[1]] == [(39, 41)]


def test_the_facts_around_the_lesson_are_read(lesson: Lesson) -> None:
    assert lesson.stats == CourseStats(days=118, articles=53, characters=235831, hours=12.5)
    assert lesson.audio is not None
    assert lesson.audio == Audio(seconds=307, size_mb=4.7, narrator=lesson.author)
    assert lesson.date is not None
    assert lesson.date.isoformat() == "2018-12-24"
    assert all((lesson.title, lesson.course, lesson.author, lesson.author_bio))
    assert all((lesson.previous, lesson.next, lesson.copyright))


def test_the_comments_are_read_with_likes_replies_and_clip_marks(lesson: Lesson) -> None:
    assert [comment.likes for comment in lesson.comments] == LIKES
    assert sum(len(comment.replies) for comment in lesson.comments) == 3
    assert {reply.by for comment in lesson.comments for reply in comment.replies} == {"author"}
    assert sum(comment.clipped for comment in lesson.comments) == 11
    assert sum(comment.author_truncated for comment in lesson.comments) == 3
    assert all(comment.date for comment in lesson.comments)
    assert all(comment.text for comment in lesson.comments)


def test_no_mark_of_the_page_is_left_in_a_text(lesson: Lesson) -> None:
    texts = [comment.text.string for comment in lesson.comments]
    replies = [reply.text.string for comment in lesson.comments for reply in comment.replies]

    assert not [text for text in [*texts, *replies] if "展开" in text or "作者回复" in text or "👍" in text]
