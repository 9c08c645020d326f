"""Writes src/k8snotes/segment/data/common_words.txt: the commonest words of general Chinese.

    python tools/make_common_words.py

One word a line, the commonest first, from the frequencies in jieba's dictionary. What is
common everywhere says little about a lesson.
"""

from importlib.resources import files
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "src/k8snotes/segment/data/common_words.txt"
WORDS = 12_000


def main() -> None:
    rows = [line.split() for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines()]
    words = [(int(frequency), word) for word, frequency, *_ in rows if len(word) > 1]
    words.sort(key=lambda row: (-row[0], row[1]))
    OUTPUT.write_text("\n".join(word for _, word in words[:WORDS]) + "\n", encoding="utf-8", newline="\n")
    print(f"{OUTPUT}: {WORDS} of {len(words)} words")


if __name__ == "__main__":
    main()
