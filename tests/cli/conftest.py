"""A runner in an empty folder, and one in a copy of the workspace of the transcripts."""

import shutil
from pathlib import Path

import pytest

from cli.runner import Runner

WORKSPACE = Path(__file__).parents[1] / "transcripts" / "workspace"


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    """The command in an empty folder."""
    return Runner(tmp_path)


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    """The command in a workspace: a printed page, a page of a collection and a plain one."""
    shutil.copytree(WORKSPACE, tmp_path, dirs_exist_ok=True)
    return Runner(tmp_path)
