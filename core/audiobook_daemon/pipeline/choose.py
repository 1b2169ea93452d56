"""Choose: a wanted book gets its release, or waits, or is shown to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.matching import Choice, choose, is_same_book
from audiobook_daemon.matching.merge import merge
from audiobook_daemon.matching.text import main_title
from audiobook_daemon.models import LibraryItem, Query, Release, Verdict, Want, WantState, Wish
from audiobook_daemon.pipeline.engine import entering, next_candidate, save
from audiobook_daemon.pipeline.gather import owned_item
from audiobook_daemon.pipeline.world import Settings, World
from audiobook_daemon.plugin import Answers, Indexer, Library, Policy
from audiobook_daemon.store import Candidate, Decision, WantChanges

MANUAL = "manual"
AUTO_GRAB_OFF = "auto_grab_off"
_MOST_REVIEWS = 1000
_REVIEWED = frozenset({"ambiguous", "doubtful"})
_JUDGED = 5
_KEPT = 20
_HALF_ASKED = timedelta(hours=6)


async def choose_release(world: World, want: Want) -> WantChanges | None:
    """Search, judge, and say what becomes of one want."""
    if item := await _owned(world, want):
        changes = entering(WantState.OWNED, "owned", f"{item.library} holds it already.")
        changes["library"], changes["item"], changes["folder"] = item.library, item.id, item.path
        return changes
    query, choice, answers = await consider(world, want)
    await world.database.decisions.add(want.id, _decision(query, choice, answers))
    return _consequence(world, want, choice, answers)


async def let_go_on(world: World) -> None:
    """Send back to choosing what waited only because auto_grab was off for its list, and no longer is."""
    for want in await world.database.wants.list([WantState.REVIEW], limit=_MOST_REVIEWS):
        if want.code == AUTO_GRAB_OFF and want.wish.origin in world.settings.auto_grab:
            await save(world, want, next_candidate("auto_grab_on", "auto_grab was switched on."))


async def consider(world: World, want: Want) -> tuple[Query, Choice, Answers[Sequence[Release]]]:
    """Ask the indexers and the policies, and choose; raises Unavailable when nobody or no policy can answer."""
    query = question(want.wish, world.settings)
    answers = await world.host.ask(Indexer.search, query=query)
    if not answers.given:
        raise Unavailable(_nobody(answers))
    releases = merge([release for found in answers.values for release in found])
    blocked = {(item.source, item.key) for item in await world.database.blocklist.for_want(want.id)}
    rules = world.settings.rules
    first = choose(want.wish, releases, rules, blocked=blocked)
    judged = await _judge(world, want.wish, first)
    choice = choose(want.wish, releases, rules, blocked=blocked, judged=judged) if judged else first
    return query, choice, answers


async def _owned(world: World, want: Want) -> LibraryItem | None:
    """The library item that is this book; the library itself is asked, for people add and remove books by hand.

    What it held when last read counts only while it cannot answer; without even that, unknown is not "not owned".
    """
    answers = await world.host.ask(Library.find, book=want.wish.book)
    for item in (item for found in answers.values for item in found):
        if is_same_book(want.wish.book, item.book):
            return item
    if not answers.silent:
        return None
    if not await world.database.books.count():
        raise Unavailable(_nobody(answers))
    return await owned_item(world, want.wish.book)


def question(wish: Wish, settings: Settings) -> Query:
    """What an indexer is asked for a wish."""
    languages = wish.languages or ((wish.book.language,) if wish.book.language else settings.rules.gates.languages)
    return Query(
        title=main_title(wish.book.title),
        authors=wish.book.authors,
        series=wish.book.series[0] if wish.book.series else None,
        languages=languages,
        limit=settings.candidates,
    )


def _consequence(world: World, want: Want, choice: Choice, answers: Answers[Any]) -> WantChanges:
    if choice.chosen is not None:
        if want.wish.origin != MANUAL and want.wish.origin not in world.settings.auto_grab:
            found = choice.chosen.release
            reason = (
                f"{found.source} has it as {found.title!r} ({found.key}). Accept it, or set `auto_grab: yes` for "
                f"{want.wish.origin or 'its source'}."
            )
            changes = entering(WantState.REVIEW, AUTO_GRAB_OFF, reason)
        else:
            changes = entering(WantState.CHOSEN, "chosen", choice.reason)
        changes["release"] = choice.chosen.release
        return changes
    if choice.code in _REVIEWED:
        changes = entering(WantState.REVIEW, choice.code, choice.reason)
        changes["release"] = next(item.release for item in choice.candidates if not item.vetoed)
        return changes
    if answers.silent:
        # Not everybody was asked, so this was no attempt; the wait is long enough not to tire those who answer.
        reason = f"{choice.reason} {_nobody(answers)}"
        return WantChanges(code=choice.code, reason=reason, faults=0, next_try=world.now() + _HALF_ASKED)
    attempts = want.attempts + 1
    if attempts >= world.settings.give_up_after:
        reason = f"{attempts} searches found no acceptable release. {choice.reason}"
        changes = entering(WantState.GIVEN_UP, choice.code, reason)
        changes["attempts"] = attempts
        return changes
    ladder = world.settings.ladder
    wait = ladder[min(attempts, len(ladder)) - 1]
    return WantChanges(
        code=choice.code,
        reason=choice.reason,
        attempts=attempts,
        faults=0,
        next_try=world.now() + wait,
    )


async def _judge(world: World, wish: Wish, choice: Choice) -> list[tuple[tuple[str, str], Verdict]]:
    """Ask the policies about the best candidates; a policy that cannot answer forbids, for it guards something."""
    judged: list[tuple[tuple[str, str], Verdict]] = []
    if not world.host.playing(Policy):
        return judged
    for candidate in [item for item in choice.candidates if not item.vetoed][:_JUDGED]:
        release: Release = candidate.release
        answers = await world.host.ask(Policy.judge, wish=wish, release=release)
        if answers.silent:
            raise Unavailable(_nobody(answers))
        judged += [((release.source, release.key), verdict) for verdict in answers.values if verdict is not None]
    return judged


def _decision(query: Query, choice: Choice, answers: Answers[Any]) -> Decision:
    asked = f"{query.title} / {', '.join(query.authors)}"
    candidates = tuple(Candidate(item.release, item.verdicts, item.score) for item in choice.candidates[:_KEPT])
    silent = tuple(item.instance for item in answers.silent)
    return Decision(choice.code, choice.reason, (asked,), candidates, silent)


def _nobody(answers: Answers[Any]) -> str:
    if not answers.silent:
        return "No indexer is configured; add mam or prowlarr under `plugins:`."
    return "; ".join(f"{item.instance} could not answer: {item.reason}" for item in answers.silent)
