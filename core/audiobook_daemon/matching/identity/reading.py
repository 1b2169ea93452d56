"""What a release says of itself: the tracker's own fields first, and what its title says fills the gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.identity.line import Line, line_of
from audiobook_daemon.matching.parse import read_release
from audiobook_daemon.matching.parse.remarks import scan
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.models import Release


@dataclass(frozen=True, slots=True)
class Reading:
    """A release that was read."""

    release: Release
    line: Line
    remarks: Mapping[int, Weight]
    """The tokens of the line that are remarks about the recording."""

    @property
    def claims(self) -> Claims:
        """What its title claims, read without knowing the wish; done only when it is asked for, since it takes long."""
        return _claims_of(self.release.title)

    @property
    def narrators(self) -> tuple[str, ...]:
        """Who reads it."""
        return self.release.narrators or self.claims.narrators

    @property
    def language(self) -> str | None:
        """ISO 639-1."""
        return self.release.language or self.claims.language

    @property
    def formats(self) -> tuple[str, ...]:
        """File types in lower case."""
        return self.release.formats or self.claims.formats

    @property
    def filled(self) -> Release:
        """The release with its gaps filled by what its title says of the recording."""
        release, claims = self.release, self.claims
        return replace(
            release,
            narrators=self.narrators,
            language=self.language,
            formats=self.formats,
            bitrate=claims.bitrate if release.bitrate is None else release.bitrate,
            abridged=claims.abridged if release.abridged is None else release.abridged,
            dramatised=claims.dramatised if release.dramatised is None else release.dramatised,
        )


def read(release: Release) -> Reading:
    """Read a release; a title is read once for all releases that bear it."""
    return Reading(release, line_of(release.title), _remarks_of(release.title))


@lru_cache(maxsize=10_000)
def _remarks_of(title: str) -> Mapping[int, Weight]:
    line = line_of(title)
    return MappingProxyType(
        {
            index: remark.weight
            for remark in scan(line.text).remarks
            for index, token in enumerate(line.tokens)
            if remark.start <= token.start < remark.end
        }
    )


@lru_cache(maxsize=10_000)
def _claims_of(title: str) -> Claims:
    return read_release(title) or Claims()
