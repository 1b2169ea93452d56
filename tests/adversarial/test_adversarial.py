"""What leads other programs astray; each case was thought out against us, and none may bring the wrong book home."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from tests.adversarial import gatherings, languages, people, recordings, titles, volumes
from tests.adversarial.language import Case

from audiobook_daemon.matching import Choice, Rules, choose

CASES: tuple[Case, ...] = tuple(
    case for room in (volumes, titles, people, recordings, gatherings, languages) for case in room.CASES
)
RULES = Rules()
FEWEST = 150
MOST_ABSTENTIONS = 0.05


def decide(case: Case) -> tuple[int | None, Choice]:
    offers = [replace(offer, key=str(place)) for place, offer in enumerate(case.offers)]
    choice = choose(case.wish, offers, RULES, siblings=case.siblings)
    return (None if choice.chosen is None else int(choice.chosen.release.key)), choice


def told(case: Case, choice: Choice) -> str:
    offers = [
        f"  {item.release.key} {item.release.title!r} {item.score:.3f} {item.verdicts}" for item in choice.candidates
    ]
    return "\n".join([f"{case.family}: wished {case.wish.book}, {choice.code}: {choice.reason}", *offers])


@pytest.mark.parametrize("case", CASES, ids=[f"{case.family}-{number}" for number, case in enumerate(CASES)])
def test_no_wrong_book_is_taken(case: Case) -> None:
    taken, choice = decide(case)
    assert taken in {case.best, None}, told(case, choice)
    assert choice.reason


def test_the_right_book_is_taken_where_it_is_there() -> None:
    answerable = [case for case in CASES if case.best is not None and not case.or_nothing]
    missed = [told(case, choice) for case in answerable for taken, choice in [decide(case)] if taken is None]
    assert len(missed) <= MOST_ABSTENTIONS * len(answerable), "\n\n".join(missed)


def test_the_order_of_the_offers_does_not_matter() -> None:
    for case in CASES:
        backwards = replace(case, offers=tuple(reversed(case.offers)), best=None)
        taken, choice = decide(backwards)
        forwards, _ = decide(case)
        mirrored = None if taken is None else len(case.offers) - 1 - taken
        assert mirrored == forwards, told(case, choice)


def test_there_are_enough_cases_of_many_kinds_and_no_two_alike() -> None:
    assert len(CASES) >= FEWEST
    assert len({case.family for case in CASES}) >= 60
    repeated = [case for case, count in Counter(map(repr, CASES)).items() if count > 1]
    assert not repeated
