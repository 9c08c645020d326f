"""Work shared among processes: results in the order of their items, memory bounded, nothing left behind.

`concurrent.futures` cannot say which item a process died on, and lets a process finish what it
has in hand before an interrupt ends the run; both take no more than a pipe to each process.
"""

import contextlib
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 8  # processes: each takes some 50 MB
IN_HAND = 4  # items that a process has been given, so that it never waits for the next
WINDOW = 16  # results a process that may wait for their turn
READY = b"ready"  # what a process says before all else


def cores() -> int:
    """How many processes are worth starting: the cores that this one may use, 8 at most."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)


def map_in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    lost: Callable[[Item], Result],
    here: Callable[[Item], bool],
    processes: int,
    in_hand: int = IN_HAND,
) -> Iterator[Result]:
    """`work` of each item, in the order of the items, from so many processes.

    `work` must pickle, and so must items and results; it is not to raise. What is true of `here` is worked
    on in this process. An item that takes its process down gives what `lost` says. Where no
    process can be started, everything is worked on in this one. `in_hand` is how many items a process is
    given at a time: one, where items and results are larger than a pipe takes, so that it and we never
    wait for each other to read.
    """
    crew = [_Worker(work) for _ in range(processes)]
    try:
        yield from _Desk(work, items, lost, here, crew, in_hand).results()
    finally:
        for worker in crew:
            worker.end()


class _Worker(Generic[Item, Result]):
    """A process and the items in its hand, the one that it works on first."""

    def __init__(self, work: Callable[[Item], Result]) -> None:
        from multiprocessing import get_context

        # The same on all systems, and nothing of ours comes along: threads, open databases, pipes of others.
        context = get_context("spawn")
        self.pipe, its_end = context.Pipe()
        self.in_hand: deque[tuple[int, Item]] = deque()
        self.is_up = False
        self.process = context.Process(target=_serve, args=(its_end, work, gc.get_threshold()), daemon=True)
        with contextlib.suppress(OSError), _interrupts_held_back():
            self.process.start()
        its_end.close()

    def give(self, position: int, item: Item) -> None:
        self.in_hand.append((position, item))
        with contextlib.suppress(OSError):  # it is dead, which shows when we hear from it
            self.pipe.send(item)

    def end(self) -> None:
        self.pipe.close()
        if self.process.pid is not None:  # else it was never started
            self.process.terminate()
            self.process.join()


class _Desk(Generic[Item, Result]):
    """Gives items out, takes results in and puts them in order."""

    def __init__(
        self,
        work: Callable[[Item], Result],
        items: Iterable[Item],
        lost: Callable[[Item], Result],
        here: Callable[[Item], bool],
        crew: list[_Worker[Item, Result]],
        in_hand: int,
    ) -> None:
        self.most_in_hand = in_hand
        self.work = work
        self.lost = lost
        self.here = here
        self.crew = crew
        self.window = WINDOW * max(len(crew), 1)
        self.items = enumerate(items)
        self.returned: deque[tuple[int, Item]] = deque()  # which a dead process had in hand
        self.done: dict[int, Result] = {}
        self.due = 0  # position of the next result

    def results(self) -> Iterator[Result]:
        while True:
            self._give_out()
            if self.due in self.done:
                yield self.done.pop(self.due)
                self.due += 1
            elif any(worker.in_hand for worker in self.crew):
                self._take_in()
            else:
                return

    def _give_out(self) -> None:
        """Fills the hands of all; without a crew, works on what is due."""
        while self._has_room() and (following := self._next()) is not None:
            position, item = following
            if not self.crew or self.here(item):
                self.done[position] = self.work(item)
            else:
                min(self.crew, key=lambda worker: len(worker.in_hand)).give(position, item)

    def _has_room(self) -> bool:
        if not self.crew:
            return self.due not in self.done
        return self._in_hand() < self.most_in_hand * len(self.crew)

    def _next(self) -> tuple[int, Item] | None:
        """The next item and its position; None when all are given out, or enough wait for their turn."""
        if self.returned:
            return self.returned.popleft()
        return next(self.items, None) if len(self.done) + self._in_hand() < self.window else None

    def _in_hand(self) -> int:
        return sum(len(worker.in_hand) for worker in self.crew)

    def _take_in(self) -> None:
        """Waits for what the processes say, and hears it."""
        from multiprocessing.connection import wait

        pipes: dict[Any, _Worker[Item, Result]] = {
            worker.pipe: worker for worker in self.crew if worker.in_hand
        }
        for pipe in wait(pipes):
            worker = pipes[pipe]
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if worker.is_up:
                position, _ = worker.in_hand.popleft()
                self.done[position] = said
            worker.is_up = True

    def _replace(self, dead: _Worker[Item, Result]) -> None:
        """Has another go on with what a process had in hand, but for the item that it died on.

        One that never came up has no successor: the next would not either.
        """
        self.crew.remove(dead)
        dead.end()
        if dead.is_up:
            position, item = dead.in_hand.popleft()
            self.done[position] = self.lost(item)
            self.crew.append(_Worker(self.work))
        self.returned.extend(dead.in_hand)


def _serve(pipe: "Connection", work: Callable[[Item], Result], collect_after: tuple[int, int, int]) -> None:
    """A process's whole life: works on what it is given until the other side has gone.

    `collect_after` is as of `gc.get_threshold`: it collects as seldom as who started it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*collect_after)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionError):
        pipe.send(READY)
        while True:
            pipe.send(work(pipe.recv()))


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Has processes start deaf to Ctrl-C, which reaches all of a terminal's; ours comes afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which would let interrupts in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
