"""Which lessons may hold a pattern, so that grep need not read the others."""

from k8snotes.index.rows import Length
from k8snotes.index.store import WIDTH, Store
from k8snotes.index.terms import LATIN, is_han, match, pairs, parts_of

MOST_WORDS = 300  # Latin words that hold a stretch; where more do, it tells too little
MOST_LOOKED_UP = 6  # parts of a pattern: the rest would hardly rule out more
FEW = 8_000  # passages that hold a part: of more it takes longer to list them than they save
FEW_WORDS = 8  # that FTS5 finds all of in hardly more time than one


def lessons_with(store: Store, folded: str) -> list[int]:
    """The ids of all lessons that hold the folded pattern, and of some that do not, ascending.

    Only whole lessons are ruled out: a pattern may run from one passage into the next.
    """
    found = _narrowed(store, _expressions(store, folded))
    lengths = store.lengths
    everything = range(len(lengths) // WIDTH) if found is None else sorted(found)
    return [lesson for lesson in everything if lengths[lesson * WIDTH + Length.TITLE]]


def _narrowed(store: Store, expressions: list[str]) -> set[int] | None:
    """The lessons that match all expressions, as far as it is worth asking; None: nothing is ruled out.

    The common parts of a pattern rule out little: they are asked for where none is rare.
    """
    found: set[int] | None = None
    for most in (FEW, None):
        for expression in expressions:
            if most and expression.count(" OR ") >= FEW_WORDS:
                continue
            lessons = store.lessons_matching(expression, most)
            if lessons is not None:
                found = lessons if found is None else found & lessons
                if not found:
                    return found
        if found is not None:
            break
    return found


def _expressions(store: Store, folded: str) -> list[str]:
    """What each lesson that holds the pattern matches, in the language of FTS5; the longest parts first."""
    expressions: dict[str, int] = {}
    for run in parts_of(folded):
        if is_han(run):
            for pair in pairs(run):
                expressions[match(pair)] = len(pair)
        elif LATIN.match(run):
            # At either end it may be the part of a longer word.
            words = store.words_holding(run)
            if len(words) <= MOST_WORDS:
                expressions[" OR ".join(f'"{word}"' for word in words) or f'"{run}"'] = len(run)
        else:
            expressions[match(run)] = 2
    return sorted(expressions, key=lambda expression: -expressions[expression])[:MOST_LOOKED_UP]
