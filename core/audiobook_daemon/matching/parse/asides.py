"""Finds people at the margins of a release: an author in brackets, a narrator behind the title."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.matching.parse.brackets import Piece
from audiobook_daemon.matching.parse.personhood import CERTAIN, LIKELY, UNLIKELY, likelihood
from audiobook_daemon.matching.parse.segments import Cut, Segment
from audiobook_daemon.matching.people import split_people


def cut_reader(segments: Sequence[Segment]) -> tuple[tuple[str, ...], tuple[Segment, ...]]:
    """A narrator as the last segment (`Author - Title - Narrator`), when what stands before is surely the title."""
    *before, last = segments
    titled = any(other.titled for other in before)
    if not titled and not any(likelihood(other.text) < UNLIKELY for other in before):
        return (), tuple(segments)
    if last.dash and not last.titled and likelihood(last.text) > (LIKELY if titled else CERTAIN):
        return split_people(last.text, keep_roles=True), tuple(before)
    return (), tuple(segments)


def author_in_brackets(cut: Cut) -> tuple[tuple[str, ...], tuple[Piece, ...]] | None:
    """An author in brackets, and the other brackets: names stand before a title, else only a sure one counts."""
    asides = (*cut.leading, *cut.asides)
    if any(place.position and "-" in place.position for place in cut.claims.series):
        return None
    for index, piece in enumerate(asides):
        if likelihood(piece.text) > (LIKELY if index < len(cut.leading) else CERTAIN):
            return split_people(piece.text), (*asides[:index], *asides[index + 1 :])
    return None
