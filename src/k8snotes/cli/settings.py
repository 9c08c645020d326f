"""The workspace and the settings that hold where a call is made."""

import os

from k8snotes.config import Configured, language_in, load_config, user_file
from k8snotes.errors import K8sNotesError
from k8snotes.speech import Language, language_of_locale
from k8snotes.workspace import CONFIG_NAME, Workspace, find_workspace


def workspace_here(named: str | None) -> Workspace | None:
    """The workspace named, or the one around the current folder.

    Raises:
        UsageError: the one named is no folder.
    """
    try:
        here = os.getcwd()
    except FileNotFoundError:  # the folder that we stand in was deleted
        here = os.sep
    return find_workspace(here, override=named)


def settings_here(workspace: Workspace | None) -> dict[str, Configured]:
    """Every setting with its origin.

    Raises:
        ConfigError: a configuration file or variable is broken.
    """
    files = [user_file(os.environ)]
    if workspace is not None:
        files.insert(0, workspace.below(CONFIG_NAME))
    return load_config(tuple(files), os.environ)


def language_here(named_workspace: str | None) -> Language:
    """The language of settings, else of the locale, where no flag names one."""
    try:
        chosen = language_in(settings_here(workspace_here(named_workspace)))
    except K8sNotesError:  # what is broken is said in some language, too
        chosen = None
    return chosen or language_of_locale(os.environ)
