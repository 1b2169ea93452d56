"""What one source (folder name, tags, a file beside the audio) states about a book, and how sources are laid over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from audiobook_daemon.demo.audiobookshelf.records import Chapter


@dataclass(slots=True)
class Stated:
    """The statements of one source; None and a missing text mean that it says nothing."""

    texts: dict[str, str] = field(default_factory=dict)
    authors: list[str] | None = None
    narrators: list[str] | None = None
    series: list[tuple[str, str | None]] | None = None
    genres: list[str] | None = None
    tags: list[str] | None = None
    explicit: bool | None = None
    abridged: bool | None = None
    chapters: list[Chapter] | None = None


def lay_over(sources: Iterable[Stated]) -> Stated:
    """Combine statements; a later source wins over an earlier one, key by key.

    An empty list of authors, genres, tags or chapters states nothing. An empty list of narrators or series wipes
    what earlier sources said.
    """
    result = Stated()
    for source in sources:
        result.texts |= {key: text for key, text in source.texts.items() if text}
        result.authors = source.authors or result.authors
        result.genres = source.genres or result.genres
        result.tags = source.tags or result.tags
        result.chapters = source.chapters or result.chapters
        result.narrators = result.narrators if source.narrators is None else source.narrators
        result.series = result.series if source.series is None else source.series
        result.explicit = result.explicit if source.explicit is None else source.explicit
        result.abridged = result.abridged if source.abridged is None else source.abridged
    return result
