"""The runner of commands, in an empty folder."""

from cli.conftest import k8snotes

__all__ = ["k8snotes"]
