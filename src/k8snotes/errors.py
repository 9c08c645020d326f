"""What a reader can act on: every error says what, where and what to do next."""

from typing import ClassVar, Self

from k8snotes.speech import Message


class K8sNotesError(Exception):
    """One line for standard error, and the exit code that goes with it.

    It is a message with its values, so that it can be said in the reader's language. The codes
    are the contract of the command line: 1 nothing matched, 2 usage, 3 something needs a person,
    4 an input could not be read.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, msgid: str, /, **values: object) -> None:
        super().__init__(Message(msgid, **values))

    def with_path(self, path: str, shown: str) -> Self:
        """The same error of a text that is shown by another path."""
        return type(self)(self.message.replacing(path, shown))

    @property
    def message(self) -> Message:
        message = self.args[0]
        assert isinstance(message, Message)
        return message


def reason_of(error: OSError) -> Message:
    """What the system says was wrong."""
    return Message(error.strerror or str(error))


class UsageError(K8sNotesError):
    """The call itself is wrong: an option, a pattern, a missing workspace."""


class ConfigError(K8sNotesError):
    """A configuration file or variable holds what cannot be used."""


class UnreadableInput(K8sNotesError):
    """A text that is missing, empty, binary or in no known encoding; the others go on."""

    exit_code = 4


class Broken(K8sNotesError):
    """A text that brings our own work down: a bug of ours; the others go on."""

    exit_code = 4


class DamagedIndex(K8sNotesError):
    """The index could not be read when half of what was asked for was said; it is gone."""

    exit_code = 4


class NothingToRead(K8sNotesError):
    """A folder or workspace that holds no course texts, or a pipe where a text should be."""

    exit_code = 1


class NotWritable(K8sNotesError):
    """A note or folder that the system does not let us write."""

    exit_code = 4
