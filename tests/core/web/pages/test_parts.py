"""The parts that pages are made of."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audiobook_daemon.daemon import find_plugins, read_configuration
from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.plugin import roles_of
from audiobook_daemon.store.values import LoggedEvent, ToldEvent
from audiobook_daemon.web.pages.charts import Part, Span, bar, columns, line, timeline
from audiobook_daemon.web.pages.clock import Clock, distance, duration
from audiobook_daemon.web.pages.missing import missing
from audiobook_daemon.web.pages.naming import tone, worded
from audiobook_daemon.web.pages.rendering import lines, marked, once
from audiobook_daemon.web.pages.showing import inside

NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "now"),
        (-4, "now"),
        (30, "in 30 s"),
        (-61, "1 min ago"),
        (3599, "in 59 min"),
        (-3600, "1 h ago"),
        (35 * 3600, "in 35 h"),
        (-36 * 3600, "1 d ago"),
        (44 * 86400, "in 44 d"),
        (-400 * 86400, "13 mo ago"),
    ],
)
def test_a_moment_is_told_by_its_distance(seconds: int, told: str) -> None:
    assert distance(NOW + timedelta(seconds=seconds), NOW) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, ""), (0.2, "< 1 s"), (59, "59 s"), (90, "2 min"), (7260, "2 h 01 min"), (200_000, "2 d 7 h")],
)
def test_a_length_of_time_is_told_in_few_units(seconds: float | None, told: str) -> None:
    assert duration(seconds) == told


def test_days_begin_at_midnight_where_the_person_lives() -> None:
    clock = Clock(datetime(2026, 3, 28, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    assert clock.heading(datetime(2026, 3, 28, 23, 10, tzinfo=UTC)) == "Today"
    assert clock.heading(datetime(2026, 3, 28, 22, 50, tzinfo=UTC)) == "Yesterday"
    assert clock.heading(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)) == "Sunday, 1 March 2026"
    assert ">00:10<" in clock.at(datetime(2026, 3, 28, 23, 10, tzinfo=UTC))
    assert ">2026-03-28 23:50<" in clock.at(datetime(2026, 3, 28, 22, 50, tzinfo=UTC))


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "evil", "", "/a\r\nSet-Cookie: x", "/ä"],
)
def test_a_form_leads_nowhere_else(path: str) -> None:
    assert inside(path) == "/"


@pytest.mark.parametrize("path", ["/", "/jobs/hunt", "/history?show=runs&before=4#told"])
def test_a_form_leads_back_to_its_page(path: str) -> None:
    assert inside(path) == path


def test_charts_say_in_words_what_they_show_and_take_nothing_for_markup() -> None:
    label = 'six "of" <seven>'
    span = Span(NOW - timedelta(hours=1), NOW, "good", "<ran>")
    charts = (
        bar([Part(0.4, "owned"), Part(0.9, "missing")], label),
        line([(NOW, 1.0), (NOW + timedelta(hours=1), 3.0)], label, floor=2.0),
        columns([0, 3, 1], label),
        timeline([span], NOW - timedelta(hours=2), NOW, label, now=NOW, due=NOW),
    )
    for drawn in charts:
        assert 'aria-label="six &#34;of&#34; &lt;seven&gt;"' in drawn
        assert "style=" not in drawn
    assert "&lt;ran&gt;" in charts[3]


def test_a_bar_is_never_longer_than_its_whole() -> None:
    drawn = bar([Part(0.75, "owned"), Part(0.75, "missing"), Part(0.5, "unreleased")], "")
    assert 'class="missing" x="75.00" width="25.00"' in drawn
    assert "unreleased" not in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize("values", [[5.0], [0.0, 0.0], [-2.0, 4.0]])
def test_a_line_is_drawn_through_few_or_equal_values(values: list[float]) -> None:
    points = [(NOW + timedelta(hours=place), value) for place, value in enumerate(values)]
    assert "nan" not in line(points, "x").lower()
    assert "<polyline" in line(points, "x")


def test_what_is_missing_comes_in_the_order_in_which_it_is_best_added() -> None:
    library = InstanceStatus("shelf", "audiobookshelf", ("Library",), Health.READY)
    assert [lack.role for lack in missing([library], [])] == [
        "MetadataProvider",
        "ImportList",
        "Indexer",
        "DownloadClient",
        "jobs",
    ]


def test_what_is_advised_makes_a_configuration_that_is_valid(tmp_path: Path) -> None:
    lacks = missing([], [])
    instances = "".join(lack.lines.removeprefix("plugins:\n") for lack in lacks if lack.role != "jobs")
    path = tmp_path / "audiobook-daemon.yaml"
    path.write_text(f"database: sqlite://state.db\nplugins:\n{instances}{lacks[-1].lines}")
    secrets = tmp_path / "secrets.yaml"
    secrets.write_text("audiobookshelf_token: a-token\nprowlarr_key: a-key\nqbittorrent_password: a-word\n")
    secrets.chmod(0o600)
    types = find_plugins(path, {})
    configuration = read_configuration(path, types, {"TZ": "UTC"})
    roles = {role.__name__ for one in configuration.instances for role in roles_of(types.get(one.type))}
    assert roles >= {lack.role for lack in lacks if lack.role != "jobs"}
    assert configuration.warnings == ()


def test_the_lines_of_a_log_stay_lines_and_are_clean() -> None:
    assert lines("one <b>\ntwo\u202e\r\nthree") == "one &lt;b&gt;\ntwo \nthree"


def test_words_are_for_people() -> None:
    assert (worded(Health.NEEDS_PERSON), tone(Health.NEEDS_PERSON)) == ("needs you", "bad")
    assert (worded("gap_found"), tone("gap_found")) == ("gap found", "quiet")
    assert marked("say `a<b` & go") == "say <code>a&lt;b</code> &amp; go"
    assert marked("O`Brien & sons") == "O`Brien &amp; sons"


def test_the_writer_of_pages_is_loaded_by_the_first_page_only() -> None:
    asked = "import sys, audiobook_daemon.web.app; print('jinja2' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


def test_what_says_nothing_new_of_a_book_is_told_once() -> None:
    def event(number: int, want: int | None, after: str | None, reason: str) -> ToldEvent:
        return ToldEvent(LoggedEvent(number, NOW, "want_changed", want_id=want, after=after, reason=reason))

    told = [
        event(7, None, None, "Read."),
        event(6, None, None, "Read."),
        event(5, 1, "wanted", "Nothing was found."),
        event(4, 2, "verified", "All readable."),
        event(3, 1, "wanted", "Nothing was found yet."),
        event(2, 2, "verified", "All readable."),
        event(1, 2, "downloaded", "All readable."),
    ]

    assert [one.event.id for one in once(told)] == [7, 6, 5, 3, 2, 1]
