"""Folding many texts of which it is known what characters they are made of.

Of the hundreds of characters of a page a dozen or two fold into others: to replace these, one after the
other, takes a fifth of the time that it takes to look every character up.
"""

from collections.abc import Callable, Sequence, Set
from functools import cache

from k8snotes.index.terms import SEPARATOR

Fold = Callable[[str], str]

MOST_REPLACED = 40  # characters; with more of them to look each one up is faster


class PageFold:
    """Folds texts that are made of these characters and no others."""

    def __init__(self, characters: Set[str], fold: Fold) -> None:
        folded = folded_characters(fold)
        self.fold = fold
        self.replaced = [
            (character, folded[character])
            for character in folded.changed(characters)
            if not "A" <= character <= "Z"
        ]
        into = "".join([replacement for _, replacement in self.replaced])
        # What replaces one must not be replaced in its turn.
        self.is_quick = len(self.replaced) <= MOST_REPLACED and all(folded[one] == one for one in into)

    def __call__(self, text: str) -> str:
        if not self.is_quick:
            return self.fold(text)
        for character, replacement in self.replaced:
            text = text.replace(character, replacement)
        # Lower case of bytes is that of ASCII.
        return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class FoldedCharacters(dict[str, str]):
    """What each character folds into, by itself as all do; worked out when it is asked for."""

    def __init__(self, fold: Fold) -> None:
        super().__init__()
        self.fold = fold
        self.same: set[str] = set()  # those known to fold into themselves

    def __missing__(self, character: str) -> str:
        folded = self[character] = self.fold(character)
        if folded == character:
            self.same.add(character)
        return folded

    def changed(self, characters: Set[str]) -> list[str]:
        """Those that do not fold into themselves."""
        return [character for character in characters - self.same if self[character] != character]


@cache
def folded_characters(fold: Fold) -> FoldedCharacters:
    """What is known of a way to fold, from one page to the next."""
    return FoldedCharacters(fold)


def folded_each(texts: Sequence[str], fold: Fold) -> list[str]:
    """The texts folded: in one go, since each character folds by itself."""
    folded = fold(SEPARATOR.join(texts)).split(SEPARATOR)
    return folded if len(folded) == len(texts) else [*map(fold, texts)]
