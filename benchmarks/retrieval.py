"""How well search finds known pages, beside other search engines, and how fast.

    .venv/bin/pip install tantivy bm25s Whoosh-Reloaded   # the peers; ripgrep from your system
    .venv/bin/python benchmarks/retrieval.py [--kit FOLDER]

The kit is a folder of its own: 948 pages of the Chinese Kubernetes documentation and queries with
the one right page of each, with functions that score. All engines run in one process, one after the
other, and are charged in seconds of CPU; what is not installed is left out. Peers are as they come:
words joined with OR, without stop words, ranked by BM25. They are given each page's path as its
first line, since k8snotes ranks by file names, too; with `--hide-names` these are numbers, for all.
"""

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from k8snotes.lookup import Library, search_library
from k8snotes.model.filters import Filters
from k8snotes.pipeline import no_progress
from k8snotes.refresh import fresh_index
from k8snotes.segment.lexicon import stop_words
from k8snotes.workspace import SEEDS, Workspace

KIT = Path(__file__).parents[2] / "shared/evaluation"
DEPTH = 10
ROUNDS = 2_000
HAN_RUN_OR_WORD = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")

Pages = dict[str, str]  # texts by their paths
Query = dict[str, str]
Cut = Callable[[str], list[str]]
Search = Callable[[str], list[str]]  # paths of the pages that answer a query, best first


class Engine(NamedTuple):
    name: str
    needs: tuple[str, ...]  # modules, or a program
    index: Callable[[Pages, Path], Search]  # an empty folder serves as a place to write to


class Run(NamedTuple):
    name: str
    ranks: dict[str, float]  # reciprocal ranks by query
    index_seconds: float
    queries_per_second: float


# ---- k8snotes


def k8snotes(pages: Pages, folder: Path) -> Search:
    write(pages, folder / SEEDS)
    library = Library(fresh_index(Workspace(str(folder)), progress=no_progress))

    def search(query: str) -> list[str]:
        answer = search_library(library, query, Filters(), own_terms=(), limit=DEPTH, by_lesson=True)
        return [hit.path.removeprefix(f"{SEEDS}/") for hit in answer.hits]

    return search


# ---- the peers


def jieba_words(text: str) -> list[str]:
    jieba = import_module("jieba")
    return [word for word in jieba.cut(text.lower()) if word.strip()]


def character_bigrams(text: str) -> list[str]:
    """Pairs of Han characters, and Latin words as they are."""
    grams: list[str] = []
    for run in HAN_RUN_OR_WORD.findall(text.lower()):
        pairs = [] if run.isascii() else [run[at : at + 2] for at in range(len(run) - 1)]
        grams += pairs or [run]
    return grams


def trigrams(text: str) -> list[str]:
    runs = text.lower().split()
    return [run[at : at + 3] for run in runs for at in range(len(run) - 2)]


def without_stop_words(words: list[str]) -> list[str]:
    """The words that carry meaning, or all if none does."""
    return [word for word in words if word not in stop_words() and re.search(r"\w", word)] or words


def fts5(cut_pages: Cut | None, cut_query: Cut, tokenizer: str) -> Callable[[Pages, Path], Search]:
    """SQLite's full-text search, over text as it is or cut beforehand."""

    def index(pages: Pages, folder: Path) -> Search:
        database = sqlite3.connect(folder / "fts5.db")
        database.execute(
            f"CREATE VIRTUAL TABLE pages USING fts5(path UNINDEXED, text, tokenize='{tokenizer}')"
        )
        rows = ((path, " ".join(cut_pages(text)) if cut_pages else text) for path, text in pages.items())
        with database:
            database.executemany("INSERT INTO pages VALUES (?, ?)", rows)

        def search(query: str) -> list[str]:
            quoted = (f'"{word}"' for word in without_stop_words(cut_query(query)))
            found = database.execute(
                "SELECT path FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT ?",
                (" OR ".join(quoted) or '""', DEPTH),
            )
            return [path for (path,) in found]

        return search

    return index


def tantivy(pages: Pages, folder: Path) -> Search:
    tantivy = import_module("tantivy")
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("path", stored=True, tokenizer_name="raw")
    schema.add_text_field("text", tokenizer_name="whitespace")
    schema = schema.build()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer()
    for path, text in pages.items():
        writer.add_document(tantivy.Document(path=path, text=" ".join(jieba_words(text))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[str]:
        words = without_stop_words(jieba_words(query))
        terms = [tantivy.Query.term_query(schema, "text", word) for word in words]
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(either, DEPTH).hits
        return [searcher.doc(address)["path"][0] for _, address in hits]

    return search


def bm25s(pages: Pages, _folder: Path) -> Search:
    retriever = import_module("bm25s").BM25()
    paths = list(pages)
    retriever.index([jieba_words(text) for text in pages.values()], show_progress=False)

    def search(query: str) -> list[str]:
        words = [word for word in without_stop_words(jieba_words(query)) if word in retriever.vocab_dict]
        if not words:
            return []
        found, _ = retriever.retrieve([words], k=DEPTH, show_progress=False)
        return [paths[number] for number in found[0]]

    return search


def whoosh(pages: Pages, folder: Path) -> Search:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in its source
        fields, storage, query_language = map(
            import_module, ("whoosh.fields", "whoosh.index", "whoosh.query")
        )
        analysis = import_module("whoosh.analysis")
    text_field = fields.TEXT(analyzer=analysis.RegexTokenizer(r"\S+"))
    index = storage.create_in(folder, fields.Schema(path=fields.ID(stored=True), text=text_field))
    writer = index.writer()
    for path, text in pages.items():
        writer.add_document(path=path, text=" ".join(jieba_words(text)))
    writer.commit()
    searcher = index.searcher()

    def search(query: str) -> list[str]:
        words = without_stop_words(jieba_words(query))
        either = query_language.Or([query_language.Term("text", word) for word in words])
        return [hit["path"] for hit in searcher.search(either, limit=DEPTH)]

    return search


def ripgrep(pages: Pages, folder: Path) -> Search:
    """The query as it is, whatever its case; the page with most lines that hold it comes first."""
    write(pages, folder)

    def search(query: str) -> list[str]:
        command = ["rg", "--count", "--fixed-strings", "--ignore-case", "--null", "--", query, "."]
        lines = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout.splitlines()
        counts = [line.split("\0") for line in lines]
        best = sorted(counts, key=lambda counted: (-int(counted[1]), counted[0]))
        return [path.removeprefix("./") for path, _ in best[:DEPTH]]

    return search


K8SNOTES = Engine("k8snotes", (), k8snotes)
PEERS = (
    Engine("FTS5, character bigrams", (), fts5(character_bigrams, character_bigrams, "unicode61")),
    Engine("FTS5, trigram", (), fts5(None, trigrams, "trigram")),
    Engine("FTS5, jieba", ("jieba",), fts5(jieba_words, jieba_words, "unicode61")),
    Engine("tantivy, jieba", ("tantivy", "jieba"), tantivy),
    Engine("bm25s, jieba", ("bm25s", "jieba"), bm25s),
    Engine("Whoosh-Reloaded, jieba", ("whoosh", "jieba"), whoosh),
    Engine("ripgrep", ("rg",), ripgrep),
)


# ---- running and printing


def write(pages: Pages, folder: Path) -> None:
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")


def read_pages(folder: Path) -> Pages:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def numbered(pages: Pages) -> dict[str, str]:
    """For each path one that says nothing."""
    return {path: f"{number:04}.md" for number, path in enumerate(pages)}


def with_paths(pages: Pages) -> Pages:
    return {path: f"{path}\n{text}" for path, text in pages.items()}


def is_installed(needed: str) -> bool:
    return bool(shutil.which(needed) or find_spec(needed))


def cpu_seconds() -> float:
    """Of this process and those that it started, which other work on the machine disturbs least."""
    return sum(os.times()[:4])


def load_jieba() -> None:
    """Beforehand, so that no engine is charged with it."""
    jieba = import_module("jieba")
    jieba.setLogLevel("WARNING")
    jieba.initialize()


def run(engine: Engine, pages: Pages, queries: list[Query], scoring: ModuleType) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        began = cpu_seconds()
        search = engine.index(pages, Path(folder))
        indexed = cpu_seconds()
        found = {query["qid"]: search(scoring.plain_query(query["query"])) for query in queries}
        seconds = cpu_seconds() - indexed
    return Run(engine.name, scoring.retrieval(queries, found), indexed - began, len(queries) / seconds)


def runs(pages: Pages, queries: list[Query], scoring: ModuleType) -> Iterator[Run]:
    if is_installed("jieba"):
        load_jieba()
    yield run(K8SNOTES, pages, queries, scoring)
    for peer in PEERS:
        if missing := [needed for needed in peer.needs if not is_installed(needed)]:
            print(f"{peer.name}: left out, no {', '.join(missing)} here", file=sys.stderr)
        else:
            yield run(peer, with_paths(pages), queries, scoring)


def print_table(all_runs: list[Run], queries: list[Query], scoring: ModuleType) -> None:
    columns = ("macro", *scoring.MACRO)
    print(f"{'MRR@10':26}", *(f"{name:>6}" for name in columns), f"{'queries/s':>10} {'index s':>8}   (CPU)")
    for one in all_runs:
        means = scoring.by_type(queries, one.ranks)
        scores = (f"{means[name]:6.3f}" for name in columns)
        print(f"{one.name:26}", *scores, f"{one.queries_per_second:10.0f} {one.index_seconds:8.1f}")


def print_difference(ours: Run, peers: list[Run], queries: list[Query], scoring: ModuleType) -> None:
    """Beside the best peer: the mean paired difference, with its 95 % interval by bootstrap."""
    best = max(peers, key=lambda peer: scoring.by_type(queries, peer.ranks)["macro"])
    differences = {kind: [] for kind in scoring.MACRO}
    for query in queries:
        if query["type"] in differences:
            difference = ours.ranks[query["qid"]] - best.ranks[query["qid"]]
            differences[query["type"]].append(difference)
    for name, groups in {
        "macro": [*differences.values()],
        **{k: [v] for k, v in differences.items()},
    }.items():
        mean, low, high = scoring.bootstrap(groups, ROUNDS)
        print(f"{name:6} {ours.name} - {best.name}: {mean:+.3f} [{low:+.3f}, {high:+.3f}]")


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--kit", type=Path, default=KIT, help="its folder")
    arguments.add_argument("--hide-names", action="store_true", help="number the pages' files")
    options = arguments.parse_args()
    if not (options.kit / "scoring.py").is_file():
        sys.exit(f"{options.kit}: no kit there; name its folder with --kit")
    sys.path.insert(0, str(options.kit))
    scoring = import_module("scoring")
    pages = read_pages(options.kit / "data/docs")
    queries = scoring.read_jsonl(options.kit / "data/queries.jsonl")
    if options.hide_names:
        names = numbered(pages)
        pages = {names[path]: text for path, text in pages.items()}
        queries = [{**query, "target": names[query["target"]]} for query in queries]
    ours, *peers = runs(pages, queries, scoring)
    print_table([ours, *peers], queries, scoring)
    print_difference(ours, peers, queries, scoring)


if __name__ == "__main__":
    main()
