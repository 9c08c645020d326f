"""Values as plain data and back: what JSON can hold, without a class's name in it.

Frozen dataclasses and named tuples become lists of their fields in order, dates ISO strings, bytes
strings of one character a byte. To read them back takes the type: nothing in the data can call anything.
"""

import datetime
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]


def plain(value: object) -> Any:
    """The value as plain data."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value


@cache
def reader_of(kind: Any) -> Read:
    """What makes a value of a type out of its plain data.

    Raises (the reader): ValueError, TypeError, KeyError where the data are of no such value.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (whole,) = [part for part in get_args(kind) if part is not NoneType]
        return _optional(reader_of(whole))
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _fields_reader(kind)
    if kind is datetime.date:
        return datetime.date.fromisoformat
    if kind is bytes:
        return lambda text: text.encode("latin-1")
    if kind in (str, int, float, bool) or origin is Literal:
        return _scalar_reader(type(get_args(kind)[0]) if origin is Literal else kind)
    raise TypeError(f"{kind}: no plain data for such values")


def _optional(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _tuple_reader(parts: tuple[Any, ...]) -> Read:
    if parts[1:] == (...,):
        return tuple if parts[0] in (str, int, float, bool) else many(reader_of(parts[0]))
    return tuple_of(*map(reader_of, parts))


def _scalar_reader(kind: type) -> Read:
    wanted = (int, float) if kind is float else kind

    def read(value: Any) -> Any:
        if not isinstance(value, wanted):
            raise TypeError(f"{value!r}: no {kind.__name__}")
        return value

    return read


def many(read: Read) -> Read:
    """What reads a tuple of so many values as there are."""
    return lambda values: tuple([read(value) for value in values])


def tuple_of(*readers: Read) -> Read:
    """What reads a tuple of as many values as there are readers."""
    return lambda values: tuple([read(value) for read, value in zip(readers, values, strict=True)])


def _fields_reader(kind: Any) -> Read:
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else [field.name for field in fields(kind)]
    readers = [(name, reader_of(hints[name])) for name in names]

    def read(values: Any) -> Any:
        return kind(**{name: read(value) for (name, read), value in zip(readers, values, strict=True)})

    return read
