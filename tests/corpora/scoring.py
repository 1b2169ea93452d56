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

CASES = Path(__file__).with_name("cases")


def read_cases(kind: str) -> list[Case]:
    lines = (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


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
