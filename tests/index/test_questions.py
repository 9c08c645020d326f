"""How well search answers what a student asks of the sample course.

The questions were written for the lessons, before anybody saw what search makes of them; each with
words of the passage that answers best. Often another passage does nearly as well, so not all can
come first.
"""

import shutil
from pathlib import Path
from statistics import mean

from index.workspaces import asked
from k8snotes.model.hits import PassageHit
from k8snotes.workspace import Workspace

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests/data/questions.tsv"
DEPTH = 10


def test_answers_come_early(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds/sample", tmp_path / "seeds")
    place = Workspace(str(tmp_path))
    questions = [
        line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")
    ]

    passages, lessons = [], []
    for question, file, words in questions:
        passages.append(_reciprocal_rank(asked(place, question, limit=DEPTH).hits, file, words))
        lessons.append(_reciprocal_rank(asked(place, question, limit=DEPTH, by_lesson=True).hits, file, ""))

    print(f"MRR@{DEPTH} of {len(questions)}: passages {mean(passages):.3f}, lessons {mean(lessons):.3f}")
    assert mean(passages) >= 0.75
    assert mean(lessons) >= 0.9


def _reciprocal_rank(hits: tuple[PassageHit, ...], file: str, words: str) -> float:
    for rank, hit in enumerate(hits, start=1):
        if Path(hit.path).name.startswith(file) and words in hit.text:
            return 1 / rank
    return 0.0
