"""What a reload is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audiobook_daemon.config import Changes, Configuration, Difference, difference

Configure = Callable[..., Configuration]

OLD = """\
    mqtt: {username: me, password: one}
    plugins:
      site: {session: a}
      list: {genres: [a]}
      client: {url: "http://a"}
    jobs:
      first: {at: 0 1 * * *, do: [grab]}
      second: {at: 0 2 * * *, do: [grab]}
    """


def test_the_same_in_other_words(configure: Configure) -> None:
    old = configure(OLD)
    new = configure("# as before\n" + OLD.replace("grab]", '"grab" ]').replace("password: one", "password: 'one'"))
    assert difference(old, new) == Difference()
    assert not difference(old, new)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("session: a", "session: b", Difference(instances=Changes(changed=("site",)))),
        ("session: a", "session: a, enabled: no", Difference(instances=Changes(removed=("site",)))),
        ("list: {", "list: {auto_grab: yes, ", Difference(instances=Changes(changed=("list",)))),
        ("list: {", "wishes: {type: list, ", Difference(instances=Changes(added=("wishes",), removed=("list",)))),
        ("0 1 * * *", "0 4 * * *", Difference(jobs=Changes(changed=("first",)))),
        ("second: {", "third: {", Difference(jobs=Changes(added=("third",), removed=("second",)))),
        ("password: one", "password: two", Difference(sections=("mqtt",))),
        (
            "mqtt:",
            "timezone: Asia/Tokyo\n    log: {level: debug}\n    mqtt:",
            Difference(sections=("timezone", "log")),
        ),
        ("mqtt:", "log: {format: json}\n    mqtt:", Difference(restart=("log",))),
        (
            "mqtt:",
            "log: {format: json, level: debug}\n    mqtt:",
            Difference(sections=("log",), restart=("log",)),
        ),
        ("mqtt:", "dry_run: yes\n    retry: {first: 2m}\n    mqtt:", Difference(sections=("retry", "dry_run"))),
        ("client: {", "other: {type: client, ", Difference(Changes(("other",), ("client",)), sections=("route",))),
    ],
)
def test_changes(configure: Configure, before: str, after: str, expected: Difference) -> None:
    found = difference(configure(OLD), configure(OLD.replace(before, after)))
    assert found == expected
    assert found
