"""Who tries one key after the other has to wait; nobody else has."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from audiobook_daemon.web.access.guesses import Guesses
from audiobook_daemon.web.refusals import TooMany

HERE, THERE = "192.0.2.1", "198.51.100.7"


@dataclass
class Watch:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


def wrong_keys(guesses: Guesses, count: int, address: str = HERE, *, first: int = 0) -> None:
    for number in range(first, first + count):
        guesses.wrong(address, b"%d" % number)


def wait(guesses: Guesses, address: str, digest: bytes) -> float:
    """How long one has to wait, 0 if not at all."""
    try:
        guesses.check(address, digest)
    except TooMany as refusal:
        return refusal.retry_after or -1.0
    return 0.0


def test_a_few_mistakes_cost_nothing_and_then_each_doubles_the_wait(watch: Watch) -> None:
    guesses = Guesses(3, clock=watch)
    waits = []
    for number in range(14):
        wrong_keys(guesses, 1, first=number)
        waits.append(wait(guesses, HERE, b"next"))
    assert waits[:6] == [0, 0, 1, 2, 4, 8]
    assert max(waits) == 300
    assert wait(guesses, THERE, b"next") == 0
    watch.seconds += 300
    assert wait(guesses, HERE, b"next") == 0


def test_the_log_says_who_tries_keys(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    guesses = Guesses(3, clock=watch)
    wrong_keys(guesses, 2)
    assert caplog.messages == []
    wrong_keys(guesses, 2, first=2)
    said = "192.0.2.1 showed {} wrong keys to the web server and has to wait {} s."
    assert caplog.messages == [said.format(3, 1), said.format(4, 2)]


def test_the_same_wrong_key_again_and_again_is_no_guess(watch: Watch) -> None:
    guesses = Guesses(3, clock=watch)
    for _ in range(1000):
        guesses.check(HERE, b"outdated")
        guesses.wrong(HERE, b"outdated")
    assert guesses.was_tried(HERE, b"outdated")
    assert not guesses.was_tried(THERE, b"outdated")


def test_a_key_that_was_right_here_stays_welcome_here_and_nowhere_else(watch: Watch) -> None:
    guesses = Guesses(3, clock=watch)
    guesses.right(HERE, b"right")
    wrong_keys(guesses, 10)
    wrong_keys(guesses, 10, THERE)
    assert wait(guesses, HERE, b"right") == 0
    assert wait(guesses, THERE, b"right") > 0, "or one could find out there that it is right"


def test_a_key_that_is_removed_is_not_welcome_any_longer(watch: Watch) -> None:
    guesses = Guesses(1, clock=watch)
    guesses.right(HERE, b"right")
    guesses.wrong(HERE, b"right")
    assert wait(guesses, HERE, b"right") > 0


def test_an_hour_makes_everything_good(watch: Watch) -> None:
    guesses = Guesses(3, clock=watch)
    wrong_keys(guesses, 12)
    watch.seconds += 3601
    wrong_keys(guesses, 2, first=100)
    assert wait(guesses, HERE, b"next") == 0


def test_many_addresses_together_are_slowed_down_too(watch: Watch) -> None:
    guesses = Guesses(3, in_all=60, clock=watch)
    guesses.right(HERE, b"right")
    for number in range(60):
        guesses.wrong(f"203.0.113.{number}", b"guess")
    assert wait(guesses, "203.0.113.200", b"guess") >= 1
    assert wait(guesses, HERE, b"right") == 0
    watch.seconds += 1
    assert wait(guesses, "203.0.113.200", b"guess") == 0


def test_all_addresses_of_a_network_of_version_6_are_one(watch: Watch) -> None:
    guesses = Guesses(3, clock=watch)
    for number in range(3):
        wrong_keys(guesses, 1, f"2001:db8::{number + 1}", first=number)
    assert wait(guesses, "2001:db8::ffff", b"next") > 0
    assert wait(guesses, "2001:db8:0:1::1", b"next") == 0


def test_what_is_remembered_has_a_bound(watch: Watch) -> None:
    guesses = Guesses(3, in_all=10**9, clock=watch)
    for number in range(5000):
        guesses.wrong(f"198.18.{number // 256}.{number % 256}", b"guess")
    assert len(guesses) == 2048
    wrong_keys(guesses, 100)
    known = sum(guesses.was_tried(HERE, b"%d" % number) for number in range(100))
    assert known == 16
