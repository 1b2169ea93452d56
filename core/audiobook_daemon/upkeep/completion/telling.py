"""What is told of a run: one outcome for whoever asked, one event for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from audiobook_daemon.events import GapsFound
from audiobook_daemon.models import Outcome
from audiobook_daemon.plugin import Bibliography as Source
from audiobook_daemon.store import Gap, GapKind, GapState, Standing
from audiobook_daemon.upkeep.completion.evaluating import Evaluation
from audiobook_daemon.upkeep.completion.rounds import Round

S = TypeVar("S", bound=Standing)
MOST_TITLES = 10
_MOST_ROWS = 200
_TOLD = (GapState.FOUND, GapState.GRADUAL, GapState.WANTED, GapState.UNRELEASED)


async def tell(rounds: Sequence[Round[S]], origin: str) -> None:
    """Publish what was found, if anything was; a rehearsal is nobody's news."""
    news = [gap for one in rounds for evaluation in one.found.values() for gap in evaluation.news]
    announced = sum(len(evaluation.announced) for one in rounds for evaluation in one.found.values())
    if not (news or announced) or any(one.dry_run for one in rounds):
        return
    world = rounds[0].house.world
    titles = tuple(_named(gap) for gap in news[:MOST_TITLES])
    wanted = sum(len(one.wanted.gaps) for one in rounds)
    world.bus.publish(GapsFound(world.now(), origin, len(news), announced, wanted, titles))
    told = f"{len(news)} books were found missing, {announced} are announced, {wanted} wanted."
    await rounds[0].database.events.add("gaps_found", told, code=origin)


def outcome(name: str, rounds: Sequence[Round[S]]) -> Outcome:
    """The run in numbers, a sentence, and a row for each series or author that lacks something."""
    asked, failed = sum(one.asked.done for one in rounds), sum(one.asked.failed for one in rounds)
    parts = [_looked_up(one) for one in rounds]
    news = sum(len(evaluation.news) for one in rounds for evaluation in one.found.values())
    wanted, already = (sum(map(count, rounds)) for count in (_wanted, _already))
    would = any(one.dry_run for one in rounds)
    parts += [f"{news} books found missing", f"{wanted} {'would be wanted' if would else 'wanted'}"]
    if already:
        parts.append(f"{already} are wants already")
    if failed:
        reasons = [reason for one in rounds for reason in one.asked.reasons]
        parts.append(f"{failed} failed ({reasons[0].rstrip('.')})")
    if skipped := sum(one.asked.skipped for one in rounds):
        parts.append(f"{skipped} left for the next run, for nobody answers")
    if not rounds[0].house.world.host.playing(Source):
        parts.append("no bibliography is configured; add hardcover or audnexus under `plugins:`")
    data = [row for one in rounds for row in _rows(one)][:_MOST_ROWS]
    return Outcome(f"{name}: {', '.join(parts)}.", asked, asked - failed, failed, data)


def _looked_up(one: Round[S]) -> str:
    kind = one.kind.word if one.asked.done == 1 else one.kind.plural
    if one.asked.done or not one.subjects:
        return f"{one.asked.done} {kind} looked up"
    return f"no {one.kind.word} is due to be looked up"


def _wanted(one: Round[S]) -> int:
    return len(one.wanted.gaps)


def _already(one: Round[S]) -> int:
    return one.wanted.already


def _rows(one: Round[S]) -> list[dict[str, object]]:
    lacking = [evaluation for evaluation in one.found.values() if any(gap.state in _TOLD for gap in evaluation.gaps)]
    return [_row(one.kind.word, evaluation) for evaluation in lacking]


def _row(word: str, evaluation: Evaluation[S]) -> dict[str, object]:
    def titles(*states: GapState) -> list[str]:
        return [_short(gap) for gap in evaluation.gaps if gap.state in states]

    standing = evaluation.standing
    return {
        word: standing.name,
        "owned": standing.owned,
        "total": standing.total,
        "missing": titles(GapState.FOUND, GapState.GRADUAL, GapState.WANTED),
        "to come": titles(GapState.UNRELEASED),
    }


def _short(gap: Gap) -> str:
    return f"{gap.position} {gap.title}" if gap.position and gap.kind is GapKind.SERIES else gap.title


def _named(gap: Gap) -> str:
    return f"{gap.title} ({gap.owner_and_place})"
