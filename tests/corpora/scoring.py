"""Scores plain functions, one for each kind of question, against labelled cases.

A case asks (`input`), knows the answer (`expected`, and further right ones in `accept`), and says when its answer is a
matter of taste (`debatable`); README.md tells the shapes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.corpora.judging import JUDGES, Case, Mark, Score

DISPUTED = Path(__file__).parents[2] / "benchmarks" / "corpora-disputed.jsonl"
CASES = Path(__file__).with_name("cases")


def disputed() -> dict[str, str]:
    """The ids of the cases that are wrong in themselves or somebody's own policy, and why."""
    listed = (json.loads(line) for line in DISPUTED.read_text("utf-8").splitlines())
    return {case["id"]: case["reason"] for case in listed}


def read_cases(kind: str, *, disputed_too: bool = False) -> list[Case]:
    lines = (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()
    left_out = {} if disputed_too else disputed()
    return [case for case in map(json.loads, lines) if case["id"] not in left_out]


def kinds() -> list[str]:
    return sorted(file.stem for file in CASES.glob("*.jsonl"))


def score(kind: str, function: Callable[[dict[str, Any]], Any], *, debatable: bool = False) -> Score:
    """Ask all cases of a kind, those of taste only when told to."""
    result = Score()
    judge = JUDGES[kind.removesuffix("_generated")]
    for case in read_cases(kind):
        if case.get("debatable") and not debatable:
            continue
        try:
            answer = function(json.loads(json.dumps(case["input"])))
        except NotImplementedError:
            continue
        mark = judge(case, answer, result)
        result.marks[mark] += 1
        if mark is not Mark.RIGHT:
            asked = json.dumps(case["input"], ensure_ascii=False)[:300]
            result.failures.append(f"{mark} {case['id']} {asked}: expected {case['expected']!r}, got {answer!r}")
    return result
