"""What a text claims about a recording: the common form of release titles, folder names, tags and sidecar files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.models import SeriesPlace


@dataclass(frozen=True, slots=True)
class Claims:
    """What one text says; a claim is no fact, and what is not said is None (or an empty tuple)."""

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    """Given name first."""
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    """Positions are plain: `1`, `1.5`, or a range `1-3`; no leading zeros, no `#`."""
    part: str | None = None
    """Which part of a book that was cut into several (`Part 1 of 2` is part 1 with `part_count` 2)."""
    part_count: str | None = None
    year: int | None = None
    formats: tuple[str, ...] = ()
    """Lower case, as in `Release.formats`; `epub` and the like are told too."""
    bitrate: int | None = None
    """kbit/s."""
    abridged: bool | None = None
    dramatised: bool | None = None
    language: str | None = None
    """ISO 639-1."""
    edition: str | None = None
    """The number of an edition (`2` for `2nd edition`), or its words."""
    publisher: str | None = None
    group: str | None = None
    """Who released it."""
    repack: bool | None = None
    asin: str | None = None
    isbn: str | None = None
    collection: bool = False
    """Whether it says that it holds several books."""
    tags: tuple[str, ...] = ()
    """Bracketed remarks that are none of the above, in their order."""


class Likeness(StrEnum):
    """The answer to "are these two the same?"; UNSURE is an answer of its own, never a weak yes."""

    SAME = "same"
    """The same, and nothing tells the recordings apart."""
    SAME_EDITION = "same_edition"
    """The same recording."""
    SAME_WORK = "same_work"
    """The same work, in another recording or edition."""
    DIFFERENT = "different"
    UNSURE = "unsure"
