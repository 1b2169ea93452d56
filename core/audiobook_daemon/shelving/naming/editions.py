"""What tells one recording of a book from another, as far as names go."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.models import Release


@dataclass(frozen=True, slots=True)
class Edition:
    """One recording of a book; what is not known leaves no trace in a name."""

    narrators: tuple[str, ...] = ()
    publisher: str | None = None
    year: int | None = None
    """Of the recording; the book has its own."""
    language: str | None = None
    format: str | None = None
    """The file type, as in `m4b`."""
    bitrate: int | None = None
    """kbit/s."""
    label: str | None = None
    """`Abridged`, `Dramatised`."""


def edition_of(release: Release | None) -> Edition:
    """The edition that a release says it is; nothing is known of none."""
    if release is None:
        return Edition()
    return Edition(
        narrators=release.narrators,
        language=release.language,
        format=release.formats[0] if release.formats else None,
        bitrate=release.bitrate,
        label="Dramatised" if release.dramatised else "Abridged" if release.abridged else None,
    )
