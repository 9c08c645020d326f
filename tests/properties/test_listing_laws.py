"""A folder of texts is the same texts to all who look at it, however its folders link to one another."""

import os
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from k8snotes.errors import K8sNotesError
from k8snotes.model.source import InputFile
from k8snotes.read.folders import find_inputs, walk
from k8snotes.read.listing import listing
from k8snotes.workspace import Workspace

names = st.sampled_from(["a", "b", "0", "2", "10", "甲", ".x"])
folders = st.lists(names, max_size=3).map("/".join)

all_texts = st.lists(st.tuples(folders, names), max_size=6)
all_links = st.lists(st.tuples(folders, names, folders), max_size=4)


def fill(top: Path, texts: list[tuple[str, str]], links: list[tuple[str, str, str]]) -> None:
    for folder, name in texts:
        (top / folder).mkdir(parents=True, exist_ok=True)
        (top / folder / f"{name}.md").write_text("饭", encoding="utf-8")
    for folder, name, to in links:
        link = top / folder / name
        if (top / to).is_dir() and link.parent.is_dir() and not os.path.lexists(link):
            link.symlink_to(top / to, target_is_directory=True)


@given(texts=all_texts, links=all_links)
def test_what_is_listed_is_what_a_walk_names(
    texts: list[tuple[str, str]], links: list[tuple[str, str, str]]
) -> None:
    with TemporaryDirectory() as top:
        fill(Path(top), texts, links)

        walked = [file for file in walk(Path(top)) if not isinstance(file, K8sNotesError)]

        assert sorted(path for path, *_ in listing(top)) == sorted(
            file.relative_to(top).as_posix() for file in walked
        )


@given(
    texts=all_texts,
    links=all_links,
    named=st.lists(st.tuples(folders, names | st.just("")), min_size=1, max_size=3),
    begins=st.sampled_from(["seeds", "./seeds/", "seeds/../seeds"]),
)
def test_what_is_quickly_named_is_what_a_walk_finds(
    texts: list[tuple[str, str]],
    links: list[tuple[str, str, str]],
    named: list[tuple[str, str]],
    begins: str,
) -> None:
    with TemporaryDirectory() as top, chdir(top):
        seeds = Path(top) / "seeds"
        seeds.mkdir()
        (seeds / "README.md").write_text("no text", encoding="utf-8")
        fill(seeds, texts, links)
        arguments = [
            "/".join(filter(None, [begins, folder, name and f"{name}.md"])) for folder, name in named
        ]
        workspace = Workspace(top)

        quickly = workspace.quickly_named(arguments)

        if quickly is None:
            return
        found = [*find_inputs(arguments, shelf=workspace.below("seeds"))]
        files = [file for file in found if isinstance(file, InputFile)]
        assert len(files) == len(found)
        assert quickly.shown == {workspace.path_of(file.path): file.shown for file in reversed(files)}
        assert quickly.by_themselves == {workspace.path_of(file.path) for file in files if file.is_named}
