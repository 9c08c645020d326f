"""How many examples a law is tried on: some in each run, and many more where there is time for it."""

import os

from hypothesis import settings

TIMES = int(os.environ.get("EXAMPLES", "1"))  # .ci/slow takes five times as many


def examples(number: int) -> settings:
    """As a decorator of a law."""
    return settings(deadline=None, max_examples=number * TIMES)
