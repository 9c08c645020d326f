"""Any run of a text, repeated: time grows with the length of what is read, not with its square.

An input picks a name and a shape as those of `parse_lesson` do; its third and fourth byte say
which run of the rest is repeated.

    python fuzz/growth.py -max_total_time=60 fuzz/corpus/growth
"""

import gc
import time

from engine import LawBroken, fuzz, instrumented

with instrumented():
    from k8snotes.model.source import Source
    from k8snotes.parse import parse
    from k8snotes.read.files import split_lines

from parse_lesson import NAMES, SHAPES

LENGTHS = (8_000, 32_000, 128_000)  # characters, each four times the one before
# Time that grows with the length grows fourfold, with its square sixteenfold.
TOO_MUCH = 9
WORTH_A_LOOK = 0.1  # seconds for the second length; what is as fast as that cannot hurt soon
PASSES = 3
LONGEST_RUN = 200


def input_of(content: bytes, *, name: str, start: int, length: int) -> bytes:
    """An input in which a run of the content is repeated; both in 255ths of it."""
    return bytes([NAMES.index(name), 0, start, length]) + content


def input_with_run(before: str, run: str, after: str, *, name: str) -> bytes:
    """An input in which just this run is repeated; all of it is shorter than 256 characters."""
    text = before + run + after
    start = -(-len(before) * 256 // len(text))
    assert start * len(text) // 256 == len(before)
    return input_of(text.encode(), name=name, start=start, length=len(run) - 1)


def check(data: bytes) -> None:
    if len(data) < 5:
        return
    text = data[4:].decode("utf-8", errors="replace")
    start = data[2] * len(text) // 256
    run = text[start : start + 1 + data[3] % LONGEST_RUN]
    name, shape = NAMES[data[0] % len(NAMES)], SHAPES[data[1] % len(SHAPES)]

    def seconds(length: int, passes: int) -> float:
        repeated = text[:start] + run * (length // max(len(run), 1)) + text[start + len(run) :]
        return best_time(repeated, name, shape, passes)

    short, middle, long = LENGTHS
    if (
        not run
        or (at_middle := seconds(middle, 1)) < WORTH_A_LOOK
        or at_middle < seconds(short, 1) * TOO_MUCH
    ):
        return
    if seconds(middle, PASSES) > seconds(short, PASSES) * TOO_MUCH or at_middle > 20 * WORTH_A_LOOK:
        growth = seconds(long, 1) / seconds(middle, PASSES)
        if growth > TOO_MUCH:
            raise LawBroken(f"{name} as {shape}: {growth:.0f} times as long for 4 times the text: {run!r}")


def best_time(text: str, name: str, shape: str | None, passes: int) -> float:
    """Seconds of this process for one text, the best of several passes."""
    source_lines = split_lines(text)
    taken = []
    for _ in range(passes):
        gc.collect()
        start = time.process_time()
        parse(Source(path=name, name=name, lines=source_lines, encoding="utf-8"), shape=shape)
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    fuzz(check)
