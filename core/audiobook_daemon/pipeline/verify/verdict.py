"""Whether the sound files that have arrived are the wanted book: what they say of themselves, and how long they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from audiobook_daemon.matching import is_same_book
from audiobook_daemon.matching.ids import normal_isbn
from audiobook_daemon.matching.people import person_among
from audiobook_daemon.models import Book, Want
from audiobook_daemon.pipeline.verify.editions import described_editions, stated_runtime, wished_editions
from audiobook_daemon.pipeline.verify.evidence import supports
from audiobook_daemon.pipeline.verify.listening import Track
from audiobook_daemon.pipeline.verify.order import reading_order
from audiobook_daemon.pipeline.verify.runtime import Fit, Judgement, Limits, Recording, judge, spoken
from audiobook_daemon.pipeline.verify.tags import Said, contradiction, is_another_title, what_is_said
from audiobook_daemon.pipeline.world import World

RUNTIME_UNKNOWN = "runtime_unknown"
"""The code of a review whose download is here already."""


class Answer(Enum):
    """Whether it is the book."""

    RIGHT = auto()
    DOUBTFUL = auto()
    """A person decides."""
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, why, and the reading order where that is not the order of the names."""

    answer: Answer
    code: str
    reason: str
    order: tuple[str, ...] = ()


async def examine(world: World, want: Want, tracks: Sequence[Track]) -> Verdict:
    """Judge files that are whole and playable."""
    said = what_is_said(tracks)
    if other := await _other_book(world, want, said):
        return Verdict(Answer.WRONG, "other_book", f"By their own account, {other}.")
    runtime = sum(track.runtime or 0.0 for track in tracks)
    fit = await _fit(world, want, said, runtime)
    if fit.fit is Fit.WRONG:
        return Verdict(Answer.WRONG, "wrong_runtime", fit.reason)
    order = reading_order(tracks)
    moved = order.paths if order.paths != tuple(track.path for track in tracks) else ()
    told = f"{len(tracks)} file{'s' if len(tracks) > 1 else ''}, {spoken(runtime)}"
    if fit.fit is Fit.UNKNOWN and (doubt := _doubt(want, said, order.doubt)):
        reason = f"{told}; {fit.reason}, and {doubt}. Accept it to shelve what has arrived, or reject it."
        return Verdict(Answer.DOUBTFUL, RUNTIME_UNKNOWN, reason, moved)
    return Verdict(Answer.RIGHT, "verified", f"{told}, all readable; {fit.reason}.", moved)


async def _other_book(world: World, want: Want, said: Sequence[Said]) -> str | None:
    for one in said:
        if other := contradiction(want, one):
            return other
        if (other_book := await _named_by_id(world, want, one)) is not None:
            return f"{one.files[0]} is {other_book.title}, by its ASIN or ISBN"
    return None


async def _named_by_id(world: World, want: Want, said: Said) -> Book | None:
    """The other book that an id in the files belongs to, among those the wish could be taken for and those owned."""
    if not said.ids:
        return None
    decisions = await world.database.decisions.for_want(want.id, limit=1)
    books = [book for decision in decisions for book in decision.siblings]
    owned = await world.database.books.owned((), said.claims.isbn, said.claims.asin)
    for book in (*books, *(item.book for item in owned)):
        if said.ids & {book.asin, normal_isbn(book.isbn or ""), *book.other_ids}:
            return None if is_same_book(book, want.wish.book) else book
    return None


async def _fit(world: World, want: Want, said: Sequence[Said], runtime: float) -> Judgement:
    """Compare the running time, first with what the wish knows; the providers are asked if that does not settle it."""
    settings = world.settings
    limits = Limits(settings.runtime_tolerance, settings.runtime_doubtful)
    recording = _recording(want, said, runtime)
    editions = wished_editions(want)
    first = judge(recording, editions, None, limits)
    if first.fit is Fit.SAME:
        return first
    return judge(recording, (*editions, *await described_editions(world, want)), stated_runtime(want), limits)


def _recording(want: Want, said: Sequence[Said], runtime: float) -> Recording:
    """Who reads it: the release says so, or else the files; they may also dispute it."""
    release = want.release
    stated = release.narrators if release else ()
    told = tuple(dict.fromkeys(name for one in said for name in one.claims.narrators))
    disputed = bool(stated and told) and not any(person_among(name, told) for name in stated)
    asins = {one.claims.asin for one in said if one.claims.asin}
    asins |= {release.asin} if release and release.asin else set()
    return Recording(runtime, stated or told, frozenset(asins), disputed=disputed)


def _doubt(want: Want, said: Sequence[Said], order: str | None) -> str | None:
    """Why a person should look at a recording of unknown length, as the end of a sentence."""
    if want.approved:
        return None
    if order:
        return order
    if others := [one.title for one in said if is_another_title(want, one)]:
        return f"its files call themselves {others[0]}"
    if not supports(want, said):
        return "nothing but the title and the author speaks for it"
    return None
