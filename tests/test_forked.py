"""Work shared with a fork: order, failures, what is left of it; in a process without threads."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or os.cpu_count() == 1, reason="needs forks, and a core for them"
)


def said_by(script: str) -> str:
    begun = "import os\nfrom k8snotes.forked import shared\nhere = os.getpid()\n"
    done = subprocess.run(
        [sys.executable, "-c", begun + script], capture_output=True, text=True, check=True, timeout=60
    )
    assert not done.stderr
    return done.stdout


def test_every_other_share_is_worked_elsewhere_and_all_come_in_order() -> None:
    script = (
        "print([(share, where == here) for share, where in shared(range(5), lambda n: [n, os.getpid()])])"
    )

    assert said_by(script) == "[(0, True), (1, False), (2, True), (3, False), (4, True)]\n"


@pytest.mark.parametrize(
    "failure", ["1 / 0", "os._exit(0)", "os.kill(os.getpid(), 9)", "object()", "'x' * (1 << 40)"]
)
def test_what_the_fork_fails_at_is_done_here(failure: str) -> None:
    script = f"""
def work(n):
    return {failure} if n == 3 and os.getpid() != here else n
print([*shared(range(8), work)])
"""

    assert said_by(script) == "[0, 1, 2, 3, 4, 5, 6, 7]\n"


def test_what_fails_here_too_is_raised() -> None:
    script = """
try:
    print([*shared(range(4), lambda n: 1 // (n - 3))])
except ZeroDivisionError:
    print("raised")
"""

    assert said_by(script) == "raised\n"


def test_long_values_come_whole_and_none_is_left_when_they_are_no_longer_wanted() -> None:
    script = """
found = shared(range(100), lambda n: str(n) * 1_000_000)
print([len(next(found)) for _ in range(4)])
found.close()
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("none")
"""

    assert said_by(script) == "[1000000, 1000000, 1000000, 1000000]\nnone\n"
