"""The section of an instance in the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from audiobook_daemon import PluginConfig
from audiobook_plugins.audnexus.regions import Region

_FIRST_REGIONS: Mapping[str, Region] = {"de": "de", "es": "es", "fr": "fr", "it": "it", "ja": "jp"}


class AudnexusConfig(PluginConfig):
    """What an instance needs to know; it works without any of it."""

    url: str = "https://api.audnex.us"
    catalogue: str = "https://api.audible.{tld}"
    """The address of the shops; `{tld}` is the ending of a region's (`com`, `co.uk`), `{region}` its code."""
    regions: tuple[Region, ...] = Field(("us", "uk"), min_length=1)
    """The shops to ask, in this order: an ASIN is good in its own region only."""
    languages: Mapping[str, Region] = _FIRST_REGIONS
    """For books in these languages (ISO 639-1) this shop is asked before the others."""
    pace: float = Field(1.0, ge=0)
    """Seconds between the starts of two questions."""
    cache_days: float = Field(30.0, ge=0)
    """How long an answer about a book is good; what a series or an author has is asked for again after a week."""

    @field_validator("url", "catalogue")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query:
            raise ValueError("not an address; write it like https://api.audnex.us")
        return value.strip().rstrip("/")

    @field_validator("catalogue")
    @classmethod
    def _says_where_the_region_stands(cls, value: str) -> str:
        if "{tld}" not in value and "{region}" not in value:
            raise ValueError("says not where the region stands; write it like https://api.audible.{tld}")
        return value

    @field_validator("regions")
    @classmethod
    def _each_once(cls, value: tuple[Region, ...]) -> tuple[Region, ...]:
        return tuple(dict.fromkeys(value))
