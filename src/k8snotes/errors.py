"""What a reader can act on: every error says what, where and what to do next."""

from typing import ClassVar


class K8sNotesError(Exception):
    """One line for standard error, and the exit code that goes with it.

    The codes are the contract of the command line: 1 nothing matched, 2 usage,
    3 something needs a person, 4 an input could not be read.
    """

    exit_code: ClassVar[int] = 2


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
