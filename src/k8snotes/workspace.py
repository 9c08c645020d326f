"""The reader's folder: `seeds/` with course texts in, `notes/` with notes out."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from k8snotes import __version__
from k8snotes.errors import K8sNotesError, NothingToRead, UsageError
from k8snotes.speech import Message

if TYPE_CHECKING:
    from pathlib import Path

    from k8snotes.model.source import InputFile

CONFIG_NAME = "k8snotes.toml"
TERMS_NAME = "terms.toml"
SEEDS = "seeds"
CACHE = ".k8snotes"
VARIABLE = "K8SNOTES_WORKSPACE"
# What stands in the folder for notes until there are any; an index may take its place.
NOTES_README = Message("""\
# notes

`k8snotes export` writes its notes here. What you write in them stays yours.
""")


class NamedTexts(NamedTuple):
    """Texts of a workspace that somebody named, by their paths below its folder of texts."""

    shown: Mapping[str, str]  # by which paths
    by_themselves: frozenset[str]  # not by a folder or a pattern that they are found in


class Workspace(NamedTuple):
    folder: str

    @property
    def root(self) -> "Path":
        from pathlib import Path

        return Path(self.folder)

    @property
    def seeds(self) -> "Path":
        return self.root / SEEDS

    @property
    def terms_file(self) -> "Path":
        return self.root / TERMS_NAME

    @property
    def cache(self) -> "Path":
        """What may be deleted at any time."""
        return self.root / CACHE

    @property
    def config_file(self) -> "Path":
        return self.root / CONFIG_NAME

    def below(self, *names: str) -> str:
        """A place in it, for what a search needs: to load pathlib takes a tenth of one."""
        return os.path.join(self.folder, *names)

    def make_cache(self) -> None:
        """Makes the folder of the cache.

        Raises:
            OSError: nothing can be written here.
        """
        self.cache.mkdir(exist_ok=True)
        ignore = self.cache / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")  # a cache is nobody's history

    def inputs(self) -> "Iterator[InputFile | K8sNotesError]":
        """The texts in `seeds/`, shown relative to the workspace."""
        from k8snotes.model.source import InputFile
        from k8snotes.read.folders import folder_below, walk
        from k8snotes.read.listing import NOT_LESSONS

        found = False
        for file in walk(self.seeds, skip=NOT_LESSONS):
            found = True
            if isinstance(file, K8sNotesError):
                yield file.with_path(str(self.seeds), SEEDS)
                continue
            shown = f"{SEEDS}/{file.relative_to(self.seeds).as_posix()}"
            yield InputFile(path=file, shown=shown, folder=folder_below(self.seeds, file))
        if not found:
            yield self.emptiness()

    def emptiness(self) -> NothingToRead:
        """What is said of a workspace without texts."""
        return NothingToRead(
            "{path}: no course texts yet; put texts there: .txt, .md, .html, .epub or .pdf", path=self.seeds
        )

    def folder_of(self, file: "Path") -> str | None:
        """The folders in `seeds/` down to the file, with "/"; None for a file elsewhere."""
        from k8snotes.read.folders import folder_below

        seeds, file = self.seeds.resolve(), file.resolve()
        return folder_below(seeds, file) if file.is_relative_to(seeds) else None

    def path_of(self, file: "str | Path") -> str | None:
        """A file's path below `seeds/`, with "/"; None for a file elsewhere."""
        seeds, path = os.path.abspath(self.below(SEEDS)), os.path.abspath(file)  # links stay links
        below = path[len(seeds) + 1 :] if path.startswith(seeds + os.sep) else ""
        return below.replace(os.sep, "/") or None

    def is_shelf(self, folder: str) -> bool:
        """Whether a path names `seeds/` itself."""
        return os.path.abspath(folder) == os.path.abspath(self.below(SEEDS))

    def quickly_named(self, arguments: Sequence[str]) -> "NamedTexts | None":
        """What files and folders below `seeds/` name, as `find_inputs` tells; that takes longer to load.

        None where it is for that to tell: of patterns, of what is not there, of texts that stand elsewhere.
        """
        from k8snotes.read.listing import NOT_LESSONS, listing

        shown: dict[str, str] = {}
        files = []
        for argument in arguments:
            below = self.path_of(argument)
            if below is None and not self.is_shelf(argument):
                return None
            if below is not None and os.path.isfile(argument):
                shown.setdefault(below, argument)
                files.append(below)
            elif os.path.isdir(argument):
                states = listing(argument, skip=frozenset() if below else NOT_LESSONS)
                if not states or any(size < 0 for _, size, *_ in states):
                    return None
                for path, *_ in states:
                    shown.setdefault(f"{below}/{path}" if below else path, os.path.join(argument, path))
            else:
                return None
        return NamedTexts(shown, frozenset(files))


def made_by(layout: int) -> str:
    """What a cache depends on beside the texts: of another version or with other extras it is made anew."""
    import unicodedata
    from importlib.util import find_spec

    extras = "pdf" if find_spec("pypdfium2") else ""
    return f"{layout} {__version__} {unicodedata.unidata_version} {extras}"


def find_workspace(
    start: "str | os.PathLike[str]", *, override: str | None = None, environ: Mapping[str, str] = os.environ
) -> Workspace | None:
    """The workspace around `start`: named, or the nearest folder upwards that is one.

    Raises:
        UsageError: a workspace was named, but there is no such folder.
    """
    if override is not None:
        return _named(override, "--workspace")
    if named := environ.get(VARIABLE):
        return _named(named, VARIABLE)
    folder = os.fspath(start)
    while not _is_workspace(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return Workspace(folder)


def _is_workspace(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, CONFIG_NAME)) or os.path.isdir(os.path.join(folder, SEEDS))


def _named(name: str, by: str) -> Workspace:
    if not name:
        raise UsageError("{by}: the name of the folder is empty; name one", by=by)
    if not os.path.isdir(name):
        import shlex

        raise UsageError(
            "{by} {name}: no such folder; make a workspace there with: k8snotes init {quoted}",
            by=by,
            name=name,
            quoted=shlex.quote(name),
        )
    return Workspace(name)
