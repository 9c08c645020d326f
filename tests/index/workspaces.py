"""Small workspaces to index, and what a search in them says."""

from pathlib import Path

from k8snotes.index.names import LONGEST
from k8snotes.lookup import Library, search_library
from k8snotes.model.filters import Filters
from k8snotes.model.hits import Answer
from k8snotes.refresh import Index, fresh_index
from k8snotes.workspace import Workspace

TEXTS = {
    "01 - 浇水.md": "## 看土\n\n所谓**看土浇水**，就是先摸土。\n\nKubernetes 的 StatefulSets 也先看一眼。\n",
    "02 - 打顶.md": "## 数穗\n\n第五穗花开齐了再打顶；k8s 不会数。\n\n```\nkubectl get pods\n```\n",
    "盆/03 - 堆肥.md": "# 堆肥\n\n每周翻堆一次，學習不停。\n",
}


ALL = Filters()


def workspace(folder: Path, texts: dict[str, str] = TEXTS) -> Workspace:
    for name, text in texts.items():
        write(folder, name, text)
    return Workspace(str(folder))


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / "seeds" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def fresh(place: Workspace) -> Index:
    return fresh_index(place, progress=lambda _done, _total: None)


def asked(place: Workspace, query: str, filters: Filters = ALL, **options: int) -> Answer:
    """What a search says, from an index opened for it."""
    index = fresh(place)
    try:
        return search_library(
            Library(index=index), query, filters, own_terms=(), limit=options.pop("limit", 50), **options
        )  # type: ignore[arg-type]
    finally:
        index.close()


def lines(answer: Answer) -> list[tuple[str, int]]:
    return [(hit.path.removeprefix("seeds/"), hit.line) for hit in answer.hits]


def dump(index: Index) -> tuple[object, ...]:
    """All that an index holds, but for the numbers that it gave."""
    store = index.store
    names = dict(store.short_names(2, LONGEST))
    return store.contents(), store.terms(), names, [failure for failure, _ in index.failures]
