"""The program's modules, for what must hold of each of them."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "k8snotes"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def of_each(modules: Iterable[str] = MODULES) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """Makes one test of what is asked of a module: hundreds that take no time take half a minute to begin."""

    def of_all(test: Callable[[str], None]) -> Callable[[], None]:
        # Not by `wraps` alone: pytest would look for a fixture called module.
        def test_all() -> None:
            broken: dict[str, str] = {}
            for module in modules:
                try:
                    test(module)
                except AssertionError as error:
                    broken[module] = str(error)
            if broken:
                pytest.fail("\n".join(f"{module}: {why}" for module, why in broken.items()), pytrace=False)

        wraps(test)(test_all)
        del test_all.__wrapped__
        return test_all

    return of_all
