"""The section of an instance in the configuration."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator

from audiobook_daemon import PluginConfig, __version__

COOKIE = "mam_id"

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_UNFIT = re.compile(r"[;,\s\x00-\x1f\x7f]")


class MamConfig(PluginConfig):
    """What an instance needs to know: above all the session cookie of an API session made on the site."""

    model_config = ConfigDict(hide_input_in_errors=True)

    session: SecretStr
    """The value shown under Preferences, Security, Create session; it is the seed of a value that keeps changing."""
    url: str = "https://www.myanonamouse.net"
    tracker_url: str = "https://t.myanonamouse.net"
    pace: float = Field(2.0, ge=0)
    """Seconds between the starts of two calls."""
    download_pace: float = Field(2.0, ge=0)
    """Seconds to leave after a download; about ten in a row without a pause are answered with a refusal."""
    user_agent: str = f"audiobook-daemon/{__version__}"
    update_seedbox: bool = False
    """Register this machine's address as the account's seedbox: right only if the download client shares it."""
    reserve_slots: int = Field(10, ge=0)
    """Unsatisfied slots that stay free for what a person downloads by hand."""

    @field_validator("session")
    @classmethod
    def _clean_session(cls, value: SecretStr) -> SecretStr:
        """Take away what people copy along, and refuse what no cookie may hold; the value itself stays as it is."""
        text = value.get_secret_value().strip().strip("\"'").removeprefix(f"{COOKIE}=").strip().strip("\"'")
        if not text:
            raise ValueError("the session is empty; copy the value the site shows when a session is created")
        if _UNFIT.search(text):
            raise ValueError("the session holds a character no cookie may hold; copy the value alone, in one line")
        return SecretStr(text)

    @field_validator("url", "tracker_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        """The session travels in every call, so it may leave this machine encrypted only."""
        parts = urlsplit(value.strip())
        if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query or parts.username:
            raise ValueError("not an address; write it like https://www.myanonamouse.net")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("the session would travel in the clear; use https")
        return value.strip().rstrip("/")

    @field_validator("user_agent")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.strip() or not value.isprintable():
            raise ValueError("a user agent is one line of text, like audiobook-daemon/1.0")
        return value.strip()
