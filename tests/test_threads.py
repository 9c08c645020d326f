"""Themes followed together, each as if it were followed alone."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from k8snotes import threads
from k8snotes.lookup import Library, whole_library
from k8snotes.pipeline import no_progress
from k8snotes.threads import ToTrace, named, thread_of, threads_of
from k8snotes.workspace import Workspace

NAMES = ("浇水", "打顶", "看土浇水", "堆肥", "状态", "k8s", "不在其中的词", "的")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The workspace of the transcripts, to look things up in."""
    shutil.copytree(Path(__file__).parent / "transcripts/workspace", tmp_path, dirs_exist_ok=True)
    found = whole_library(Workspace(str(tmp_path)), no_progress)
    yield found
    found.index.close()


@pytest.mark.parametrize("batch", [1, 2, threads.MOST_AT_ONCE])
def test_themes_followed_in_one_pass_are_as_followed_one_by_one(
    library: Library, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    themes = [named(name, ()) for name in NAMES]
    alone = [thread_of(library, theme, no_progress) for theme in themes]
    order = [replace(share, count=0) for share in next(filter(None, alone)).shares]
    monkeypatch.setattr(threads, "MOST_AT_ONCE", batch)

    [together, again] = threads_of(library, [ToTrace(themes, order), ToTrace(themes[::-1], order)])

    assert together == alone
    assert again == alone[::-1]
    assert sum(thread is not None for thread in together) >= 3
