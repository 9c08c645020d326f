"""Settings and where each came from: flag, variable, workspace, user, built-in default."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from k8snotes.errors import ConfigError

Value = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    name: str
    default: Value
    meaning: str
    from_string: Callable[[str], Value]  # of an environment variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A setting's value and its origin: "default", a variable's name or a file's path."""

    value: Value
    origin: str


SETTINGS: tuple[Setting, ...] = (
    Setting(name="sentences", default=5, meaning="key sentences in a summary", from_string=int),
    Setting(name="themes", default=10, meaning="themes shown for a lesson", from_string=int),
    Setting(name="notes", default="notes", meaning="folder that notes are exported to", from_string=str),
    Setting(
        name="lexicon",
        default=(),
        meaning="terms of your own, each as 'Preferred = other spelling = …'",
        from_string=lambda string: tuple(part for part in string.split(";") if part.strip()),
    ),
)
PREFIX = "K8SNOTES_"


def load_config(files: tuple[Path, ...], environ: Mapping[str, str]) -> dict[str, Configured]:
    """Every setting with its origin; `files` from the strongest to the weakest, missing ones skipped.

    Raises:
        ConfigError: a file is no TOML, names an unknown setting, or a value is of the wrong kind.
    """
    tables = [(file, _read(file)) for file in files if file.is_file()]
    return {setting.name: _resolve(setting, tables, environ) for setting in SETTINGS}


def _resolve(
    setting: Setting, tables: list[tuple[Path, dict[str, object]]], environ: Mapping[str, str]
) -> Configured:
    variable = PREFIX + setting.name.upper()
    if variable in environ:
        try:
            return Configured(value=setting.from_string(environ[variable]), origin=variable)
        except ValueError as error:
            raise ConfigError(
                f"{variable}: {environ[variable]!r} is no number; change or unset it"
            ) from error
    for file, table in tables:
        if setting.name in table:
            return Configured(value=_checked(setting, table[setting.name], file), origin=str(file))
    return Configured(value=setting.default, origin="default")


def _checked(setting: Setting, value: object, file: Path) -> Value:
    match setting.default, value:
        case (int(), int()) if not isinstance(value, bool) and value > 0:
            return value
        case (str(), str()) if value:
            return value
        case (tuple(), list()) if all(isinstance(item, str) for item in value):
            return tuple(value)
        case _:
            kinds = {int: "a number above 0", str: "a string", tuple: "a list of strings"}
            wanted = kinds[type(setting.default)]
            raise ConfigError(f"{file}: {setting.name} must be {wanted}, not {value!r}")


def _read(file: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}; correct the file or move it away") from error
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}; check its permissions") from error
    known = {setting.name for setting in SETTINGS}
    if unknown := sorted(set(table) - known):
        raise ConfigError(f"{file}: unknown setting {unknown[0]}; known are {', '.join(sorted(known))}")
    return table
