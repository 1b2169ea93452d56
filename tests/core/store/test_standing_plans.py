"""Lists of series, authors and gaps come out of indices; none of them reads a big table from end to end."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event, text
from tests.core.web.api.conftest import HOLT, TIDES

from audiobook_daemon.store import Completion, Database, GapKind, GapState, Order

WHOLE = re.compile(r"(Seq Scan on|SCAN) (series|authors|gaps|books|book_marks)\b(?! USING COVERING INDEX)")
OPEN = (GapState.FOUND, GapState.WANTED)
READS: dict[str, Callable[[Database], Awaitable[object]]] = {
    "series": lambda database: database.series.list(),
    "series by status": lambda database: database.series.list([Completion.PARTIAL]),
    "least complete series": lambda database: database.series.list(order=Order.LEAST_COMPLETE, least=0, most=99),
    "number of series": lambda database: database.series.count(),
    "number by status": lambda database: database.series.count([Completion.PARTIAL]),
    "sums of series": lambda database: database.series.summary(),
    "series by name": lambda database: database.series.list(name="tide"),
    "authors": lambda database: database.authors.list(order=Order.MOST_OWNED),
    "favourite authors": lambda database: database.authors.list(order=Order.MOST_OWNED, owned=2),
    "sums of authors": lambda database: database.authors.summary(),
    "gaps": lambda database: database.gaps.list(OPEN),
    "gaps of series": lambda database: database.gaps.list(OPEN, kind=GapKind.SERIES),
    "gaps of one": lambda database: database.gaps.list(OPEN, kind=GapKind.SERIES, owner=TIDES),
    "number of gaps": lambda database: database.gaps.count(OPEN),
    "what is to come": lambda database: database.gaps.upcoming(),
    "missing books": lambda database: database.missing_books.list(OPEN),
    "missing books by date": lambda database: database.missing_books.list([GapState.UNRELEASED], by_date=True),
    "number of missing books": lambda database: database.missing_books.counts([OPEN]),
    "books of a series": lambda database: database.belongings.of(series=["tidewardens"], authors=[HOLT]),
}


@contextmanager
def asked(database: Database) -> Iterator[list[tuple[str, object]]]:
    """The statements that are sent within the block, with what fills them."""
    engine, sent = database._connections._reader.sync_engine, list[tuple[str, object]]()

    def note(_connection: object, _cursor: object, statement: str, given: object, *_more: object) -> None:
        sent.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def plan_of(database: Database, statement: str, given: object) -> list[str]:
    explain = "EXPLAIN " if database._connections.postgres else "EXPLAIN QUERY PLAN "
    async with database._connections.reading() as connection:
        if database._connections.postgres:
            # A handful of rows is read from end to end whatever there is; told to avoid that, it shows what it could.
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = await connection.exec_driver_sql(explain + statement, given)  # type: ignore[arg-type]
        return [str(row[-1]) for row in found]


async def test_no_list_reads_a_big_table_from_end_to_end(database: Database) -> None:
    found = {}
    for name, read in READS.items():
        with asked(database) as sent:
            await read(database)
        plans = [line for statement, given in list(sent) for line in await plan_of(database, statement, given)]
        found[name] = [line for line in plans if WHOLE.search(line)] if plans else ["nothing was asked"]
    assert {name: lines for name, lines in found.items() if lines} == {}
