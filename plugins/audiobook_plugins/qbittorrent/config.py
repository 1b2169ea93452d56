"""The configuration section of a qBittorrent instance."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from audiobook_daemon import PluginConfig


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write an address such as http://127.0.0.1:8080")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("write the address alone; user name and password have their own keys")
    return value.rstrip("/")


def _absolute(value: str) -> str:
    if not PurePosixPath(value).is_absolute():
        raise ValueError("write a full path that begins with /")
    return value


class PathPair(PluginConfig):
    """One folder as qBittorrent names it, and the same folder as this machine names it."""

    remote: str = Field(min_length=1)
    local: Annotated[str, AfterValidator(_absolute)]


class QBittorrentConfig(PluginConfig):
    """Where qBittorrent is, how to log in, and where its downloads go.

    `save_path` is a folder as qBittorrent names it; without it the category decides. Without `username` and `api_key`
    qBittorrent must be set to let this machine in without a login.
    """

    url: Annotated[str, AfterValidator(_web_address)]
    username: str | None = None
    password: SecretStr | None = None
    api_key: SecretStr | None = None
    category: str = Field("audiobooks", min_length=1)
    tags: tuple[str, ...] = ("audiobook-daemon",)
    save_path: str | None = Field(None, min_length=1)
    paths: tuple[PathPair, ...] = ()
    start_stopped: bool = False

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together")
        if self.api_key is not None and self.username is not None:
            raise ValueError("give either api_key, or username and password")
        return self
