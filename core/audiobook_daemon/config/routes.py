"""Which instance a command goes to."""

from __future__ import annotations

from typing import Literal

from audiobook_daemon.config.catalogue import PluginType
from audiobook_daemon.config.instances import is_disabled
from audiobook_daemon.config.mistakes import suggestion
from audiobook_daemon.config.positions import Document
from audiobook_daemon.config.sections import Route

_ROLES: dict[Literal["download_client", "library"], tuple[str, str]] = {
    "download_client": ("DownloadClient", "download client"),
    "library": ("Library", "library"),
}
"""The keys of `route`: the role that is meant, and its name for people."""


def read_route(document: Document, types: dict[str, PluginType]) -> Route:
    """Read `route` and fill in what it leaves open: the only instance of a role; two without a word are a mistake.

    `types` are those of the enabled instances, so that other mistakes in their sections do not make the route wrong.
    """
    found: dict[str, str | None] = {}
    for key, (role, called) in _ROLES.items():
        fitting = [name for name, plugin_type in types.items() if role in plugin_type.roles]
        named = document.at(("route", key))
        if ("route", key) in document.unresolved or not isinstance(named, str | None):
            continue
        if named is not None and named not in fitting:
            document.note(("route", key), _misrouted(document, named, called, types, fitting))
        elif named is None and len(fitting) > 1:
            names = " and ".join(fitting)
            message = f"there is more than one {called} ({names}); say which is meant: `route: {{{key}: {fitting[0]}}}`"
            document.note(("plugins", fitting[1]), message, key=True)
        found[key] = named or next(iter(fitting), None)
    return Route(**found)


def _misrouted(document: Document, named: str, called: str, types: dict[str, PluginType], fitting: list[str]) -> str:
    if named in types:
        return f"this instance is no {called}{suggestion(named, fitting)}"
    if document.at(("plugins", named)) is None and ("plugins", named) not in document.keys:
        return f"there is no instance of this name{suggestion(named, fitting)}"
    return "this instance is not enabled" if is_disabled(document, named) else "this instance cannot be used"
