from __future__ import annotations

from audiobook_daemon.mqtt.recent import Recent


def test_entries_are_forgotten_by_age_and_by_number() -> None:
    now = 0.0
    recent: Recent[str, int] = Recent(10, 2, clock=lambda: now)
    recent.put("a", 1)
    now = 6.0
    recent.put("b", 2)
    assert (recent.get("a"), recent.get("b")) == (1, 2)
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (None, 2, 3)
    now = 16.1
    assert recent.get("b") is None
    recent.forget("unknown")
