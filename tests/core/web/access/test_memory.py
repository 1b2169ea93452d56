"""What was found out is remembered as long as it is true, and within bounds."""

from __future__ import annotations

from audiobook_daemon.web.access.memory import Remembered


def test_it_holds_as_long_as_the_version_does() -> None:
    table: Remembered[str] = Remembered(10)
    assert table.get("key", at=1) is None
    table.put("key", "value", at=1)
    assert table.get("key", at=1) == "value"
    assert table.get("key", at=2) is None
    assert table.get("key", at=1) is None


def test_what_was_found_out_before_a_change_is_not_remembered_after_it() -> None:
    table: Remembered[str] = Remembered(10)
    table.get("key", at=1)
    table.get("other", at=2)
    table.put("key", "outdated", at=1)
    assert table.get("key", at=2) is None


def test_the_longest_unused_goes_first() -> None:
    table: Remembered[int] = Remembered(3)
    table.get(0, at=0)
    for number in range(3):
        table.put(number, number, at=0)
    table.get(0, at=0)
    table.put(3, 3, at=0)
    assert [table.get(number, at=0) for number in range(4)] == [0, None, 2, 3]
    assert len(table) == 3
