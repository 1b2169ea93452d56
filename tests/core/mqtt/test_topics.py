from __future__ import annotations

import pytest

from audiobook_daemon.mqtt.topics import EVENT, JOB, TOPICS, is_level


def test_only_kept_topics_are_things_and_every_topic_is_described() -> None:
    kept = {topic.path for topic in TOPICS if topic.retained}
    assert kept == {
        "availability", "info", "state", "job/<job>", "service/<service>", "wants", "approvals", "downloads", "library",
        "library/last_added/cover", "tracker/<tracker>", "settings", "update",
    }  # fmt: skip
    assert all(topic.description.endswith(".") for topic in TOPICS)


def test_levels_are_put_in_their_places() -> None:
    message = EVENT.message("home/books", b"{}", category="book", action="found")
    assert (message.topic, message.retained, message.qos) == ("home/books/event/book/found", False, 1)


@pytest.mark.parametrize("name", ["a/b", "+", "#", "", "Größe", "a b", "x" * 65, "a\0"])
def test_what_does_not_fit_into_a_topic_is_refused(name: str) -> None:
    assert not is_level(name)
    with pytest.raises(ValueError, match="cannot be part of an MQTT topic"):
        JOB.below("audiobook-daemon", job=name)
