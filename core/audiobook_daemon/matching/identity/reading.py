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
    claims: Claims
    """What its title claims."""
    remarks: Mapping[int, Weight]
    """The tokens of the line that are remarks about the recording."""

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
    """Read a release; what the title says is read once for all releases of that title."""
    claims, remarks = _read_text(release.title)
    return Reading(release, line_of(release.title), claims, remarks)


@lru_cache(maxsize=10_000)
def _read_text(title: str) -> tuple[Claims, Mapping[int, Weight]]:
    line = line_of(title)
    remarks = {
        index: remark.weight
        for remark in scan(line.text).remarks
        for index, token in enumerate(line.tokens)
        if remark.start <= token.start < remark.end
    }
    return read_release(title) or Claims(), MappingProxyType(remarks)
