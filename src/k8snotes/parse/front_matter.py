"""Front matter: where it ends, and its fields."""

from collections.abc import Mapping, Sequence

FENCES = {"---": ("---", "..."), "+++": ("+++",)}
LONGEST = 500  # lines; a rule at the top of a text is no front matter


class BrokenFrontMatter(ValueError):
    """The lines between the fences are no YAML or TOML, or no table of fields."""


def find_front_matter(lines: Sequence[str]) -> int | None:
    """How many lines the front matter takes with its fences; None where there is none."""
    fence = lines[0].lstrip("\ufeff").rstrip() if lines else ""
    if fence not in FENCES:
        return None
    for at in range(1, min(len(lines), LONGEST)):
        if lines[at].rstrip() in FENCES[fence]:
            body = [line for line in lines[1:at] if line.strip()]
            return at + 1 if not body or any(mark in line for line in body for mark in ":=") else None
    return None


def read_front_matter(lines: Sequence[str]) -> Mapping[str, object]:
    """The fields between the fences.

    Raises:
        BrokenFrontMatter: they cannot be read; the message says why, in one line.
    """
    body = "\n".join(lines[1:-1])
    if lines[0].lstrip("\ufeff").startswith("+++"):
        import tomllib

        try:
            return tomllib.loads(body)
        except tomllib.TOMLDecodeError as error:
            raise BrokenFrontMatter(str(error)) from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        fields = YAML(typ="safe", pure=True).load(body)
    except (YAMLError, ValueError, RecursionError) as error:
        raise BrokenFrontMatter(" ".join(str(error).split())[:120]) from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise BrokenFrontMatter("no table of fields")
    return {str(name): value for name, value in fields.items()}
