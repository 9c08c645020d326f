"""Work that a fork of this process takes a share of, where there is a second core.

A fork has at once all that this process knows; a process of its own would first have to load it.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

SIZE_BYTES = 8


def shared(shares: Sequence[T], work: Callable[[T], R]) -> Iterator[R]:
    """What `work` makes of each share, in order: not None, and such as JSON holds, but tuples may be lists.

    Every other share is the fork's. What it fails to do this process does.
    """
    theirs = _forked(work, shares[1::2])
    for at, share in enumerate(shares):
        done = next(theirs, None) if at % 2 else None
        yield work(share) if done is None else done


def _forked(work: Callable[[T], R], shares: Sequence[T]) -> Iterator[R]:
    """What a fork makes of its shares, at work from now on; it ends where the fork fails."""
    if not shares or not _can_fork():
        return iter(())
    import json

    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return iter(())
    if not child:
        os.close(reading)
        encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
        os._exit(_do(lambda share: encode(work(share)), shares, writing))
    os.close(writing)
    return map(json.loads, _said(child, reading))


def _can_fork() -> bool:
    threading = sys.modules.get("threading")  # of several threads a fork has but one
    is_alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and is_alone


def _do(work: Callable[[T], str], shares: Sequence[T], writing: int) -> int:
    """The fork's whole life; its exit code."""
    try:
        with open(writing, "wb") as pipe:
            for share in shares:
                said = work(share).encode("utf-8", "surrogatepass")
                pipe.write(len(said).to_bytes(SIZE_BYTES, "little"))
                pipe.write(said)
                pipe.flush()
    except BaseException:
        return 1  # nobody listens any more; or the other process meets the same, and says it
    return 0


def _said(child: int, reading: int) -> Iterator[str]:
    """What comes through the pipe, one by one, as long as they come whole."""
    try:
        with open(reading, "rb") as pipe:
            while size := int.from_bytes(pipe.read(SIZE_BYTES), "little"):
                said = pipe.read(size)
                if len(said) < size:
                    break
                yield said.decode("utf-8", "surrogatepass")
    finally:
        os.waitpid(child, 0)  # it ends now that nobody listens
