"""The section of an instance in the configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator, model_validator

from audiobook_daemon import PluginConfig

Count = Annotated[int, Field(ge=1, le=500)]
Shelf = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$", max_length=100)]
_FEED = re.compile(r"(?P<site>https?://[^/?#]+)/review/list_rss/(?P<user>\d+)")
_UNFIT = re.compile(r"[^\x21-\x7e]")
_EXAMPLE = "https://www.goodreads.com/review/list_rss/1234567?key=...&shelf=to-read"


class GoodreadsConfig(PluginConfig):
    """Whose shelves are read, and how many new books of each are wished for.

    Give either `url`, the address behind the RSS button at the bottom of a shelf, or `user`, `key` and `shelves`.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    url: SecretStr | None = None
    """The address of a shelf's feed with the key in it, so keep it secret."""
    user: Annotated[str, Field(pattern=r"^\d{1,20}$")] | None = None
    """The number in the address of your profile."""
    key: SecretStr | None = None
    """The key in the address of a shelf's feed; a profile that everybody may see needs none."""
    shelves: tuple[Shelf, ...] | dict[Shelf, Count] = ("to-read",)
    """The shelves, or shelves with a number of books each."""
    count: Count = 10
    """How many new books of each shelf are wished for at a time."""
    walk: int = Field(500, ge=1, le=5000)
    """How far down a shelf we look for books that nobody owns yet."""
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = None
    """The language of the books, for the site does not tell; the daemon's `choose: languages` if not given."""
    pace: float = Field(3.0, ge=0)
    """Seconds between the starts of two questions."""
    site: str = "https://www.goodreads.com"

    @model_validator(mode="before")
    @classmethod
    def _take_apart(cls, given: object) -> object:
        """Read user, key and shelf out of the address of a feed."""
        if not isinstance(given, Mapping) or not given.get("url"):
            return given
        url = given["url"]
        address = (url.get_secret_value() if isinstance(url, SecretStr) else str(url)).strip()
        found = _FEED.match(address)
        if found is None:
            raise ValueError(f"`url` is not the address of a shelf's feed, which looks like {_EXAMPLE}")
        if stated := sorted({"user", "key", "shelves"} & given.keys()):
            raise ValueError(f"give either `url` or `{stated[0]}`, for the address holds both")
        query = dict(parse_qsl(urlsplit(address).query))
        parts = {"user": found["user"], "key": query.get("key"), "shelves": (query.get("shelf") or "to-read",)}
        return {"site": found["site"], **given, **{name: value for name, value in parts.items() if value}}

    @field_validator("key")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        if _UNFIT.search(key):
            raise ValueError("the key holds a character no key may hold; copy it alone, in one line")
        return SecretStr(key) if key else None

    @field_validator("site")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or "@" in parts.netloc:
            raise ValueError("write an address such as https://www.goodreads.com")
        return value.strip().rstrip("/")

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.user is None:
            raise ValueError("whose shelves? Give `url`, or `user` and `key`")
        if not self.shelves:
            raise ValueError("no shelf is named")
        names = [name.casefold() for name, _ in self.shares()]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"the shelf {twice[0]} stands here twice")
        if (most := max(count for _, count in self.shares())) > self.walk:
            raise ValueError(f"walk ({self.walk}) has to be at least the largest count ({most})")
        return self

    def shares(self) -> tuple[tuple[str, int], ...]:
        """Each shelf with its number of books."""
        if isinstance(self.shelves, dict):
            return tuple(self.shelves.items())
        return tuple((name, self.count) for name in self.shelves)
