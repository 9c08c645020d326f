"""A folder of texts is the same texts to all who look at it, however its folders link to one another."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from k8snotes.errors import K8sNotesError
from k8snotes.read.folders import walk
from k8snotes.read.listing import listing

names = st.sampled_from(["a", "b", "0", "2", "10", "甲", ".x"])
folders = st.lists(names, max_size=3).map("/".join)


@given(
    texts=st.lists(st.tuples(folders, names), max_size=6),
    links=st.lists(st.tuples(folders, names, folders), max_size=4),
)
def test_what_is_listed_is_what_a_walk_names(
    texts: list[tuple[str, str]], links: list[tuple[str, str, str]]
) -> None:
    with TemporaryDirectory() as top:
        for folder, name in texts:
            (Path(top) / folder).mkdir(parents=True, exist_ok=True)
            (Path(top) / folder / f"{name}.md").write_text("饭", encoding="utf-8")
        for folder, name, to in links:
            link = Path(top) / folder / name
            if (Path(top) / to).is_dir() and link.parent.is_dir() and not os.path.lexists(link):
                link.symlink_to(Path(top) / to, target_is_directory=True)

        walked = [file for file in walk(Path(top)) if not isinstance(file, K8sNotesError)]

        assert sorted(path for path, *_ in listing(top)) == sorted(
            file.relative_to(top).as_posix() for file in walked
        )
