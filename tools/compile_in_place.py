"""A hook of the build: the modules of an editable installation are compiled when it is made.

pip compiles what it installs, not what it links to. That Python does on the first call, where it may write:
where it may not (`PYTHONDONTWRITEBYTECODE`, which many containers set) each call compiles all that it loads,
and a search takes twice as long.
"""

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileInPlace(BuildHookInterface):
    """Does nothing for wheels, whose modules pip compiles, nor where the sources cannot be written beside."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        if version == "editable":
            compileall.compile_dir(Path(self.root, "src", "k8snotes"), quiet=2)
