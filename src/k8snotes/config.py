"""Settings and where each came from: flag, variable, workspace, user, built-in default."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from k8snotes.errors import ConfigError, reason_of
from k8snotes.speech import LANGUAGES, Language, Message

Value = bool | int | str | tuple[str, ...]


# As `model.note` names them; it takes longer to load than most commands that read settings.
FLAVORS = ("markdown", "obsidian", "logseq", "mkdocs")
BY_ITSELF = "auto"  # of the language: on screen that of the locale, in notes Chinese
LINKS = ("relative", "wiki")


class Setting(NamedTuple):
    name: str
    default: Value
    meaning: str
    from_string: Callable[[str], Value]  # of an environment variable
    choices: tuple[str, ...] = ()  # of a string; none: any


class Configured(NamedTuple):
    """A setting's value and its origin: "default", a variable's name or a file's path."""

    value: Value
    origin: str


def _truth(string: str) -> bool:
    """What a variable says of a setting that is on or off.

    Raises:
        ValueError: neither.
    """
    word = string.strip().casefold()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise ValueError


SETTINGS: tuple[Setting, ...] = (
    Setting(name="sentences", default=5, meaning="key sentences in a summary", from_string=int),
    Setting(name="themes", default=10, meaning="themes shown for a lesson", from_string=int),
    Setting(name="notes", default="notes", meaning="folder that notes are exported to", from_string=str),
    Setting(
        name="pages",
        default=True,
        meaning="export an index, questions and answers, and a page a theme",
        from_string=_truth,
    ),
    Setting(
        name="flavor",
        default="markdown",
        meaning="program that notes are for",
        from_string=str,
        choices=FLAVORS,
    ),
    Setting(
        name="links",
        default="relative",
        meaning="links in notes: [words](file.md) or [[file|words]]",
        from_string=str,
        choices=LINKS,
    ),
    Setting(
        name="with_body", default=False, meaning="add a lesson's full text to its note", from_string=_truth
    ),
    Setting(
        name="hide_names", default=False, meaning="numbers in place of readers' names", from_string=_truth
    ),
    Setting(
        name="lang",
        default=BY_ITSELF,
        meaning="language of messages and notes; auto: that of the locale, for notes Chinese",
        from_string=str,
        choices=(BY_ITSELF, *LANGUAGES),
    ),
    Setting(
        name="lexicon",
        default=(),
        meaning="terms of your own, each as 'Preferred = other spelling = …'",
        from_string=lambda string: tuple(part.strip() for part in string.split(";") if part.strip()),
    ),
)
PREFIX = "K8SNOTES_"


def user_file(environ: Mapping[str, str]) -> str:
    """The user's own configuration file."""
    return os.path.join(user_folder(environ), "config.toml")


def user_folder(environ: Mapping[str, str]) -> str:
    """Where this system keeps a user's settings for us: what `click.get_app_dir` says, without loading it."""
    if sys.platform == "win32":
        above = environ.get("APPDATA") or os.path.expanduser("~")
    elif sys.platform == "darwin":
        above = os.path.expanduser("~/Library/Application Support")
    else:
        above = environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return f"{above}{os.sep}k8snotes"


def load_config(files: Iterable[str | os.PathLike[str]], environ: Mapping[str, str]) -> dict[str, Configured]:
    """Every setting with its origin; `files` from the strongest to the weakest, missing ones skipped.

    Raises:
        ConfigError: a file is no TOML, names an unknown setting, or a value is of the wrong kind.
    """
    sources = [_variables(environ), *(_read(os.fspath(file)) for file in files)]
    return {setting.name: _strongest(setting, sources) for setting in SETTINGS}


def language_in(configured: Mapping[str, Configured]) -> Language | None:
    """The language that settings name; None for none."""
    return next((known for known in LANGUAGES if known == configured["lang"].value), None)


def _strongest(setting: Setting, sources: list[dict[str, Configured]]) -> Configured:
    for source in sources:
        if setting.name in source:
            return source[setting.name]
    return Configured(value=setting.default, origin="default")


def _variables(environ: Mapping[str, str]) -> dict[str, Configured]:
    """The settings that the environment makes; an empty variable counts as none."""
    found: dict[str, Configured] = {}
    for setting in SETTINGS:
        name = PREFIX + setting.name.upper()
        if string := environ.get(name):
            try:
                value = _checked(setting, setting.from_string(string))
            except ValueError as error:
                raise ConfigError(
                    "{name}: must be {wanted}, not {string!r}; change or unset it",
                    name=name,
                    wanted=_wanted(setting),
                    string=string,
                ) from error
            found[setting.name] = Configured(value=value, origin=name)
    return found


def _checked(setting: Setting, value: object) -> Value:
    """The value, of the kind that the setting is.

    Raises:
        ValueError: it is of another kind, or out of range.
    """
    match setting.default, value:
        case (bool(), bool()):
            return value
        case (bool(), _) | (_, bool()):
            raise ValueError
        case (int(), int()) if value > 0:
            return value
        case (str(), str()) if value.strip() and (value in setting.choices or not setting.choices):
            return value
        case (tuple(), list() | tuple()) if all(isinstance(item, str) for item in value):
            return tuple(value)
        case _:
            raise ValueError


def _wanted(setting: Setting) -> Message:
    if setting.choices:
        return Message("one of {choices}", choices=", ".join(setting.choices))
    match setting.default:
        case bool():
            return Message("true or false")
        case int():
            return Message("a whole number above 0")
        case str():
            return Message("a string that is not empty")
        case tuple():
            return Message("a list of strings")


def _read(file: str) -> dict[str, Configured]:
    """The settings that a file makes."""
    found: dict[str, Configured] = {}
    table = _table(file)
    for setting in SETTINGS:
        if setting.name in table:
            value = table[setting.name]
            try:
                found[setting.name] = Configured(value=_checked(setting, value), origin=file)
            except ValueError as error:
                raise ConfigError(
                    "{file}: {name} must be {wanted}, not {value!r}; correct it",
                    file=file,
                    name=setting.name,
                    wanted=_wanted(setting),
                    value=value,
                ) from error
    return found


def read_toml(file: str) -> dict[str, Any]:
    """What a file of TOML holds; nothing where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no TOML.
    """
    try:
        with open(file, encoding="utf-8-sig") as opened:  # Notepad writes a mark
            content = opened.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return {}
    except UnicodeDecodeError as error:
        raise ConfigError("{file}: not UTF-8; save it as UTF-8 text", file=file) from error
    except OSError as error:
        raise ConfigError("{file}: {why}; check its permissions", file=file, why=reason_of(error)) from error
    if all(line.strip()[:1] in ("", "#") for line in content.splitlines()):  # as `init` makes it
        return {}
    import tomllib  # 5 ms that a run without settings need not spend

    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(
            "{file}: no TOML: {why}; correct the file or move it away", file=file, why=error
        ) from error


def _table(file: str) -> dict[str, Any]:
    table = read_toml(file)
    known = {setting.name for setting in SETTINGS}
    if unknown := sorted(set(table) - known):
        raise ConfigError(
            "{file}: unknown setting {name}; remove it; there are {names}",
            file=file,
            name=unknown[0],
            names=", ".join(sorted(known)),
        )
    return table
