"""The table of what was injected and what came of it, for people and for docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.faults.kinds import KINDS
from tests.faults.running import Result


def table(results: Sequence[Result]) -> str:
    """All results as Markdown; a loss is told in full below the table."""
    return "\n".join([*_rows(results), "", *_losses(results)])


def _rows(results: Sequence[Result]) -> Iterator[str]:
    yield "| fault | books | lives | injected | survived | lost | seed | seconds |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for one in results:
        yield _row(KINDS[one.kind].title, one, str(one.seed))
    total = Result(
        "",
        0,
        books=sum(one.books for one in results),
        injected=sum(one.injected for one in results),
        lives=sum(one.lives for one in results),
        seconds=sum(one.seconds for one in results),
        broken=[sentence for one in results for sentence in one.broken],
    )
    yield _row("**together**", total, "")


def _row(title: str, one: Result, seed: str) -> str:
    lost = len(one.broken)
    cells = (title, one.books, one.lives, one.injected, one.injected - lost, lost, seed, f"{one.seconds:.0f}")
    return f"| {' | '.join(map(str, cells))} |"


def _losses(results: Sequence[Result]) -> Iterator[str]:
    for one in results:
        for sentence in one.broken:
            yield f"{KINDS[one.kind].title}, seed {one.seed}:\n\n```\n{sentence}\n```\n"
