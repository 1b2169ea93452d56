"""What the payloads of requests may hold, and how a bare word is read."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from audiobook_daemon.matching import normal_asin, normal_isbn

_BY = re.compile(r"(?P<title>.*\S)\s+by\s+(?P<author>\S+(?:\s+\S+){1,3})", re.IGNORECASE)
_ASIN = re.compile(r"B0[0-9A-Z]{8}")
MOST_SETTINGS = 100
"""In one request: each wrong name costs a look for the nearest right one."""
Name = Annotated[str, Field(min_length=1, max_length=64)]
_Text = Annotated[str, Field(max_length=300)]


class Payload(BaseModel):
    """The base of all payloads: a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Payload):
    """No arguments."""


class Arguments(Payload):
    """The arguments of an action."""

    arguments: dict[str, Any] = Field(default_factory=dict, description="The arguments of the action.")


class Switch(Payload):
    """On or off."""

    enabled: bool = Field(description="false pauses, true resumes.")


class AutoGrab(Payload):
    """Whether the books of a list are grabbed."""

    auto_grab: bool = Field(description="Whether the books of this list are grabbed without consent.")


class Settings(BaseModel):
    """Settings by name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Any]

    @model_validator(mode="after")
    def _names_some_and_not_too_many(self) -> Settings:
        if not self.__pydantic_extra__:
            raise ValueError('it must name a setting, as in {"dry_run": true}')
        if len(self.__pydantic_extra__) > MOST_SETTINGS:
            raise ValueError(f"more than {MOST_SETTINGS} settings are none that there are")
        return self


class Names(Payload):
    """Names of settings."""

    names: list[Name] = Field(default_factory=list, max_length=MOST_SETTINGS, description="All settings if empty.")


class Review(Payload):
    """What a person decides about a want."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1, description="The id of the want, as in `approvals`.")]
    candidate: Annotated[int, Field(ge=1, le=1000, description="Its `number`; else the one shown.")] | None = None


class Wished(Payload):
    """A book that somebody wishes for."""

    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    author: _Text | None = None
    narrator: Annotated[str, Field(max_length=300, description="The reader that is liked best.")] | None = None
    asin: Annotated[str, Field(max_length=20, description="Audible's number; enough without a title.")] | None = None
    isbn: Annotated[str, Field(max_length=30, description="Enough without a title.")] | None = None

    @model_validator(mode="after")
    def _names_a_book(self) -> Wished:
        if not ((self.title and self.title.strip()) or self.asin or self.isbn):
            raise ValueError("title: it must name a book by title, asin or isbn")
        return self


def book_of(word: str) -> dict[str, object]:
    """Read a bare word: an ASIN, an ISBN, `Title by First Last`, or a title.

    One word behind `by` belongs to the title, as in `Stand by Me`.
    """
    text = word.strip()
    if _ASIN.fullmatch(text) and (asin := normal_asin(text)):
        return {"asin": asin}
    if text[:1].isdigit() and (isbn := normal_isbn(text)):
        return {"isbn": isbn}
    if found := _BY.fullmatch(text):
        return {"title": found["title"], "author": found["author"]}
    return {"title": text}
