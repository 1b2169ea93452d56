"""What a person may say to a gap: it is not wanted, or it is."""

from __future__ import annotations

from audiobook_daemon.catalogue.series_names import series_owner
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import author_key
from audiobook_daemon.models import Want, WantState, Wish
from audiobook_daemon.pipeline import MANUAL, NotPossible, People
from audiobook_daemon.pipeline.gather import want_book
from audiobook_daemon.store import Gap, GapKind, GapState
from audiobook_daemon.upkeep.completion.evaluating import is_one_book
from audiobook_daemon.upkeep.house import House


class UnknownGap(AudiobookDaemonError):
    """There is no gap with this id."""


async def ignore(house: House, gap_id: int) -> Gap:
    """Want a missing book never, from whatever it is missing; an open want of it is dropped."""
    gap = await _gap(house, gap_id)
    if gap.state is GapState.FILLED:
        raise NotPossible(f"{gap.title!r} is owned; there is nothing to ignore.")
    want = await house.database.wants.get(gap.want_id) if gap.want_id else None
    if want and want.state.open:
        await People(house.world).drop(want.id)
    for one in await _same(house, gap):
        await house.database.gaps.change(_id(one), state=GapState.IGNORED, reason="A person does not want it.")
    return gap


async def want(house: House, gap_id: int) -> tuple[Gap, Want]:
    """Want a missing book now, past all caps; one that was ignored, dropped or given up is wanted again."""
    gap = await _gap(house, gap_id)
    note = f"missing: {gap.owner_and_place}" if gap.kind is GapKind.SERIES else f"missing: a book by {gap.of}"
    spoken = (gap.work.book.language,) if gap.work.book.language else ()
    runtimes = (gap.work.runtime,) if gap.work.runtime and not gap.work.abridged else ()
    wish = Wish(gap.work.book, MANUAL, languages=spoken, runtimes=runtimes, note=note)
    wanted, created = await want_book(house.world, wish)
    if not created and wanted.state in {WantState.DROPPED, WantState.GIVEN_UP}:
        await People(house.world).revive(wanted.id)
        wanted = await house.database.wants.get(wanted.id) or wanted
    state = GapState.WANTED if wanted.state.open else GapState.FILLED
    moment = house.world.now() if created else gap.wanted
    for one in await _same(house, gap):
        reason = "A person wants it."
        await house.database.gaps.change(_id(one), state=state, want_id=wanted.id, wanted=moment, reason=reason)
    return gap, wanted


async def _gap(house: House, gap_id: int) -> Gap:
    gap = await house.database.gaps.get(gap_id)
    if gap is None:
        raise UnknownGap(f"There is no gap {gap_id}; `audiobook-daemon missing` lists them.")
    return gap


async def _same(house: House, gap: Gap) -> list[Gap]:
    """The gap, and those of the same book: one is missing from a series and of its author."""
    book = gap.work.book
    authors = {author_key(name) for name in book.authors} - {""}
    series = {series_owner(place.name).rpartition("|")[0] for place in book.series} - {""}
    others = await house.database.gaps.near(gap.key, authors, series)
    return [gap, *(one for one in others if one.id != gap.id and is_one_book(one, gap))]


def _id(gap: Gap) -> int:
    assert gap.id is not None  # it was read
    return gap.id
