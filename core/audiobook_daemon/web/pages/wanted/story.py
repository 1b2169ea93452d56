"""What is told of one want: how far it has come, what was offered for it and why, and what may be done; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import Download, Want, WantState
from audiobook_daemon.pipeline import ADOPTED, MANUAL, possible
from audiobook_daemon.pipeline.possible import ACCEPTABLE
from audiobook_daemon.pipeline.review import MOST
from audiobook_daemon.store import Blocked, Decision, LoggedEvent
from audiobook_daemon.web.pages.wanted.evidence import Offered, Property, alone, offered, wished

_PATH: Final = (
    WantState.WANTED,
    WantState.CHOSEN,
    WantState.DOWNLOADING,
    WantState.DOWNLOADED,
    WantState.VERIFIED,
    WantState.SHELVED,
)
"""The natural way of a book."""
_STEPS: Final = {
    WantState.WANTED: "Wanted",
    WantState.CHOSEN: "Chosen",
    WantState.DOWNLOADING: "Downloading",
    WantState.DOWNLOADED: "Downloaded",
    WantState.VERIFIED: "Verified",
    WantState.SHELVED: "On the shelf",
}
_SEARCHED: Final = frozenset({WantState.WANTED, WantState.REVIEW})
_KINDS: Final = {"want_added": "put on the list", "want_changed": "", "want_noted": ""}
_ACTS: Final = {
    "search_again": "Search again",
    "revive": "Want it again",
    "give_up": "Give up",
    "drop": "Drop it",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way to the shelf."""

    name: str
    state: str
    """`done`, `now`, or `ahead`."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, or several in a row that say the same."""

    at: datetime
    state: str | None
    told: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Act:
    """What a person may do about a want."""

    action: str
    """The name in the table of actions."""
    label: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class WantView:
    """All that the page shows."""

    want: Want
    title: str
    authors: str | None
    series: str | None
    by: str
    """Who wished it, and why."""
    why: str
    """Why it stands or waits where it is."""
    steps: tuple[Step, ...]
    """Empty for a want that has left the way."""
    acts: tuple[Act, ...]
    wished: tuple[Property, ...]
    decision: Decision | None
    """The newest."""
    offered: tuple[Offered, ...]
    answerable: bool
    """Whether a candidate can be taken by its number."""
    proposed: tuple[Offered, ...]
    """The few that are put before a person while it stands in review."""
    blocked: tuple[Blocked, ...]
    history: tuple[Happening, ...]
    """The newest first."""
    download: Download | None


def view_of(
    want: Want,
    decisions: Sequence[Decision],
    blocked: Sequence[Blocked],
    events: Sequence[LoggedEvent],
    download: Download | None,
) -> WantView:
    """Put together what is on record of a want."""
    book = want.wish.book
    decision = decisions[0] if decisions else None
    taken = None if want.state in _SEARCHED else want.release
    found = offered(decision.candidates, blocked, taken) if decision else ()
    return WantView(
        want,
        book.title,
        ", ".join(book.authors) or None,
        worded(book.series),
        _by(want),
        reason_of(want) or "",
        steps_of(want.state),
        acts_of(want),
        wished(want.wish),
        decision,
        found,
        want.state in ACCEPTABLE,
        proposed(want, found),
        tuple(blocked),
        history_of(events),
        download,
    )


def reason_of(want: Want) -> str | None:
    """Why a want stands or waits where it is, without the candidates that are shown beside it."""
    if want.reason is None:
        return "Not searched yet." if want.state is WantState.WANTED else None
    return want.reason.partition(" Candidates: 1. ")[0]


def proposed(want: Want, found: Sequence[Offered]) -> tuple[Offered, ...]:
    """What a person is asked about: the release that is shown for review, and the best others."""
    if want.state is not WantState.REVIEW:
        return ()
    numbers = {one.number for one in want.proposals}
    shown = want.release and next((one for one in found if _is(one, want)), alone(want.release))
    others = [one for one in found if one.number in numbers and one is not shown]
    if not shown and not others:
        others = [one for one in found if not one.forbidden]
    return (*((shown,) if shown else ()), *others)[:MOST]


def _is(offer: Offered, want: Want) -> bool:
    return want.release is not None and (want.release.source, want.release.key) == (offer.source, offer.key)


def steps_of(state: WantState) -> tuple[Step, ...]:
    """The stages and how far it is; a review is a stop at the first one."""
    if state not in _PATH and state is not WantState.REVIEW:
        return ()
    at = 0 if state is WantState.REVIEW else _PATH.index(state)
    there = state is WantState.SHELVED
    return tuple(
        Step(
            "In review" if one is WantState.WANTED and state is WantState.REVIEW else _STEPS[one],
            "done" if place < at or there else "now" if place == at else "ahead",
        )
        for place, one in enumerate(_PATH)
    )


def acts_of(want: Want) -> tuple[Act, ...]:
    """What may be done as it stands; what needs a candidate's number stands with the candidates."""
    return tuple(Act(name, _ACTS[name], grave=name == "drop") for name in possible(want) if name in _ACTS)


def _alike(event: LoggedEvent) -> tuple[object, ...]:
    return event.kind == "want_added", event.after, event.reason


def history_of(events: Sequence[LoggedEvent]) -> tuple[Happening, ...]:
    """What happened, equal events in a row put together."""
    told = (list(same) for _, same in groupby(events, key=_alike))
    return tuple(
        Happening(same[0].at, same[0].after, same[0].reason or _KINDS.get(same[0].kind, same[0].kind), len(same))
        for same in told
    )


def _by(want: Want) -> str:
    origin = want.wish.origin
    who = "Adopted" if origin == ADOPTED else f"Wished by {'a person' if origin == MANUAL else origin or 'somebody'}"
    return f"{who}: {want.wish.note}" if want.wish.note else who
