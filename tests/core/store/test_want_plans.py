"""Lists of wants and downloads come out of indices; none of them reads a big table from end to end."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from tests.core.store.test_standing_plans import asked, plan_of

from audiobook_daemon.models import WantState
from audiobook_daemon.store import Database, QueueState, WantFilter, WantOrder

WHOLE = re.compile(r"(Seq Scan on|SCAN) (wants|downloads|decisions|events)\b(?! USING (COVERING )?INDEX)")
READS: dict[str, Callable[[Database], Awaitable[object]]] = {
    "wants": lambda database: database.want_lists.page(),
    "what waits for a person": lambda database: database.want_lists.page(
        WantFilter([WantState.REVIEW]), order=WantOrder.WAITING
    ),
    "open wants": lambda database: database.want_lists.page(WantFilter([state for state in WantState if state.open])),
    "downloads": lambda database: database.download_lists.page(),
    "pending downloads": lambda database: database.download_lists.page([QueueState.QUEUED], oldest_first=True),
    "finished downloads": lambda database: database.download_lists.page([QueueState.COMPLETED]),
    "failed downloads": lambda database: database.download_lists.page([QueueState.FAILED, QueueState.ABANDONED]),
    "one download": lambda database: database.download_lists.get(1),
    "decisions of a kind": lambda database: database.decisions.page(outcome="ambiguous"),
    "decisions about one": lambda database: database.decisions.page(want_id=1),
    "what happened to one": lambda database: database.events.of_want(1, limit=10),
}


async def test_no_list_reads_a_big_table_from_end_to_end(database: Database) -> None:
    found = {}
    for name, read in READS.items():
        with asked(database) as sent:
            await read(database)
        plans = [line for statement, given in list(sent) for line in await plan_of(database, statement, given)]
        found[name] = [line for line in plans if WHOLE.search(line)] if plans else ["nothing was asked"]
    assert {name: lines for name, lines in found.items() if lines} == {}
