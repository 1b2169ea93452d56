"""The section of an instance in the configuration."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, field_validator

from audiobook_daemon import PluginConfig

_CONTACT = re.compile(r"[^\s()@]+@[^\s()@]+\.[^\s()@]+|https?://[^\s()]+")
_KNOWN_PACE, _STRANGER_PACE = 0.4, 1.1
"""Open Library allows three questions a second to those who say whom to write to, one to all others."""


class OpenLibraryConfig(PluginConfig):
    """What an instance needs to know; without a contact Open Library may refuse to answer."""

    model_config = ConfigDict(hide_input_in_errors=True)

    contact: str | None = None
    """Your e-mail address or web page, told to Open Library with every question."""
    url: str = "https://openlibrary.org"
    covers: str = "https://covers.openlibrary.org"
    cache_days: float = Field(30.0, ge=0)
    """How long an answer is good without asking again."""
    pace: float | None = Field(None, ge=0)
    """Seconds between the starts of two questions; by default as many as Open Library asks for."""

    @property
    def seconds(self) -> float:
        """The pace to keep."""
        if self.pace is not None:
            return self.pace
        return _KNOWN_PACE if self.contact else _STRANGER_PACE

    @field_validator("contact")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        if value is not None and not _CONTACT.fullmatch(value.strip()):
            raise ValueError("not an address; write it like me@example.org or https://example.org")
        return value.strip() if value else None

    @field_validator("url", "covers")
    @classmethod
    def _base(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query:
            raise ValueError("not an address; write it like https://openlibrary.org")
        return value.strip().rstrip("/")
