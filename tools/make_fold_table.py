"""Writes src/k8snotes/segment/data/simplified.txt from OpenCC's dictionaries.

    python tools/make_fold_table.py          # needs the extra "test"

Two lines: the characters that fold into another one, ascending, and what each of them folds into.
Folding must not depend on the neighbours of a character: what a search types is a piece of
what the text holds, and both must fold alike. OpenCC's phrase tables do depend on them
(瞭解 → 了解, but 瞭望), so only single characters are taken, and the forms that OpenCC
writes for a simplified word are added where they are no everyday simplified character.
"""

from importlib.resources import files
from pathlib import Path

import opencc

OUTPUT = Path(__file__).parents[1] / "src/k8snotes/segment/data/simplified.txt"
HAN = [(0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20), (0x30000, 0x323B0)]
# In GB 2312, yet in traditional text nearly always the other character.
NEARLY_ALWAYS = {"著": "着", "瞭": "了", "藉": "借"}


def single_characters() -> dict[str, str]:
    """Every character that OpenCC simplifies on its own."""
    han = [chr(point) for first, stop in HAN for point in range(first, stop)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {a: b for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1}


def forms_in_words(table: dict[str, str]) -> dict[str, str]:
    """Traditional forms that stand for a character only inside words of jieba's dictionary."""
    words = [line.split()[0] for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines()]
    found: dict[str, str] = {}
    for scheme in ("s2t", "s2tw", "s2hk"):
        converted = opencc.OpenCC(scheme).convert("\n".join(words)).split("\n")
        for word, traditional in zip(words, converted, strict=True):
            for a, b in zip(word, traditional, strict=True):
                if a != b and table.get(a, a) != table.get(b, b) and not in_gb2312(b):
                    found.setdefault(b, table.get(a, a))
    return found


def in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    table = single_characters()
    table |= {b: a for b, a in forms_in_words(table).items() if b not in table}
    table |= NEARLY_ALWAYS
    for traditional, simplified in table.items():
        while table.get(simplified, simplified) != simplified:
            simplified = table[simplified]
        table[traditional] = simplified
    lines = "".join(sorted(table)), "".join(table[traditional] for traditional in sorted(table))
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{OUTPUT}: {len(table)} characters into {len(set(table.values()))}")


if __name__ == "__main__":
    main()
