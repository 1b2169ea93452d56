"""The releases that wait for a person's decision."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from audiobook_daemon.models import Proposal, Want
from audiobook_daemon.mqtt.documents.shape import (
    NAME_LENGTH,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    cut,
    described,
    fitting,
)
from audiobook_daemon.mqtt.payloads import moment, shortened

_MOST_CANDIDATES = 3
_CANDIDATE_LENGTH = 120
_ROOM_FOR_ENTRIES = 40 * 1024


@described
class Candidate(TypedDict):
    """A release that could be taken."""

    number: int
    """What it is accepted or rejected by, as `candidate`."""
    title: str
    """The title of the release."""
    source: str
    """The indexer that has it."""
    narrator: str | None
    """Who reads."""
    format: str | None
    """The kind of files (`m4b`)."""
    size_mb: int | None
    """Megabytes."""
    why: str
    """What speaks for it, or what keeps it from being taken."""


@described
class Approval(TypedDict):
    """What a person has to decide about one book."""

    id: int
    """The id of the want, for `request/approval/approve` and `request/approval/reject`."""
    title: str
    """The book that is wanted."""
    author: str | None
    """Its first author."""
    isbn: str | None
    """Its ISBN, by which a cover can be found."""
    narrator: str | None
    """Who reads the release."""
    release: str | None
    """The title of the release; null if only candidates are known."""
    indexer: str | None
    """The indexer that has the release."""
    size_bytes: int | None
    """Bytes of the release."""
    size_mb: int | None
    """The same in megabytes."""
    source: str | None
    """Where the wish comes from: a list, `series_completion`, a person."""
    code: str | None
    """Why it waits, as a stable word."""
    reason: str | None
    """The same as a sentence."""
    candidates: list[Candidate]
    """The best releases to choose among, three at most."""
    requested_at: str | None
    """Since when it waits."""


@described
class ApprovalsDocument(TypedDict):
    """Everything that waits for a person's decision."""

    count: int
    """How many books wait."""
    current: Approval | None
    """The one that waits longest."""
    entries: list[Approval]
    """Those that wait longest, with `current` first: 20 at most, and as many as fit into 40 KiB."""


def approvals_document(count: int, reviews: Sequence[Want]) -> ApprovalsDocument:
    """List the releases that wait for a person, the oldest as `current`."""
    entries = fitting([approval_entry(want) for want in reviews], _ROOM_FOR_ENTRIES)
    return {"count": max(count, len(entries)), "current": entries[0] if entries else None, "entries": entries}


def approval_entry(want: Want) -> Approval:
    """Describe what a person has to decide."""
    release, book = want.release, want.wish.book
    return {
        "id": want.id,
        "title": shortened(book.title, TITLE_LENGTH),
        "author": cut(book.authors[0], TITLE_LENGTH) if book.authors else None,
        "isbn": cut(book.isbn, NAME_LENGTH),
        "narrator": cut(release.narrators[0], TITLE_LENGTH) if release and release.narrators else None,
        "release": cut(release.title, TITLE_LENGTH) if release else None,
        "indexer": cut(release.source, NAME_LENGTH) if release else None,
        "size_bytes": release.size if release else None,
        "size_mb": _megabytes(release.size) if release else None,
        "source": cut(want.wish.origin, NAME_LENGTH) or None,
        "code": want.code,
        "reason": cut(want.reason, SENTENCE_LENGTH),
        "candidates": [_candidate(proposal) for proposal in want.proposals[:_MOST_CANDIDATES]],
        "requested_at": moment(want.changed or want.created),
    }


def _candidate(proposal: Proposal) -> Candidate:
    return {
        "number": proposal.number,
        "title": shortened(proposal.title, _CANDIDATE_LENGTH),
        "source": shortened(proposal.source, NAME_LENGTH),
        "narrator": cut(proposal.narrator, _CANDIDATE_LENGTH),
        "format": cut(proposal.format, NAME_LENGTH),
        "size_mb": _megabytes(proposal.size),
        "why": shortened(proposal.why, _CANDIDATE_LENGTH),
    }


def _megabytes(size: int | None) -> int | None:
    return None if size is None else round(size / 1e6)
