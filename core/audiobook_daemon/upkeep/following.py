"""Lets people follow series and authors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationError

from audiobook_daemon.actions.kinds import Id, Names, Titles, Words
from audiobook_daemon.catalogue.series_names import series_owner
from audiobook_daemon.config import Followed
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import author_key, compare_series
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.sync import read_library
from audiobook_daemon.store import Follow
from audiobook_daemon.upkeep.completion.kinds import AuthorKind, Kind, SeriesKind
from audiobook_daemon.upkeep.completion.rounds import Round
from audiobook_daemon.upkeep.completion.rules import FOLLOW
from audiobook_daemon.upkeep.completion.telling import outcome, tell
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.wording import in_plain_words

CONFIGURATION, PERSON = "configuration", "person"
Pace = Annotated[int, Field(ge=1, le=1_000_000)]


class BadRule(AudiobookDaemonError):
    """The rule cannot be followed; the text says why."""


class Following:
    """Lets people follow series and authors."""

    names: ClassVar[tuple[str, ...]] = ("follow", "unfollow", "follow_up")
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def follow(
        self,
        series: Words | None = None,
        author: Words | None = None,
        narrators: Titles | None = None,
        languages: Names | None = None,
        abridged: bool = False,
        dramatised: bool = False,
        pace: Pace | None = None,
        back: bool = True,
    ) -> Outcome:
        """Want the books of a series or an author, owned or not, at most `pace` a week.

        Without `back` only what comes out from now on is wanted. With `series` the author tells namesakes apart.
        Following once more changes the rule.
        """
        given = {
            "series": series,
            "author": author,
            "narrators": tuple(narrators or ()),
            "languages": tuple(languages or ()),
            "abridged": abridged,
            "dramatised": dramatised,
            "pace": pace,
            "back": back,
        }
        try:
            rule = Followed.model_validate(given)
        except ValidationError as error:
            raise BadRule(f"This cannot be followed: {'; '.join(map(in_plain_words, error.errors()))}.") from None
        follow, created = await self._house.database.follows.add(followed(rule, PERSON))
        said = "is followed from now on" if created else "was followed already; the rule is changed"
        return Outcome(f"{_name(follow)} {said}.", 1, 1, data={"id": follow.id, "kind": follow.kind})

    async def unfollow(
        self, name: Words | None = None, author: Words | None = None, follow: Id | None = None
    ) -> Outcome:
        """Follow a series or an author no longer, given by name or by number; what is wanted already stays wanted."""
        known = await self._house.database.follows.all()
        if follow is None and name is None:
            raise BadRule("Name what is to be followed no longer.")
        meant = [one for one in known if (one.id == follow if name is None else _is_meant(one, name, author))]
        if not meant:
            what = repr(name) if name is not None else f"number {follow}"
            raise BadRule(f"Nothing called {what} is followed; `audiobook-daemon follow` lists what is.")
        if fixed := [one for one in meant if one.origin == CONFIGURATION]:
            raise BadRule(f"{_name(fixed[0])} is followed by the configuration; remove it there, under `follow:`.")
        for one in meant:
            await self._house.database.follows.remove(one.kind, one.key)
        return Outcome(f"{' and '.join(map(_name, meant))} is followed no longer.", len(meant), len(meant))

    async def follow_up(self, dry_run: bool = False) -> Outcome:
        """Look up what is followed, and want what its rules say: what is new, and the rest at its pace.

        The first time the whole catalogue is taken in, and told as one event.
        """
        async with self._house.completing:
            await mirror_follows(self._house)
            await read_library(self._house.world)
            kinds: tuple[Kind[Any], ...] = (SeriesKind(self._house), AuthorKind(self._house))
            rounds = [Round(kind, dry_run=self._house.dry(dry_run)) for kind in kinds if await kind.follows()]
            for one in rounds:
                await one.count()
                await one.ask(one.due(followed=True))
                await one.want([subject for subject in one.subjects if subject.follow])
            if not rounds:
                return Outcome("follow_up: nothing is followed.")
            await tell(rounds, FOLLOW)
            return outcome("follow_up", rounds)


async def mirror_follows(house: House) -> None:
    """Make what the configuration follows the rows of the database, and forget what it follows no longer."""
    await house.database.follows.mirror([followed(rule, CONFIGURATION) for rule in _once(house.settings.follow)])


def followed(rule: Followed, origin: str) -> Follow:
    """The row of a rule."""
    given = rule.model_dump(mode="json", exclude_defaults=True)
    if rule.series is not None:
        key = series_owner(rule.series, (rule.author,) if rule.author else ())
        return Follow("series", key, rule.series, rule.author, given, origin)
    name = rule.author or ""
    return Follow("author", author_key(name), name, None, given, origin)


def _once(rules: Sequence[Followed]) -> tuple[Followed, ...]:
    """Each followed thing once; the last rule for it holds."""
    found = {(one.kind, one.key): rule for rule in rules for one in (followed(rule, CONFIGURATION),)}
    return tuple(found.values())


def _is_meant(follow: Follow, name: str, author: str | None) -> bool:
    if follow.kind == "author":
        return author is None and author_key(follow.name) == author_key(name)
    if author is not None and (follow.author is None or author_key(follow.author) != author_key(author)):
        return False
    return compare_series(follow.name, name) is Likeness.SAME


def _name(follow: Follow) -> str:
    return f"{follow.name!r} by {follow.author}" if follow.author else repr(follow.name)
