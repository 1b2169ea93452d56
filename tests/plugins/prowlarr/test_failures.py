"""An indexer that fails looks like one that has nothing: what Prowlarr remembers tells them apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audiobook_daemon import Unavailable
from audiobook_plugins.prowlarr.failures import Failure, failure_since, read_failures

NOW = datetime(2026, 10, 1, 12, 45, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_blocked_indexer_of_the_sample(sample: Callable[[str], Any]) -> None:
    failures = read_failures(sample("indexerstatus.json"))
    assert set(failures) == {4}
    assert failures[4].blocks(NOW)
    assert not failures[4].blocks(NOW + HOUR)
    assert not failures[4].for_long(NOW)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Failure(), Failure(), None),
        (Failure(latest=NOW - HOUR), Failure(latest=NOW - HOUR), None),
        (Failure(), Failure(latest=NOW), "its search failed"),
        (Failure(latest=NOW - HOUR), Failure(latest=NOW + 9 * HOUR), "its search failed"),
        (Failure(blocked_until=NOW + HOUR), Failure(blocked_until=NOW + HOUR), "until 2026-10-01 13:45 UTC"),
        (Failure(blocked_until=NOW - HOUR), Failure(blocked_until=NOW - HOUR), None),
    ],
)
def test_silence_is_told_from_nothing(before: Failure, after: Failure, expected: str | None) -> None:
    reason = failure_since(4, {4: before}, {4: after}, NOW)
    assert reason is None if expected is None else expected in (reason or "")


def test_an_indexer_nobody_remembers_has_not_failed() -> None:
    assert failure_since(4, {}, {}, NOW) is None


def test_only_who_is_blocked_and_has_been_unwell_for_a_day_is_away() -> None:
    away = Failure(NOW + HOUR, NOW - HOUR, NOW - 25 * HOUR)
    assert away.for_long(NOW)
    assert not away.for_long(NOW + 2 * HOUR), "it may be asked again"
    assert not Failure(NOW + HOUR, NOW, NOW - 23 * HOUR).for_long(NOW)


@pytest.mark.parametrize("document", [None, {}, "text", 7, [1, "two"]])
def test_what_is_no_list_is_unavailable(document: object) -> None:
    with pytest.raises(Unavailable, match="state of its indexers"):
        read_failures(document)
