"""Runs of the command line inside the test's own process, in a folder and an environment of their own."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from k8snotes.cli.calls import invoke
from k8snotes.cli.process import run


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.lines]


class Runner:
    """Calls `k8snotes` from `folder`, where it is nobody's home and nothing is configured."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        *arguments: str | Path,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        encoding: str = "utf-8",
        on_terminal: bool = False,
    ) -> Result:
        out, err = _Stream(encoding, on_terminal), _Stream(encoding, on_terminal)
        with (
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, {**clean_environment(self.folder), **(env or {})}, clear=True),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
            mock.patch.object(sys, "stdout", out),
            mock.patch.object(sys, "stderr", err),
        ):
            code = run(invoke, [str(argument) for argument in arguments])
        return Result(code=code, out=out.printed(), err=err.printed())

    def write(self, name: str, content: str | bytes) -> Path:
        """A file in the folder."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file


def clean_environment(home: Path) -> dict[str, str]:
    """This process's environment without what changes a run, at home in a place without configuration."""
    ours = ("K8SNOTES_", "PYTHONIOENCODING", "FORCE_COLOR", "NO_COLOR", "TERM", "COLUMNS", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "HOME": str(home / ".home"), "XDG_CONFIG_HOME": str(home / ".home" / ".config")}


class _Stream(io.TextIOWrapper):
    def __init__(self, encoding: str, on_terminal: bool) -> None:
        self.bytes = io.BytesIO()
        self.on_terminal = on_terminal
        super().__init__(self.bytes, encoding=encoding, newline="\n")

    def isatty(self) -> bool:
        return self.on_terminal

    def printed(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)
