"""Work in other processes: order, deaths, and what is left of it at the end."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children

import pytest

from k8snotes import workers
from k8snotes.workers import map_in_order


def doubled(item: int) -> int:
    return 2 * item


def slow_when_even(item: int) -> int:
    time.sleep(0.02 if item % 2 == 0 else 0)
    return item


def deadly_when_seven(item: int) -> int:
    if item == 7:
        os._exit(1)
    return item


def process_of(_item: int) -> int:
    return os.getpid()


def in_order(
    work: Callable[[int], int],
    items: Iterator[int] | range,
    *,
    here: Callable[[int], bool] = lambda _: False,
    processes: int = 2,
) -> Iterator[int]:
    return map_in_order(work, items, lost=lambda item: -item, here=here, processes=processes)


@pytest.mark.parametrize("count", [0, 1, 3, 200])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    assert list(in_order(doubled, range(count))) == [2 * item for item in range(count)]


def test_quick_items_wait_for_their_turn() -> None:
    assert list(in_order(slow_when_even, range(12))) == list(range(12))


def test_work_is_done_in_other_processes_but_for_what_is_to_be_done_here() -> None:
    found = list(in_order(process_of, range(20), here=lambda item: item in (0, 5)))

    assert [at for at, process in enumerate(found) if process == os.getpid()] == [0, 5]
    assert len(set(found)) == 3


def test_an_item_that_ends_its_process_costs_no_other() -> None:
    found = list(in_order(deadly_when_seven, range(30)))

    assert found == [-item if item == 7 else item for item in range(30)]


def test_no_more_items_are_taken_than_may_wait_for_their_turn() -> None:
    taken = []

    def items() -> Iterator[int]:
        for item in range(1000):
            taken.append(item)
            yield item

    results = in_order(doubled, items())
    for _ in range(100):
        next(results)
    results.close()

    assert len(taken) <= 100 + 2 * workers.WINDOW + 1


def test_nothing_is_left_behind_by_results_that_nobody_wants() -> None:
    results = in_order(slow_when_even, range(1000))
    next(results)
    assert active_children()

    results.close()

    assert active_children() == []


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from multiprocessing.context import SpawnProcess

    def refused(_self: SpawnProcess) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(SpawnProcess, "start", refused)

    assert set(in_order(process_of, range(40))) == {os.getpid()}


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_processes_are_deaf_to_interrupts_from_their_start() -> None:
    results = in_order(slow_when_even, range(40))
    next(results)
    for process in active_children():
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)

    assert list(results) == list(range(1, 40))


def test_at_least_one_core_is_there() -> None:
    assert 1 <= workers.cores() <= workers.MOST
