"""The configuration section of a top-10 instance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from audiobook_daemon import PluginConfig
from audiobook_plugins.top10.pattern import title_expression


def genre_key(name: str) -> str:
    """Write a genre as chart sources are asked for it: `Science Fiction` is `science-fiction`."""
    return re.sub(r"[^\w]+", "-", name.lower().replace("&", " and ")).strip("-")


def _web_address(value: str) -> str:
    parts = urlsplit(value.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write an address such as https://example.org/list")
    return value.strip()


def _selector(value: str) -> str:
    from soupsieve import SelectorSyntaxError, compile  # noqa: A004, PLC0415 - only those who read pages pay for it

    try:
        compile(value)
    except SelectorSyntaxError as error:
        raise ValueError(f"is no CSS selector: {str(error).splitlines()[0].rstrip('.')}") from None
    return value


def _pattern(value: str) -> str:
    title_expression(value)
    return value


Count = Annotated[int, Field(ge=1, le=100)]
Days = Annotated[int, Field(ge=1, le=3650)] | Literal["all"]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Selector = Annotated[str, Field(min_length=1), AfterValidator(_selector)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(PluginConfig):
    """The base of the sections here."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Share(Section):
    """How much of one genre is wanted."""

    count: Count | None = None
    """New books; the instance's `count` if not given."""
    days: Days | None = None
    """How far back an upload may lie; the instance's `days` if not given."""


class Listing(Section):
    """What every list has."""

    name: str = Field(min_length=1)
    """What the list is called in the notes of its books."""
    count: Count | None = None
    """New books; the instance's `count` if not given."""
    language: Language | None = None
    """The language of its books."""


class Page(Listing):
    """A list on a web page."""

    url: WebAddress
    item: Selector
    """The CSS selector of one book."""
    title: Selector
    """The CSS selector of the title within a book."""
    author: Selector
    """The CSS selector of the author within a book."""
    series: Selector | None = None
    """The CSS selector of the series within a book, as in `Discworld #3`."""


class Feed(Listing):
    """A list in an RSS or Atom feed."""

    feed: WebAddress
    title_pattern: Annotated[str, AfterValidator(_pattern)] = "{title} by {author}"
    """How an entry's title is made; the parts are {title}, {author}, {series}, {position} and {other}."""


def _kind_of_list(value: object) -> str:
    return "feed" if (isinstance(value, Mapping) and "feed" in value) or isinstance(value, Feed) else "page"


class TopTenConfig(Section):
    """Which genres and lists, and how many new books of each."""

    genres: tuple[str, ...] | dict[str, Count | Share] = ()
    """Names, or names with a number of books, or with a section of `count` and `days`."""
    count: Count = 10
    """How many new books of each genre or list are wished for at a time."""
    days: Days = 7
    """How far back an upload may lie to count as new, or `all`."""
    walk: int = Field(100, ge=1, le=500)
    """How far down a ranking we look for books that nobody owns yet."""
    charts: tuple[str, ...] = ()
    """The instances whose rankings are taken first; without it, instances of mam come first."""
    languages: tuple[Language, ...] = ()
    """The languages of the rankings and of the wished books; the daemon's `choose: languages` if not given."""
    pages: tuple[
        Annotated[Annotated[Page, Tag("page")] | Annotated[Feed, Tag("feed")], Discriminator(_kind_of_list)], ...
    ] = ()
    """Lists on web pages (`url`) and in feeds (`feed`)."""

    @model_validator(mode="after")
    def _something_to_do(self) -> Self:
        if not self.genres and not self.pages:
            raise ValueError("nothing is wished for; give `genres` or `pages`")
        names = [genre_key(name) for name in self.genres]
        if "" in names:
            raise ValueError("a genre has no name")
        for kind, found in (("genre", names), ("page", [one.name for one in self.pages])):
            if twice := sorted({name for name in found if found.count(name) > 1}):
                raise ValueError(f"the {kind} {twice[0]} stands here twice")
        counts = [count for _, count, _ in self.shares()] + [page.count or self.count for page in self.pages]
        most = max(counts)
        if most > self.walk:
            raise ValueError(f"walk ({self.walk}) has to be at least the largest count ({most})")
        return self

    def shares(self) -> tuple[tuple[str, int, int | None], ...]:
        """Each genre with its count and days (None is all time)."""
        stated = self.genres.items() if isinstance(self.genres, dict) else ((name, Share()) for name in self.genres)
        found = []
        for name, share in stated:
            one = share if isinstance(share, Share) else Share(count=share)
            days = one.days or self.days
            found.append((genre_key(name), one.count or self.count, None if days == "all" else days))
        return tuple(found)
