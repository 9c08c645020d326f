"""Some of the faults, once each; `tests/faults/run --times N` tries all of them often."""

import random
from pathlib import Path

import pytest

from faults.harm import FAULTS, Fault, Ward

SHORT = ("kill -9: export again",)  # the others take too long here


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    return Ward(tmp_path_factory.mktemp("ward"))


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.name in SHORT], ids=lambda fault: fault.name
)
def test_nothing_is_lost(ward: Ward, fault: Fault) -> None:
    if reason := fault.needs():
        pytest.skip(reason)

    assert fault.inflict(ward, random.Random(fault.name)) == []


def test_the_short_list_names_faults_that_there_are() -> None:
    assert set(SHORT) <= {fault.name for fault in FAULTS}


def test_a_loss_is_noticed(ward: Ward) -> None:
    scene = ward.scene("export again")
    folder = scene.copy("harmed")
    note = next(Path(folder, "notes").rglob("*.md"))
    note.write_text("half", encoding="utf-8")

    assert scene.losses(folder) == [
        f"after the fault: {note.relative_to(folder).as_posix()}: neither old nor new"
    ]
