"""How good summaries and themes are, beside other tools', and what each feature of a sentence is worth.

    .venv/bin/python benchmarks/findings.py [--kit FOLDER] [--ablation]

The kit is a folder of its own: pages of the Chinese Kubernetes documentation with what their authors
wrote to sum them up and the terms that they linked, functions that score, and the peers' scores of
each page, worked out by their own code beforehand. Summaries are scored by ROUGE-1, -2 and -L (F1 over
Han characters, their mean in the columns), themes by F1 at 10. Behind each difference stands its 95 %
interval (paired bootstrap).
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from k8snotes.analyse.features import FEATURES, Feature
from k8snotes.analyse.salience import Salience, salience
from k8snotes.analyse.selection import Length, select, thesis_of
from k8snotes.model.lesson import Lesson
from k8snotes.model.words import Segmented
from k8snotes.pipeline import Words, inputs_named, load_words, read_inputs, segment_lesson, themes_of

KIT = Path(__file__).parents[2] / "shared/evaluation"
COLUMNS = ("description s1", "overview c100", "overview c200")
OVERVIEW = ("overview c100", "overview c200")

Scores = Mapping[str, Mapping[str, float]]  # of each page, by column
Features = tuple[tuple[Feature, float], ...]


class Page(NamedTuple):
    file: str
    lesson: Lesson
    segmented: Segmented


class Kit(NamedTuple):
    folder: Path
    scoring: ModuleType
    words: Words

    def peers(self, task: str) -> dict[str, Scores]:
        return json.loads((self.folder / f"peers/{task}.json").read_text("utf-8"))

    def items(self, name: str) -> list[dict[str, object]]:
        return self.scoring.read_jsonl(self.folder / f"data/{name}.jsonl")

    def pages(self, folder: str) -> Iterator[Page]:
        for result in read_inputs(inputs_named([str(self.folder / "data" / folder)])):
            if isinstance(result, tuple):
                file, lesson = result
                name = str(file.path.relative_to(self.folder / "data" / folder))
                yield Page(name, lesson, segment_lesson(lesson, self.words))


# ---- summaries


def summary_scores(kit: Kit, pages: list[Page], features: Features = FEATURES) -> Scores:
    """The mean of ROUGE-1, -2 and -L of each page with a reference."""
    by_file = {page.file: page for page in pages}
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for item in kit.items("summaries"):
        page = by_file.get(item["file"])
        row = (
            predicted(kit, salience(page.segmented, kit.words.vocabulary, features=features)) if page else {}
        )
        for kind, reference in item["refs"].items():
            for budget, rouge in kit.scoring.summary(row, reference).items():
                scores[f"{kind} {budget}"][item["id"]] = sum(rouge) / 3
    return scores


def predicted(kit: Kit, found: Salience) -> dict[str, str]:
    """What `summarize` shows of a page, without its inline marks."""

    def text(positions: tuple[int, ...]) -> str:
        return "".join(kit.scoring.plain(found.segmented.sentences[at].text) for at in positions)

    thesis = thesis_of(found)
    row = {f"c{size}": text(select(found, Length(characters=size))) for size in (100, 200)}
    return {**row, "s1": "" if thesis is None else text((thesis,))}


# ---- themes


def theme_scores(kit: Kit) -> Scores:
    references = {item["id"]: item["ref"] for item in kit.items("keywords")}
    scores = dict.fromkeys(references, 0.0)
    for page in kit.pages("docs"):
        if page.file in references:
            themes = themes_of([page.lesson], kit.words, limit=10)
            scores[page.file] = kit.scoring.keywords([t.text for t in themes], references[page.file])[2]
    return {"F1@10": scores}


# ---- the tables


def table(kit: Kit, ours: Scores, peers: dict[str, Scores], columns: tuple[str, ...]) -> None:
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    rows = {"**k8snotes**": ours, **dict(sorted(peers.items(), key=lambda peer: -mean(peer[1], columns)))}
    for name, scores in rows.items():
        cells = [
            f"{kit.scoring.mean(scores[column].values()):.3f}" if column in scores else ""
            for column in columns
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def differences(kit: Kit, ours: Scores, peers: dict[str, Scores], columns: tuple[str, ...]) -> None:
    """Beside the best peer of each column, and how much of the way to the oracle that is."""
    for column in columns:
        best = max(
            (name for name in peers if name != "oracle"), key=lambda name: mean(peers[name], (column,))
        )
        pairs = [value - peers[best][column].get(item, 0.0) for item, value in ours[column].items()]
        low_high = "[{1:+.3f}, {2:+.3f}]".format(*kit.scoring.bootstrap([pairs]))
        gain = mean(ours, (column,)) - mean(peers[best], (column,))
        gap = mean(peers["oracle"], (column,)) - mean(peers[best], (column,))
        print(f"{column}: {gain:+.3f} {low_high} beside {best}; {gain / gap:.0%} of the gap to the oracle")


def mean(scores: Scores, columns: tuple[str, ...]) -> float:
    values = [sum(scores[column].values()) / len(scores[column]) for column in columns if column in scores]
    return sum(values) / len(values) if values else 0.0


def ablation(kit: Kit, pages: list[Page], whole: Scores) -> None:
    print("| without | " + " | ".join(COLUMNS) + " |")
    print("|---|" + "---:|" * len(COLUMNS))
    for left_out, _ in FEATURES:
        rest = tuple(pair for pair in FEATURES if pair[0] is not left_out)
        scores = summary_scores(kit, pages, rest)
        cells = [f"{mean(scores, (column,)) - mean(whole, (column,)):+.4f}" for column in COLUMNS]
        print(f"| {left_out.__name__} | " + " | ".join(cells) + " |")


def main(show: Callable[[str], None] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kit", type=Path, default=KIT, help="the folder of pages and references")
    parser.add_argument("--ablation", action="store_true", help="also show what each feature is worth")
    arguments = parser.parse_args()
    if not (arguments.kit / "scoring.py").exists():
        sys.exit(f"{arguments.kit}: no kit there; name its folder with --kit")
    sys.path.insert(0, str(arguments.kit))
    kit = Kit(arguments.kit, import_module("scoring"), load_words())

    pages = list(kit.pages("bodies"))
    ours = summary_scores(kit, pages)
    peers = kit.peers("summary")
    show("## Summaries\n")
    table(kit, ours, peers, COLUMNS)
    show("")
    differences(kit, ours, peers, COLUMNS)
    if arguments.ablation:
        show("")
        ablation(kit, pages, ours)
    show("\n## Themes\n")
    themes = theme_scores(kit)
    table(kit, themes, kit.peers("keywords"), ("F1@10",))
    show("")
    differences(kit, themes, kit.peers("keywords"), ("F1@10",))


if __name__ == "__main__":
    main()
