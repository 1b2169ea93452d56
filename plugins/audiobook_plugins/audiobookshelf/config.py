"""The configuration section of an Audiobookshelf instance."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from audiobook_daemon import PluginConfig


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write an address such as http://127.0.0.1:13378")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("write the address alone; the API key has its own key, token")
    return value.rstrip("/")


def _absolute(value: str) -> str:
    if not PurePosixPath(value).is_absolute():
        raise ValueError("write a full path that begins with /")
    return value


AbsolutePath = Annotated[str, AfterValidator(_absolute)]


class PathPair(PluginConfig):
    """One folder as Audiobookshelf names it, and the same folder as this machine names it."""

    remote: AbsolutePath
    local: AbsolutePath


class AudiobookshelfConfig(PluginConfig):
    """Where Audiobookshelf is, the API key of an admin user, and which library is ours.

    `library` is a name or an id; without it all book libraries are read, but new books need one. `scan_timeout` is
    how long a new book may take to appear, and `poll` how often the server is asked meanwhile, both in seconds. With
    `hints` the server's socket is listened to, so that changes are seen within minutes; that needs the package
    python-socketio.
    """

    url: Annotated[str, AfterValidator(_web_address)]
    token: SecretStr
    library: str | None = None
    paths: tuple[PathPair, ...] = ()
    scan_timeout: float = Field(600.0, gt=0, le=840)
    poll: float = Field(1.0, gt=0, le=60)
    hints: bool = False
