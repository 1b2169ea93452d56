"""Writes metadata so that a crash at any moment leaves either nothing done or a correction on record.

The order: the plan with the library's own words goes to the database, then the library is told, then the outcome is
noted. A plan that is found later is settled by looking at the library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from audiobook_daemon.errors import Refused
from audiobook_daemon.models import Correction, Facts, FieldChange, LibraryItem
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library

COVER: Final = "cover"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book stands: its row, and its item in a library."""

    book_id: int
    library: str
    item: str


@dataclass(frozen=True, slots=True)
class Inscribed:
    """What came of a writing."""

    correction: int
    done: tuple[FieldChange, ...]
    """The changes that are in the library now."""
    item: LibraryItem | None
    """As the library told it after the writing; None if it refused."""
    refusal: str | None


async def inscribe(
    world: World, place: Place, facts: Facts, changes: Sequence[FieldChange], occasion: str, run: str | None = None
) -> Inscribed:
    """Write `facts`, which make these changes; raises Unavailable or AuthFailed and leaves the plan to be settled."""
    corrections = world.database.corrections
    before = await words_of(world, place, changes)
    made = await corrections.plan(place.book_id, occasion, run, before, changes)
    item: LibraryItem | None = None
    refusal: str | None = None
    try:
        item = await world.host.ask_one(place.library, Library.update, item=place.item, changes=facts)
    except Refused as error:
        refusal = str(error)
    planned = await corrections.get(made)
    assert planned is not None
    return Inscribed(made, await settle(world, place, planned, refusal), item, refusal)


async def settle(
    world: World, place: Place, planned: Correction, reason: str | None = None, theirs: Collection[str] = ()
) -> tuple[FieldChange, ...]:
    """Note what of a planned correction is in the library, and return that; `reason` tells why nothing may be.

    `theirs` are fields that hold something else than was planned: whoever changed them, it was not this correction.
    Raises Unavailable or AuthFailed when the library does not say.
    """
    corrections = world.database.corrections
    try:
        after = await words_of(world, place, planned.changes)
    except Refused as error:
        await corrections.failed(planned.id, reason or str(error))
        return ()
    unchanged = [field for field, words in planned.before.items() if after.get(field) == words or field in theirs]
    done = tuple(change for change in planned.changes if change.field not in unchanged)
    if done:
        after |= {field: fingerprint(words) for field, words in after.items() if field == COVER}
        await corrections.applied(planned.id, after, unchanged)
    else:
        await corrections.failed(planned.id, reason or f"{place.library} kept everything as it was.")
    return done


async def words_of(world: World, place: Place, changes: Iterable[FieldChange]) -> dict[str, object]:
    """What the library says in the fields that are changed, in its own words."""
    fields = [change.field for change in changes]
    words = await world.host.ask_one(place.library, Library.snapshot, item=place.item, cover=COVER in fields)
    return {field: words.get(field) for field in fields}


def fingerprint(words: object) -> object:
    """A picture in few letters, so that it is known again."""
    return f"sha256:{sha256(words.encode()).hexdigest()}" if isinstance(words, str) else words
