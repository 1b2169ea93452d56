"""The section of an instance in the configuration."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator

from audiobook_daemon import PluginConfig

_PATH = "/v1/graphql"


class HardcoverConfig(PluginConfig):
    """What an instance needs to know: above all a token of the account."""

    model_config = ConfigDict(hide_input_in_errors=True)

    token: SecretStr
    """From the account page of Hardcover, with or without the word `Bearer`."""
    url: str = "https://api.hardcover.app"
    lists: dict[Annotated[str, Field(pattern=r"^[\w-]+$")], Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Lists of the account to take wishes from, by the end of their address, and how many books each may wish for at
    a time; `want-to-read` is the shelf of that name."""
    order: Literal["newest", "oldest"] = "newest"
    """Which books of a list are wished for first."""
    languages: tuple[str, ...] = ()
    """Languages of wished recordings, ISO 639-1; empty means the configured default."""
    cache_days: float = Field(30.0, ge=0)
    """How long an answer is good without asking again; lists are always read anew."""
    pace: float = Field(1.1, ge=0)
    """Seconds between the starts of two questions; Hardcover allows 60 a minute."""
    daily: int = Field(5000, ge=1)
    """How many questions a day the account's plan allows."""

    @field_validator("token")
    @classmethod
    def _bare_token(cls, value: SecretStr) -> SecretStr:
        words = value.get_secret_value().split()
        if words and words[0].lower() == "bearer":
            words = words[1:]
        if len(words) != 1:
            raise ValueError("not a token; copy it from the account page of Hardcover")
        return SecretStr(words[0])

    @field_validator("url")
    @classmethod
    def _base(cls, value: str) -> str:
        """Take the address with or without the path of the interface."""
        parts = urlsplit(value.strip())
        if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query:
            raise ValueError("not an address; write it like https://api.hardcover.app")
        return value.strip().rstrip("/").removesuffix(_PATH)
