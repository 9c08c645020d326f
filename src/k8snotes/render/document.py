"""The one document of `--json`."""

Record = dict[str, object]

SCHEMA = 1


def document(command: str, **fields: object) -> Record:
    """The fields of an answer, with what they are the answer to."""
    return {"schema": SCHEMA, "command": command, **fields}
