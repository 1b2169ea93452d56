"""Lets people write down series and authors, and say what they know better of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Id
from audiobook_daemon.catalogue.series_names import series_owner
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import AuthorStanding, SeriesStanding, Standing, Stated
from audiobook_daemon.upkeep.completion.kinds import AuthorKind, Kind, SeriesKind
from audiobook_daemon.upkeep.completion.rounds import Round
from audiobook_daemon.upkeep.completion.telling import tell
from audiobook_daemon.upkeep.house import House

S = TypeVar("S", bound=Standing)
Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]+$")]
SiteId = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Total = Annotated[int, Field(ge=1, le=100_000)]
SeriesWord = Literal["name", "author", "total", "goodreads"]
AuthorWord = Literal["name", "total", "goodreads", "google_books"]


class NotStated(AudiobookDaemonError):
    """What a person says cannot be written down; the text says why."""


class Stating:
    """Lets people write down series and authors, and say what they know better of them."""

    names: ClassVar[tuple[str, ...]] = (
        "add_series",
        "add_author",
        "correct_series",
        "correct_author",
        "forget_series",
        "forget_author",
        "recount_series",
        "recount_author",
    )
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def add_series(
        self, name: Name, author: Name | None = None, total: Total | None = None, goodreads: SiteId | None = None
    ) -> Outcome:
        """Write down a series, owned or not; it stays, and your total counts for more than what the sources say.

        Its missing books are looked up once books of it are owned, or once it is followed.
        """
        authors = (author.strip(),) if author and author.strip() else ()
        key = series_owner(name, authors)
        if not key.partition("|")[0]:
            raise NotStated(f"{name!r} says no more than that it is a series; what is its name?")
        await self._refuse_namesake(name, key, authors)
        stated = Stated(by_hand=True, name=name.strip(), authors=authors, total=total, ids=_ids(goodreads=goodreads))
        return await self._add(SeriesKind(self._house), SeriesStanding(key, name.strip(), authors=authors), stated)

    async def add_author(
        self,
        name: Name,
        total: Total | None = None,
        goodreads: SiteId | None = None,
        google_books: SiteId | None = None,
    ) -> Outcome:
        """Write down an author, owned or not; the name stays, and your total counts for more than what sources say."""
        key = author_key(name)
        if not key or is_placeholder(name):
            raise NotStated(f"{name!r} is nobody's name.")
        ids = _ids(goodreads=goodreads, google_books=google_books)
        stated = Stated(by_hand=True, name=name.strip(), total=total, ids=ids)
        return await self._add(AuthorKind(self._house), AuthorStanding(key, name.strip()), stated)

    async def correct_series(
        self,
        series: Id,
        name: Name | None = None,
        author: Name | None = None,
        total: Total | None = None,
        goodreads: SiteId | None = None,
        forget: list[SeriesWord] | None = None,
    ) -> Outcome:
        """Say what a series is called, who wrote it, how many books it has; what you say outlasts every recount.

        `forget` takes back what was said, so that books and sources count again.
        """
        given = {"name": name, "authors": (author.strip(),) if author else None, "total": total}
        taken = ["authors" if word == "author" else word for word in forget or ()]
        return await self._correct(SeriesKind(self._house), series, given, _ids(goodreads=goodreads), taken)

    async def correct_author(
        self,
        author: Id,
        name: Name | None = None,
        total: Total | None = None,
        goodreads: SiteId | None = None,
        google_books: SiteId | None = None,
        forget: list[AuthorWord] | None = None,
    ) -> Outcome:
        """Say how an author is called and how many books there are; what you say outlasts every recount.

        `forget` takes back what was said, so that books and sources count again.
        """
        ids = _ids(goodreads=goodreads, google_books=google_books)
        return await self._correct(
            AuthorKind(self._house), author, {"name": name, "total": total}, ids, list(forget or ())
        )

    async def forget_series(self, series: Id) -> Outcome:
        """Delete a series with all that was said of it and of its missing books; owned books bring it back."""
        return await self._forget(SeriesKind(self._house), series)

    async def forget_author(self, author: Id) -> Outcome:
        """Delete an author with all that was said of the name and of missing books; owned books bring it back."""
        return await self._forget(AuthorKind(self._house), author)

    async def recount_series(self, series: Id) -> Outcome:
        """Count one series anew by what is known, without asking anybody; gaps that are filled are closed."""
        return await self._recount(SeriesKind(self._house), series)

    async def recount_author(self, author: Id) -> Outcome:
        """Count one author anew by what is known, without asking anybody; gaps that are filled are closed."""
        return await self._recount(AuthorKind(self._house), author)

    async def _add(self, kind: Kind[S], new: S, stated: Stated) -> Outcome:
        number = await kind.records.add(new.heeding(stated).counted(None, 0, 0))
        if number is None:
            raise NotStated(f"{new.name!r} is among the {kind.plural} already.")
        found = await self._count(kind, await _the(kind, number))
        return Outcome(f"{found.name!r} is written down, as {kind.word} {number}.", 1, 1, data={"id": number})

    async def _correct(
        self, kind: Kind[S], number: int, given: Mapping[str, object], ids: Mapping[str, str], forget: Sequence[str]
    ) -> Outcome:
        before = await _the(kind, number)
        stated = _with(before.stated, given, ids, forget)
        await kind.records.state(number, stated)
        found = await self._count(kind, await _the(kind, number))
        return Outcome(f"What you say of {found.name!r} counts from now on.", 1, 1, data={"id": number})

    async def _forget(self, kind: Kind[S], number: int) -> Outcome:
        found = await _the(kind, number)
        await kind.records.remove([number])
        return Outcome(f"{found.name!r} is forgotten.", 1, 1, data={"id": number})

    async def _recount(self, kind: Kind[S], number: int) -> Outcome:
        if self._house.completing.locked():
            raise NotStated("Missing books are being looked for at this moment; everything is counted at the end.")
        found = await self._count(kind, await _the(kind, number))
        of_all = f" of {found.total}" if found.total else ""
        return Outcome(f"{found.owned}{of_all} books of {found.name!r} are owned.", 1, 1, data={"id": number})

    async def _count(self, kind: Kind[S], standing: S) -> S:
        """Count one anew; while a run works on the gaps of all, only the numbers change, and the run does the rest."""
        if self._house.completing.locked() or self._house.dry(asked=False):
            return await self._count_only(kind, standing)
        async with self._house.completing:
            counting = Round(kind, dry_run=False)
            found = await counting.count_alone(await kind.alone(standing))
            await tell([counting], kind.origin)
            return found

    async def _count_only(self, kind: Kind[S], standing: S) -> S:
        found = await Round(kind, dry_run=True).count_alone(await kind.alone(standing))
        await kind.records.save([found])
        return found

    async def _refuse_namesake(self, name: str, key: str, authors: tuple[str, ...]) -> None:
        """Refuse a second series of one name, unless it is by another author."""
        mine = {author_key(one) for one in authors}
        for known in await self._house.database.series.beginning(f"{key.rpartition('|')[0]}|"):
            theirs = {author_key(one) for one in known.authors}
            if not mine or not theirs or mine & theirs:
                raise NotStated(f"There is a series called {name!r} already, number {known.id}.")


async def _the(kind: Kind[S], number: int) -> S:
    if found := await kind.records.get(number):
        return found
    raise NotStated(f"There is no {kind.word} {number}.")


def _ids(**given: str | None) -> dict[str, str]:
    return {site: found for site, found in given.items() if found is not None}


def _with(stated: Stated, given: Mapping[str, object], ids: Mapping[str, str], forget: Sequence[str]) -> Stated:
    """What a person says now: what was said before, with what is new and without what is taken back."""
    plain = Stated()
    said = {field: value for field, value in given.items() if value is not None}
    gone = {field: getattr(plain, field) for field in forget if field in given}
    kept = {site: found for site, found in {**stated.ids, **ids}.items() if site not in forget}
    return replace(stated, ids=kept, **{**said, **gone})
