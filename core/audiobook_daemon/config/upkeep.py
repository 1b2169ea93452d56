"""The sections about the books one owns; the docstrings are the help shown in editors."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import Duration
from audiobook_daemon.models import FactField

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Kind = Literal["novella", "short", "collection", "omnibus", "dramatisation", "anthology", "companion"]
Step = Literal["names", "title", "description", "genres"]


class Sync(Section):
    """How the libraries are read."""

    most_lost: float = Field(0.1, gt=0, le=1)
    """The share of the items that may go missing between two readings; more looks like a lost mount and stops."""
    least_lost: int = Field(10, ge=0)
    """So many may always go missing, however small the library is."""
    hints: bool = True
    """Whether a library that tells of changes is read again soon after; otherwise only at the times of the jobs."""


class Metadata(Section):
    """How the metadata of owned books is corrected."""

    batch: int = Field(50, ge=1, le=1000)
    """How many books are looked after at a time."""
    most: int = Field(5000, ge=1)
    """How many books one run looks after at most; the longest untouched come first."""
    pause: Duration = timedelta(days=7)
    """A book that was looked after is left alone for so long, unless it is forced."""
    drift: Duration = timedelta(days=30)
    """A value that was corrected stays for so long, whatever the sources say then."""
    new: Duration = timedelta(days=7)
    """How long a book counts as new."""
    least: float = Field(0.5, ge=0, le=1)
    """The weight, from 0 to 1, that the statements for a value need before anything is written."""
    fill: tuple[FactField, ...] = (
        "subtitle",
        "authors",
        "narrators",
        "series",
        "publisher",
        "year",
        "description",
        "language",
        "isbn",
        "asin",
        "genres",
        "abridged",
        "cover",
    )
    """The fields that are written when they are empty."""
    correct: tuple[FactField, ...] = ("title", "authors", "narrators", "series", "asin")
    """The fields that are also changed when the sources agree on another value."""
    steps: tuple[Step, ...] = ("names", "title", "description", "genres")
    """The rules by which values are put into one form before they are compared and written."""
    genre_names: dict[str, str] = Field(default_factory=dict)
    """Genres that you call otherwise (`sci-fi: Science Fiction`); an empty name drops the genre."""
    most_genres: int = Field(8, ge=1)
    """How many genres a book gets at most."""
    covers: Literal["never", "missing", "larger"] = "missing"
    """When a cover is fetched."""
    trust: dict[str, float] = Field(default_factory=dict)
    """How much an instance is worth, from 0 to 1, where that differs from 1."""


class SeriesSettings(Section):
    """How series are completed."""

    least_owned: int = Field(1, ge=1)
    """From so many owned books on a series is looked after; followed ones always."""
    most_missing: int = Field(10, ge=0)
    """How many missing books of one series are wanted at most in a run."""
    most_series: int = Field(100, ge=1)
    """How many series one run asks the sources about; the longest unchecked come first."""
    most_wanted: int = Field(20, ge=0)
    """How many books one run wants at most in all."""
    recheck: Duration = timedelta(days=25)
    """A series that was looked up is not looked up again before."""
    skip: tuple[Kind, ...] = ("omnibus", "dramatisation", "companion", "anthology")
    """Kinds of works that are never missing."""
    readers: int = Field(0, ge=0)
    """A work that one source alone lists needs so many readers there."""
    auto_grab: bool = False
    """Whether missing books may be downloaded without your consent."""
    want: bool = True
    """Whether missing books become wants; else they are listed only."""


class Authors(Section):
    """How authors are completed."""

    least_owned: int = Field(2, ge=1)
    """From so many owned books on an author is looked after; followed ones always."""
    most_authors: int = Field(50, ge=1)
    """How many authors one run asks the sources about, the most owned first."""
    small_gap: int = Field(5, ge=0)
    """Up to so many missing books are wanted at once; larger gaps go on the gradual list."""
    gradual: int = Field(2, ge=0)
    """How many books of the gradual list one run wants."""
    most_missing: int = Field(20, ge=0)
    """How many missing books of one author are recorded at most."""
    most_wanted: int = Field(20, ge=0)
    """How many books one run wants at most in all."""
    recheck: Duration = timedelta(days=25)
    """An author who was looked up is not looked up again before."""
    skip: tuple[Kind, ...] = ("omnibus", "dramatisation", "companion", "anthology", "short")
    """Kinds of works that are never missing."""
    auto_grab: bool = False
    """Whether missing books may be downloaded without your consent."""
    want: bool = True
    """Whether missing books become wants; else they are listed only."""


class Followed(Section):
    """A series or an author whose books are wanted, owned or not."""

    series: str | None = Field(None, min_length=1)
    """The series' name."""
    author: str | None = Field(None, min_length=1)
    """The author's name; with `series` it tells namesakes apart."""
    narrators: tuple[str, ...] = ()
    """Preferred readers, the dearest first."""
    languages: tuple[Language, ...] = ()
    """Accepted languages; the usual ones if not given."""
    abridged: bool = False
    """Whether abridged recordings will do."""
    dramatised: bool = False
    """Whether dramatisations will do."""
    pace: int | None = Field(None, ge=1)
    """How many books a week are wanted at most."""
    back: bool = True
    """Whether the books that are out already are wanted too, not only those to come."""
    skip: tuple[Kind, ...] | None = None
    """Kinds of works that are left out, instead of the usual ones."""
    auto_grab: bool = False
    """Whether they may be downloaded without your consent."""

    @model_validator(mode="after")
    def _somebody(self) -> Followed:
        if self.series is None and self.author is None:
            raise ValueError("name a series or an author")
        return self


class Retention(Section):
    """How many days history is kept; failures are kept for ever."""

    runs: int = Field(30, ge=1)
    events: int = Field(30, ge=1)
    corrections: int = Field(30, ge=1)
    """After that a correction cannot be undone any more."""
    decisions: int = Field(90, ge=1)
    facts: int = Field(365, ge=30)
    """Statements of sources that have not been renewed."""
    statistics: int = Field(3650, ge=30)
    gaps: int = Field(90, ge=1)
    """Gaps that have been filled."""
    answers: int = Field(180, ge=1)
    """Answers of sites, which serve while a site is down."""


class Updates(Section):
    """Where new versions of the daemon are told of; nobody is asked unless an address stands here."""

    url: str | None = None
    """A JSON document that names the newest release, as the releases interface of a code host gives it."""

    @field_validator("url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/\s@]+(/\S*)?", value):
            raise ValueError("should be an address, as in https://code.example.org/releases/latest.json")
        return value
