"""Which addresses may be told: services in the network, nothing that acts on this machine."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_ON_A_DESKTOP = frozenset({"dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "windows"})
_ON_THIS_MACHINE = {
    **dict.fromkeys(_ON_A_DESKTOP, "shows a message on a desktop, and a daemon has none"),
    "blink1": "drives a lamp at this machine, which the daemon has no right to",
    "file": "is a file of addresses; write the addresses themselves",
    "syslog": "writes into the log of this machine, where the daemon's own log is already",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One place that is told; the text of `url` is a secret."""

    number: int
    """Its place in the list, from 1."""
    url: str

    @property
    def id(self) -> str:
        """A word for it that may be written down: it tells nothing of the address."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return f"address {self.number} ({scheme_of(self.url)}://)"

    def __repr__(self) -> str:
        return f"<{self}>"


def scheme_of(url: str) -> str:
    """Return what stands before `://` in lower case, empty if there is no such thing."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else ""


def mistake_in(url: str) -> str | None:
    """Say why an address cannot be used, without repeating it."""
    scheme = scheme_of(url)
    if not scheme:
        return "write the address of a service as apprise knows it, such as ntfy://ntfy.sh/my-topic"
    if why := _ON_THIS_MACHINE.get(scheme):
        return f"{scheme}:// {why}"
    return None
