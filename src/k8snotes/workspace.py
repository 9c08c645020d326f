"""The reader's folder: `seeds/` with course texts in, `notes/` with notes out."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from k8snotes.errors import K8sNotesError, NothingToRead, UsageError
from k8snotes.model.source import InputFile
from k8snotes.read.files import folder_below, walk

CONFIG_NAME = "k8snotes.toml"
SEEDS = "seeds"
# Says what the folder is for; never a course text.
NOT_LESSONS = frozenset({"README.md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    root: Path

    @property
    def seeds(self) -> Path:
        return self.root / SEEDS

    @property
    def config_file(self) -> Path:
        return self.root / CONFIG_NAME

    def inputs(self) -> Iterator[InputFile | K8sNotesError]:
        """The texts in `seeds/`, shown relative to the workspace."""
        found = False
        for file in walk(self.seeds, skip=NOT_LESSONS):
            found = True
            shown = f"{SEEDS}/{file.relative_to(self.seeds).as_posix()}"
            yield InputFile(path=file, shown=shown, folder=folder_below(self.seeds, file))
        if not found:
            yield NothingToRead(f"{self.seeds}: no course texts yet; put .txt or .md files there")


def find_workspace(
    start: Path, *, override: str | None = None, environ: Mapping[str, str] = os.environ
) -> Workspace | None:
    """The workspace around `start`: named, or the nearest folder upwards that is one.

    Raises:
        UsageError: a workspace was named, but there is no such folder.
    """
    named = override or environ.get("K8SNOTES_WORKSPACE")
    if named:
        root = Path(named)
        if not root.is_dir():
            raise UsageError(f"{named}: no such workspace; make it with: k8snotes init {named}")
        return Workspace(root=root)
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file() or (folder / SEEDS).is_dir():
            return Workspace(root=folder)
    return None
