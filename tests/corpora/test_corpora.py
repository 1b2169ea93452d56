"""The rules of matching against labelled cases; no wrong grab and no false merge is ever allowed."""

from __future__ import annotations

import pytest
from benchmarks import corpora_adapter
from tests.corpora.aims import AIMS, Aim
from tests.corpora.judging import JUDGES, Mark
from tests.corpora.scoring import kinds, score

FUNCTIONS = {kind: getattr(corpora_adapter, kind.removesuffix("_generated"), None) for kind in kinds()}


@pytest.mark.parametrize("kind", sorted(AIMS))
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


@pytest.mark.parametrize("kind", sorted(kind for kind, function in FUNCTIONS.items() if function))
def test_nothing_is_harmful_even_where_the_answer_is_a_matter_of_taste(kind: str) -> None:
    function = FUNCTIONS[kind]
    assert function is not None
    result = score(kind, function, debatable=True)
    harmful = [line for line in result.failures if line.startswith(Mark.HARMFUL)]
    assert not harmful, "\n".join(harmful)


def test_every_kind_can_be_judged() -> None:
    assert {kind.removesuffix("_generated") for kind in kinds()} <= set(JUDGES)
