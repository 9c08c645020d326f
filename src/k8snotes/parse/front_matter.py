"""Front matter: where it ends, and its fields."""

import re
import warnings
from collections.abc import Mapping, Sequence

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
LONGEST = 500  # lines; a rule at the top of a text is no front matter
LARGEST = 50_000  # characters; YAML is read slowly
FIELD = re.compile(r"[\"']?(?P<name>\w[\w.-]*)[\"']?\s*[:=](?:\s+(?P<value>.*))?")


class BrokenFrontMatter(ValueError):
    """The lines between the fences are no YAML or TOML, or no table of fields."""


def find_front_matter(lines: Sequence[str]) -> int | None:
    """How many lines the front matter takes with its fences; None where there is none."""
    fence = lines[0].lstrip("\ufeff").rstrip() if lines else ""
    if fence not in FENCES:
        return None
    for at in range(1, min(len(lines), LONGEST)):
        if lines[at].rstrip() in FENCES[fence]:
            body = [line for line in lines[1:at] if line.strip() and not line.startswith("#")]
            return at + 1 if not body or FIELD.fullmatch(body[0].rstrip()) or body[0][0] in "[{" else None
    return None


def read_front_matter(lines: Sequence[str]) -> Mapping[str, object]:
    """The fields between the fences.

    Raises:
        BrokenFrontMatter: they cannot be read; the message says why, in one line.
    """
    body = "\n".join(lines[1:-1])
    if len(body) > LARGEST:
        raise BrokenFrontMatter("too long")
    if lines[0].lstrip("\ufeff").startswith("+++"):
        import tomllib

        try:
            return tomllib.loads(body)
        except (ValueError, RecursionError) as error:
            raise BrokenFrontMatter(_in_one_line(error)) from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        with warnings.catch_warnings():  # its warnings are addressed to programmers
            warnings.simplefilter("ignore")
            fields = YAML(typ="safe", pure=True).load(body)
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BrokenFrontMatter(_in_one_line(error)) from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise BrokenFrontMatter("no table of fields")
    return {str(name): _whole(value) for name, value in fields.items()}


def _whole(value: object) -> object:
    r"""A string without halves of characters: JSON writes "\ud83d\ude00", and YAML reads that as two."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def salvage_fields(lines: Sequence[str]) -> Mapping[str, object]:
    """The fields that stand whole on lines of their own, from front matter that cannot be read."""
    fields: dict[str, str] = {}
    for line in lines[1:-1]:
        if (match := FIELD.fullmatch(line.rstrip())) and match["value"]:
            fields.setdefault(match["name"], match["value"].strip().strip("\"'"))
    return fields


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
