"""A target run by atheris, which is guided by coverage; without it, a replay of the corpus."""

import contextlib
import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
DICTIONARY = CORPUS / "marks.dict"

sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

try:
    import atheris
except ImportError:  # it has no wheels for some systems and Pythons
    atheris = None

Check = Callable[[bytes], None]
Mutate = Callable[[bytes, int, int], bytes]


class LawBroken(AssertionError):
    """An input whose lesson is not as every lesson must be; the message says how."""


def instrumented() -> AbstractContextManager[object]:
    """Where modules of ours are imported so that atheris sees which of their lines run."""
    return contextlib.nullcontext() if atheris is None else atheris.instrument_imports(include=["k8snotes"])


def fuzz(check: Check, *, mutate: Mutate | None = None) -> None:
    """Runs a target with the options of libFuzzer on the command line, until it finds something."""
    if atheris is None:
        print("skipped: atheris is not installed; replaying the corpus", file=sys.stderr)
        replay(check, Path(sys.argv[0]).stem)
        return
    options = {"custom_mutator": mutate} if mutate else {}
    atheris.Setup(sys.argv, check, **options)
    atheris.Fuzz()


def replay(check: Check, target: str) -> None:
    """Checks each input of a target's corpus once, and says how many there are."""
    count = 0
    for file in inputs_of(target):
        try:
            check(file.read_bytes())
        except Exception as error:
            raise LawBroken(f"{file}: {error}") from error
        count += 1
    print(f"{target}: {count} inputs, all as they must be")


def inputs_of(target: str) -> Iterator[Path]:
    return (file for file in sorted((CORPUS / target).iterdir()) if file.is_file())


def store(target: str, content: bytes) -> None:
    """Adds an input to a target's corpus, named as libFuzzer names its own."""
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)
