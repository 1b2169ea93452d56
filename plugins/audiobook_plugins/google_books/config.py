"""The section of an instance in the configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator

from audiobook_daemon import PluginConfig

_VERSION_PATH = "/books/v1"


class GoogleBooksConfig(PluginConfig):
    """What an instance needs to know; it works without any of it, but hardly without a key."""

    model_config = ConfigDict(hide_input_in_errors=True)

    key: SecretStr | None = None
    """A key with the Books API enabled; without one Google mostly answers that the quota is used up."""
    url: str = "https://www.googleapis.com"
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$")
    """ISO 3166 code, needed where Google cannot tell in which country this machine stands."""
    language: str | None = Field(None, pattern="^[A-Za-z]{2,3}$")
    """ISO 639-1; volumes in another language count for less when a book names none itself."""
    cache_days: float = Field(7.0, ge=0)
    """How long an answer is good without asking again."""
    pages: int = Field(5, ge=1, le=25)
    """How many pages of 40 volumes are read of an author's works; each is one of the day's questions."""
    pace: float = Field(1.0, ge=0)
    """Seconds between the starts of two questions."""

    @field_validator("url")
    @classmethod
    def _base(cls, value: str) -> str:
        """Take the address with or without the path of the interface."""
        parts = urlsplit(value.strip())
        if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query:
            raise ValueError("not an address; write it like https://www.googleapis.com")
        return value.strip().rstrip("/").removesuffix(_VERSION_PATH)

    @field_validator("key")
    @classmethod
    def _bare_key(cls, value: SecretStr | None) -> SecretStr | None:
        bare = value.get_secret_value().strip() if value else ""
        return SecretStr(bare) if bare else None
