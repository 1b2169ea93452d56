"""The rules of matching against labelled cases; no wrong grab and no false merge is ever allowed."""

from __future__ import annotations

import pytest
from benchmarks import corpora_adapter
from tests.corpora.aims import AIMS, Aim
from tests.corpora.judging import JUDGES, Mark
from tests.corpora.scoring import disputed, kinds, read_cases, score

MOST_DISPUTED = 0.03
FUNCTIONS = {kind: getattr(corpora_adapter, kind.removesuffix("_generated"), None) for kind in kinds()}


@pytest.mark.parametrize("kind", sorted(AIMS.keys() & set(kinds())))
def test_the_aim_of_a_kind_is_met(kind: str) -> None:
    function = FUNCTIONS[kind]
    assert function is not None, f"benchmarks/corpora_adapter.py has no {kind}"
    aim: Aim = AIMS[kind]
    result = score(kind, function)
    told = "\n".join(result.failures)
    assert result.count, "no case was asked"
    assert result.marks[Mark.HARMFUL] == 0, told
    assert result.right >= aim.right, told
    assert result.right_fields >= aim.fields, told
    assert result.share(Mark.ABSTAINED) <= max(aim.abstained, 1 - aim.right), told


def test_disputed_cases_are_few_and_each_has_its_reason() -> None:
    reasons = disputed()
    assert all(reason.strip() for reason in reasons.values())
    for kind in kinds():
        cases = [case["id"] for case in read_cases(kind, disputed_too=True)]
        assert len(reasons.keys() & set(cases)) <= max(1, MOST_DISPUTED * len(cases)), kind


def test_every_kind_can_be_judged() -> None:
    assert {kind.removesuffix("_generated") for kind in kinds()} <= set(JUDGES)
