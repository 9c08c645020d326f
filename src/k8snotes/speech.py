"""What the program says, and in which language.

Messages are written in English where they are said, and said in other languages by catalogues.
What is said at once is `_("…")`. What is said later, or goes to another process, or stands in JSON,
which is never translated, is a `Message`: English as a string, in the reader's language when `spoken`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
DOMAIN = "k8snotes"
LOCALE = os.path.join(os.path.dirname(__file__), "locale")


class Message(str):
    """Words of the program, in English, that can be said in another language later.

    Their values stand in braces, and are strings, numbers or messages; all else as it is printed.
    """

    __slots__ = ("many", "msgid", "values")
    msgid: str
    many: str | None  # as `msgid`, of any `count` but one
    values: dict[str, str | int | float]

    def __new__(cls, msgid: str, /, **values: object) -> Self:
        return cls._made(msgid, None, values)

    @classmethod
    def counted(cls, one: str, many: str, count: int, /, **values: object) -> Self:
        """A message of a number, `{count}`."""
        return cls._made(one, many, {"count": count, **values})

    @classmethod
    def _made(cls, msgid: str, many: str | None, values: Mapping[str, object]) -> Self:
        if isinstance(msgid, cls) and not values:
            return msgid
        known = {name: _held(value) for name, value in values.items()}
        text = msgid if many is None or known["count"] == 1 else many
        message = super().__new__(cls, text.format(**known) if known else text)
        message.msgid, message.many, message.values = msgid, many, known
        return message

    def replacing(self, old: str, new: str) -> Self:
        """The message with `new` in place of `old` where a value begins with it."""
        values = {
            name: value.replacing(old, new)
            if isinstance(value, Message)
            else f"{new}{value.removeprefix(old)}"
            if isinstance(value, str) and value.startswith(old)
            else value
            for name, value in self.values.items()
        }
        return self._made(self.msgid, self.many, values)

    @property
    def packed(self) -> str:
        """The message as JSON, which `unpacked` reads."""
        import json

        return json.dumps(_plain(self))

    @classmethod
    def unpacked(cls, packed: str) -> Self:
        import json

        return cls._of(json.loads(packed))

    @classmethod
    def _of(cls, plain: list[Any]) -> Self:
        msgid, many, values = plain
        known = {name: cls._of(value) if isinstance(value, list) else value for name, value in values.items()}
        return cls._made(msgid, many, known)

    def __reduce__(self) -> tuple[Any, ...]:
        return Message._made, (self.msgid, self.many, self.values)


def _plain(message: Message) -> list[Any]:
    values = message.values.items()
    return [
        message.msgid,
        message.many,
        {name: _plain(value) if isinstance(value, Message) else value for name, value in values},
    ]


def _held(value: object) -> str | int | float:
    """A value of a message; of an error the message that it brings."""
    if isinstance(value, Exception) and value.args and isinstance(value.args[0], Message):
        return value.args[0]
    return value if isinstance(value, (str, int, float)) else str(value)


def _english() -> Language:
    return "en"


_ask: Callable[[], Language] = _english
_current: Language | None = None
_catalogues: "dict[Language, GNUTranslations]" = {}


def ask(how: Callable[[], Language]) -> None:
    """Has the language asked for when something is to be said, and not before."""
    global _ask, _current
    _ask, _current = how, None


def language() -> Language:
    """The language that is spoken now."""
    global _current
    if _current is None:
        _current = _ask()
    return _current


@contextmanager
def speaking(other: Language) -> Iterator[None]:
    """Has all that is said within said in another language. Nothing is to be yielded within."""
    global _current
    before, _current = _current, other
    try:
        yield
    finally:
        _current = before


def _(msgid: str, /, **values: object) -> str:
    """A message in the language that is spoken, its values in their braces."""
    if msgid and language() != "en":
        msgid = _catalogue().gettext(msgid)
    return msgid.format(**_spoken(values)) if values else msgid


def counted(one: str, many: str, count: int, /, **values: object) -> str:
    """As `_`, of a number, `{count}`."""
    said = one if count == 1 else many
    if language() != "en":
        said = _catalogue().ngettext(one, many, count)
    return said.format(count=count, **_spoken(values))


def spoken(text: str) -> str:
    """A message in the language that is spoken; any other text as it is."""
    if not isinstance(text, Message):
        return text
    if text.many is None:
        return _(text.msgid, **text.values)
    values = dict(text.values)
    return counted(text.msgid, text.many, int(values.pop("count")), **values)


def in_all_languages(text: Message) -> Iterator[str]:
    """A message in each language."""
    for known in LANGUAGES:
        with speaking(known):
            said = spoken(text)
        yield said


def _spoken(values: Mapping[str, object]) -> dict[str, object]:
    return {name: spoken(value) if isinstance(value, Message) else value for name, value in values.items()}


def _catalogue() -> "GNUTranslations":
    spoken_now = language()
    if spoken_now not in _catalogues:
        from gettext import GNUTranslations  # not before there is something to say

        with open(os.path.join(LOCALE, spoken_now, "LC_MESSAGES", f"{DOMAIN}.mo"), "rb") as file:
            _catalogues[spoken_now] = GNUTranslations(file)
    return _catalogues[spoken_now]


def language_of_locale(environ: Mapping[str, str]) -> Language:
    """The language of the system's locale, as gettext finds it: Chinese, or English for all others."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    if locale in ("C", "POSIX"):
        return "en"
    for name in (environ.get("LANGUAGE") or locale).casefold().split(":"):
        for known in LANGUAGES:
            if name.startswith(known):
                return known
    return "en"
