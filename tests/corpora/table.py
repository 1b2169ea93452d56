"""The figures of all kinds as a table for people."""

from __future__ import annotations

from benchmarks import corpora_adapter
from tests.corpora.aims import AIMS
from tests.corpora.judging import Mark, Score
from tests.corpora.scoring import kinds, score

_HEAD = """\
| question | cases | right | fields right | aim | abstained | harmful | matters of taste: right of |
|---|---|---|---|---|---|---|---|
"""


def table() -> str:
    """Score every kind; one row for each."""
    return _HEAD + "".join(_row(kind) for kind in kinds())


def _row(kind: str) -> str:
    function = getattr(corpora_adapter, kind.removesuffix("_generated"), None)
    if function is None:
        return ""
    clear = score(kind, function)
    with_taste = score(kind, function, debatable=True)
    aim = AIMS.get(kind)
    cells = [
        f"`{kind}`",
        str(clear.count),
        f"{clear.right:.1%}",
        f"{clear.right_fields:.1%}" if clear.fields else "",
        f"{aim.right:.0%}{f' / {aim.fields:.0%}' if aim.fields else ''}" if aim else "",
        _count(clear, Mark.ABSTAINED),
        str(clear.marks[Mark.HARMFUL]) if kind.startswith(("same_", "rank", "release_", "gap")) else "",
        _taste(clear, with_taste),
    ]
    return f"| {' | '.join(cells)} |\n"


def _count(result: Score, mark: Mark) -> str:
    return str(result.marks[mark]) if result.marks[mark] else ""


def _taste(clear: Score, with_taste: Score) -> str:
    count = with_taste.count - clear.count
    return f"{with_taste.marks[Mark.RIGHT] - clear.marks[Mark.RIGHT]} / {count}" if count else ""
