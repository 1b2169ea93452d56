from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.scheduler import check_cron, next_after, previous_before

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata", "UTC"]
EXPRESSIONS = [
    "*/30 * * * *",
    "0 * * * *",
    "15 * * * *",
    "45 * * * *",
    "30 2 * * *",
    "0 3 * * *",
    "0 0 * * *",
    "*/20 1-3 * * *",
    "0 */2 * * *",
    "30 23 * * sun",
    "@daily",
    "@hourly",
]


def local(text: str, zone: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def times(expression: str, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """Every time from `begin` to before `end`."""
    found, moment = [], begin - timedelta(microseconds=1)
    while (moment := next_after(expression, ZoneInfo(zone), moment)) < end:
        found.append(moment)
    return found


def clock_of(moments: list[datetime], zone: str) -> list[str]:
    return [f"{moment.astimezone(ZoneInfo(zone)):%H:%M %z}" for moment in moments]


def by_hand(expression: str, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """The same the slow way: look at the clock every minute, from a few hours before."""
    every_hour = expression == "@hourly" or expression.split()[1:2] == ["*"]
    moment = begin - timedelta(hours=3)
    found, latest = [], moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    while moment < end:
        wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        seen = []
        while latest < wall:  # more than one minute where the clock jumps, none where it goes back
            latest += timedelta(minutes=1)
            seen.append(latest)
        due = [wall] if every_hour else seen
        if moment >= begin and any(croniter.match(expression, minute) for minute in due):
            found.append(moment)
        moment += timedelta(minutes=1)
    return found


CASES = [
    # a fixed hour that is jumped over runs at the jump
    ("Europe/Berlin", "2026-03-29", "30 2 * * *", ["03:00 +0200"]),
    ("America/New_York", "2026-03-08", "30 2 * * *", ["03:00 -0400"]),
    ("Australia/Lord_Howe", "2026-10-04", "15 2 * * *", ["02:30 +1100"]),
    # many that are jumped over run once
    ("Europe/Berlin", "2026-03-29", "*/10 2 * * *", ["03:00 +0200"]),
    ("Europe/Berlin", "2026-03-29", "*/30 1-3 * * *", ["01:00 +0100", "01:30 +0100", "03:00 +0200", "03:30 +0200"]),
    # a fixed hour that comes twice runs in the first
    ("Europe/Berlin", "2026-10-25", "30 2 * * *", ["02:30 +0200"]),
    ("America/New_York", "2026-11-01", "30 1 * * *", ["01:30 -0400"]),
    ("Australia/Lord_Howe", "2026-04-05", "45 1 * * *", ["01:45 +1100"]),
    # the hour of the change itself
    ("Europe/Berlin", "2026-03-29", "0 3 * * *", ["03:00 +0200"]),
    ("Europe/Berlin", "2026-10-25", "0 3 * * *", ["03:00 +0100"]),
    ("Europe/Berlin", "2026-10-25", "0 2 * * *", ["02:00 +0200"]),
    # midnight is jumped over in Havana
    ("America/Havana", "2026-03-08", "0 0 * * *", ["01:00 -0400"]),
]


@pytest.mark.parametrize(("zone", "day", "expression", "expected"), CASES)
def test_the_day_the_clock_changes(zone: str, day: str, expression: str, expected: list[str]) -> None:
    begin = local(f"{day} 00:00", zone)
    end = local(f"{day} 23:59", zone)
    assert clock_of(times(expression, zone, begin, end), zone) == expected


@pytest.mark.parametrize("expression", ["*/30 * * * *", "0 * * * *", "@hourly"])
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
    ],
)
def test_a_job_of_every_hour_neither_pauses_nor_doubles(zone: str, day: str, expression: str) -> None:
    begin = local(f"{day} 00:00", zone) - timedelta(hours=6)
    found = times(expression, zone, begin, begin + timedelta(hours=18))
    step = timedelta(minutes=30 if "30" in expression else 60)
    assert found == [begin + step * count for count in range(18 * 60 // int(step.total_seconds() // 60))]


def test_half_an_hour_in_lord_howe() -> None:
    zone = "Australia/Lord_Howe"
    back = times("*/30 * * * *", zone, local("2026-04-05 01:00", zone), local("2026-04-05 02:31", zone))
    assert clock_of(back, zone) == ["01:00 +1100", "01:30 +1100", "01:30 +1030", "02:00 +1030", "02:30 +1030"]
    forward = times("*/30 * * * *", zone, local("2026-10-04 01:00", zone), local("2026-10-04 03:31", zone))
    assert clock_of(forward, zone) == ["01:00 +1030", "01:30 +1030", "02:30 +1100", "03:00 +1100", "03:30 +1100"]


CHANGES = {
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "America/Havana": ["2026-03-08", "2026-11-01"],
}


@pytest.mark.parametrize("expression", [item for item in EXPRESSIONS if not item.startswith("@")])
@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in CHANGES.items() for day in days])
def test_the_times_are_those_found_by_hand(zone: str, day: str, expression: str) -> None:
    begin = local(f"{day} 00:00", zone) - timedelta(hours=2)
    end = begin + timedelta(hours=7)
    assert times(expression, zone, begin, end) == by_hand(expression, zone, begin, end)


moments = st.integers(0, 3 * 365 * 86_400).map(lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(0, seconds))
near_changes = st.builds(
    lambda day, seconds: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(seconds=seconds),
    st.sampled_from([day for days in CHANGES.values() for day in days]),
    st.floats(-86_400, 2 * 86_400),
)


@given(st.sampled_from(EXPRESSIONS), st.sampled_from(ZONES), moments | near_changes)
def test_next_and_previous_agree(expression: str, zone_name: str, moment: datetime) -> None:
    zone = ZoneInfo(zone_name)
    before, after = previous_before(expression, zone, moment), next_after(expression, zone, moment)
    assert before <= moment < after
    assert next_after(expression, zone, before) == after
    assert previous_before(expression, zone, after) == after
    assert previous_before(expression, zone, after - timedelta(microseconds=1)) == before


def test_the_answer_is_in_utc_whatever_the_question() -> None:
    zone = ZoneInfo("Europe/Berlin")
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert next_after("0 3 * * *", zone, moment) == datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
    assert next_after("0 3 * * *", zone, moment).tzinfo is UTC
    assert previous_before("0 3 * * *", zone, moment) == datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


def test_times_far_apart() -> None:
    zone = ZoneInfo("Europe/Berlin")
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    assert next_after("0 3 29 2 *", zone, moment) == datetime(2028, 2, 29, 2, 0, tzinfo=UTC)
    assert previous_before("0 3 29 2 *", zone, moment) == datetime(2024, 2, 29, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("day", "weekday"), [("sun", 6), ("0", 6), ("7", 6), ("6", 5), ("sat", 5), ("mon", 0)])
def test_sunday_is_0_or_sun_and_6_is_saturday(day: str, weekday: int) -> None:
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    assert next_after(f"0 3 * * {day}", ZoneInfo("UTC"), moment).weekday() == weekday


@pytest.mark.parametrize(
    "expression",
    ["* * * * *", "*/30 * * * *", "0 3 * * sun", "0 0 1,15 * *", "5 4 * jan mon-fri", "@daily", "@hourly", "@weekly"],
)
def test_a_cron_time_is_accepted(expression: str) -> None:
    assert check_cron(expression) is None


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("", "five fields"),
        ("* * * *", "five fields"),
        ("* * * * * *", "five fields"),
        ("12:30", "five fields"),
        ("60 * * * *", "not a cron time"),
        ("* 24 * * *", "not a cron time"),
        ("* * * * someday", "not a cron time"),
        ("0 0 30 2 *", "never comes"),
        ("@never", "there is no such cron time; there are @hourly, "),
        ("@reboot", "there is no such cron time"),
        ("H 3 * * *", "hashed and random"),
        ("R(0-30) 3 * * *", "hashed and random"),
    ],
)
def test_what_is_wrong_is_said(expression: str, words: str) -> None:
    assert words in (check_cron(expression) or "")


@given(st.text(max_size=30))
def test_any_text_is_judged(expression: str) -> None:
    problem = check_cron(expression)
    if problem is None:
        assert next_after(expression, ZoneInfo("Europe/Berlin"), datetime(2026, 7, 1, tzinfo=UTC))
