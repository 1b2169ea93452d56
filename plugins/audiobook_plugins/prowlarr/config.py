"""The section of an instance in the configuration."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator

from audiobook_daemon import PluginConfig

AUDIOBOOKS = 3030
_UNFIT = re.compile(r"[^\x21-\x7e]")


class ProwlarrConfig(PluginConfig):
    """Where Prowlarr is, what opens it, and which of its indexers are asked for what.

    If MyAnonamouse is an indexer of Prowlarr and an instance of its own here, give each a session of its own: two
    programs that share one end it for both, and nothing here can see that they do. What Prowlarr spends while it
    downloads (`Use Freeleech Wedges`) is spent outside the daemon's control; the doctor warns of it.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    url: str = "http://127.0.0.1:9696"
    """With the URL base, if Prowlarr has one: `http://127.0.0.1:9696/prowlarr`."""
    key: SecretStr
    """The API key (Settings, General, Security)."""
    categories: tuple[Annotated[int, Field(ge=3000, le=3999)], ...] = Field((AUDIOBOOKS,), min_length=1)
    """What is searched: 3030 is Audio/Audiobook; add 3000, all of Audio, for trackers that file them elsewhere."""
    indexers: tuple[str | int, ...] = ()
    """The names or numbers of the indexers to ask; empty means all of Prowlarr's that have torrents."""
    timeout: float = Field(60.0, gt=0, le=90)
    """Seconds one indexer has for its answer; the others do not wait for it."""
    together: int = Field(4, ge=1, le=6)
    """How many indexers are asked at the same time."""

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("write an address such as http://127.0.0.1:9696")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("write the address alone; the API key has a line of its own")
        return value.strip().rstrip("/")

    @field_validator("key")
    @classmethod
    def _one_word(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value().strip()
        if not key:
            raise ValueError("the key is empty; copy the API key that Prowlarr shows")
        if _UNFIT.search(key):
            raise ValueError("the key holds a character no key may hold; copy the API key alone, in one line")
        return SecretStr(key)
