"""Settings that are changed while the daemon runs, over what the file says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audiobook_daemon.actions import BadArguments
from audiobook_daemon.config.adjusting import SETTINGS, Kind, Setting
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.doctor import Doctor
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.doors import NotFound
from audiobook_daemon.errors import AudiobookDaemonError, DatabaseError
from audiobook_daemon.events import SettingsChanged
from audiobook_daemon.models import Level, RunOutcome
from audiobook_daemon.mqtt.discovery.adjustable import ADJUSTABLE
from audiobook_daemon.mqtt.discovery.controls import Number, Select, Switch

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = """\
database: sqlite://state.db
log: {level: warning}
choose: {min_seeders: 2, max_size: 20GB}
series: {most_wanted: 7}
plugins:
  top10: {genres: [fantasy]}
  mam: {session: a-session-of-mam, url: "http://127.0.0.1:9"}
jobs:
  hunt: {at: "*/30 * * * *", do: [choose, grab]}
"""


class Killed(BaseException):
    """The daemon ends here."""


class Life:
    """One life of a daemon, and what it told and logged."""

    def __init__(self, daemon: Daemon, levels: list[str]) -> None:
        self.daemon, self.levels = daemon, levels
        self.told: list[object] = []

    @property
    def values(self) -> Mapping[str, object]:
        return {**Telling(self.daemon).settings(), **Telling(self.daemon).auto_grab()}

    @property
    def adjusted(self) -> set[str]:
        return set(Telling(self.daemon).adjusted())

    async def do(self, action: str, **arguments: object) -> str:
        run, _ = await self.daemon.doors.do(action, arguments, "cli")
        return run.error or run.summary or ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "daemon.yaml"
    path.write_text(TEXT)
    return path


@asynccontextmanager
async def living(path: Path) -> AsyncIterator[Life]:
    levels: list[str] = []
    async with Daemon.assembled(path, {"TZ": "UTC"}, set_level=levels.append) as daemon:
        await daemon.plan()
        life = Life(daemon, levels)
        with daemon.bus.listening(
            lambda event: life.told.append(event) if isinstance(event, SettingsChanged) else None
        ):
            yield life


@pytest.fixture
async def life(path: Path) -> AsyncIterator[Life]:
    async with living(path) as life:
        yield life


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


async def test_what_is_set_holds_at_once_and_is_told(life: Life) -> None:
    assert life.values["min_seeders"] == 2
    told = await life.do("adjust", setting="min_seeders", value="5")
    assert told == "min_seeders is 5 now, where the file says 2."
    assert (life.values["min_seeders"], life.adjusted) == (5, {"min_seeders"})
    assert life.daemon.world.settings.rules.gates.min_seeders == 5
    assert len(life.told) == 1
    assert life.daemon.overlay.file.choose.min_seeders == 2


async def test_each_setting_reaches_those_who_go_by_it(life: Life) -> None:
    wanted = {
        "dry_run": True,
        "packs": "never",
        "keep_free_bytes": 5_000_000_000,
        "most_wanted": 0,
        "upgrade": True,
        "series_auto_grab": True,
        "authors_auto_grab": True,
        "auto_grab.top10": True,
        "log_level": "debug",
    }
    assert await life.daemon.doors.set_settings(wanted) == Telling(life.daemon).settings()
    pipeline, house = life.daemon.world.settings, life.daemon.house.settings
    assert (pipeline.dry_run, pipeline.rules.packs, pipeline.keep_free) == (True, "never", 5_000_000_000)
    assert (house.series.most_wanted, pipeline.upgrade) == (0, True)
    assert pipeline.auto_grab == {"top10", "series_completion", "author_completion"}
    assert life.levels == ["debug"]
    assert life.adjusted == set(wanted)
    assert len(life.told) == 1, "together is one change"


async def test_the_level_of_the_log_goes_back_with_the_file(life: Life) -> None:
    await life.do("adjust", setting="log_level", value="debug")
    await life.do("unadjust", settings=["log_level"])
    assert life.levels == ["debug", "warning"]


async def test_setting_what_the_file_says_is_no_difference(life: Life) -> None:
    await life.do("adjust", setting="min_seeders", value=5)
    assert await life.do("adjust", setting="min_seeders", value=2) == "min_seeders is 2 now, as the file says."
    assert (life.adjusted, await life.daemon.database.adjustments.all()) == (set(), ())
    assert await life.do("adjust", setting="min_seeders", value=2) == "min_seeders is 2 already, as the file says."
    assert len(life.told) == 2


async def test_some_or_all_are_reset(life: Life) -> None:
    await life.do("adjust", values={"min_seeders": 5, "packs": "grab", "auto_grab.top10": True})
    assert await life.do("unadjust", settings="packs") == "packs is review now, as the file says."
    assert life.adjusted == {"min_seeders", "auto_grab.top10"}
    await life.do("unadjust")
    assert (life.adjusted, life.values["min_seeders"], life.values["top10"]) == (set(), 2, False)
    assert await life.do("unadjust") == "Every setting is as the file says already."


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"min_seeders": -1}, "min_seeders: should be greater than or equal to 0."),
        ({"packs": "grab", "min_seeders": "many"}, "min_seeders: should be a whole number."),
        ({"packs": "grab", "min_seders": 3}, "There is no setting called 'min_seders'; did you mean min_seeders?"),
        ({"auto_grab.mam": True}, "There is no setting called 'auto_grab.mam'"),
        ({"dry_run": "maybe", "upgrade": 7}, "dry_run: should be yes or no. upgrade: should be yes or no."),
    ],
)
async def test_a_wrong_one_changes_nothing(life: Life, values: dict[str, object], words: str) -> None:
    before = life.values
    with pytest.raises(BadArguments) as caught:
        await life.daemon.doors.set_settings(values)
    assert words in str(caught.value)
    assert {mistake.path for mistake in caught.value.mistakes} <= set(values)
    assert await life.daemon.database.runs.latest() == ()
    run, _ = await life.daemon.doors.do("adjust", {"values": values}, "cli")
    assert run.outcome is RunOutcome.FAILED
    assert (life.values, life.adjusted, life.told) == (before, set(), [])
    assert await life.daemon.database.adjustments.all() == ()


@pytest.mark.parametrize("arguments", [{}, {"setting": "packs"}, {"value": 3}, {"values": {}}])
async def test_half_a_change_is_none(life: Life, arguments: dict[str, object]) -> None:
    assert await life.do("adjust", **arguments) == "adjust: name a setting and its value, or several values."


async def test_what_is_set_survives_a_restart(path: Path) -> None:
    async with living(path) as life:
        await life.do("adjust", values={"min_seeders": 5, "auto_grab.top10": True, "log_level": "error"})
    async with living(path) as life:
        assert (life.values["min_seeders"], life.values["top10"], life.levels) == (5, True, ["error"])
        assert life.daemon.world.settings.auto_grab == {"top10"}
        assert life.adjusted == {"min_seeders", "auto_grab.top10", "log_level"}


@pytest.mark.parametrize("restarted", [True, False])
@pytest.mark.parametrize(("says", "holds"), [("min_seeders: 3", 3), ("min_seeders: 5", 5)])
async def test_what_the_file_says_anew_counts(
    path: Path, caplog: pytest.LogCaptureFixture, restarted: bool, says: str, holds: int
) -> None:
    caplog.set_level("INFO", logger="audiobook_daemon.daemon")
    async with living(path) as life:
        await life.do("adjust", values={"min_seeders": 5, "packs": "grab"})
        change(path, "min_seeders: 2", says)
        if not restarted:
            told = await life.daemon.reload()
            assert told == ("choose changed." if holds != 5 else "Nothing has changed.")
            assert (life.values["min_seeders"], life.adjusted, len(life.told)) == (holds, {"packs"}, 2)
    async with living(path) as life:
        assert (life.values["min_seeders"], life.values["packs"], life.adjusted) == (holds, "grab", {"packs"})
    line = f"The file now says min_seeders: {holds}, so it counts again; 5 was set while it said 2."
    assert caplog.messages.count(line) == 1


async def test_a_reload_keeps_what_is_set_and_changes_the_rest(life: Life, path: Path) -> None:
    await life.do("adjust", values={"min_seeders": 5, "log_level": "debug"})
    change(path, "max_size: 20GB", "max_size: 30GB")
    change(path, "most_wanted: 7", "most_wanted: 8")
    assert await life.daemon.reload() == "choose, series changed."
    assert (life.values["min_seeders"], life.values["most_wanted"]) == (5, 8)
    assert life.daemon.configuration.choose.max_size == 30_000_000_000
    assert life.adjusted == {"min_seeders", "log_level"}
    assert life.levels == ["debug"]
    assert await life.daemon.reload() == "Nothing has changed."


async def test_the_set_value_may_no_longer_fit_the_file(
    life: Life, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="audiobook_daemon.daemon")
    await life.daemon.overlay._store.change({"packs": ("sometimes", "review")})
    await life.daemon.overlay.read()
    change(path, "max_size: 20GB", "max_size: 30GB")
    assert await life.daemon.reload() == "choose changed."
    assert (life.values["packs"], life.adjusted) == ("review", set())
    assert "packs: should be 'never', 'review' or 'grab'. What was set is forgotten." in caplog.messages


async def test_a_list_that_is_gone_takes_its_setting_along(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="audiobook_daemon.daemon")
    async with living(path) as life:
        await life.do("adjust", setting="auto_grab.top10", value=True)
        change(path, "top10: {", "charts: {type: top10, ")
        await life.daemon.reload()
        assert (life.adjusted, Telling(life.daemon).auto_grab()) == (set(), {"charts": False})
        change(path, "charts: {type: top10, ", "top10: {")
        await life.daemon.reload()
        assert Telling(life.daemon).auto_grab() == {"top10": False}, "it does not come back with its name"
    assert caplog.messages.count("auto_grab.top10 can no longer be set; what was set for it is forgotten.") == 1


async def test_a_bad_file_leaves_what_is_set(life: Life, path: Path) -> None:
    await life.do("adjust", setting="min_seeders", value=5)
    change(path, "min_seeders: 2", "min_seeders: few")
    with pytest.raises(AudiobookDaemonError, match="should be a whole number"):
        await life.daemon.reload()
    assert (life.values["min_seeders"], life.adjusted) == (5, {"min_seeders"})


async def test_several_people_change_things_at_once_and_while_the_file_is_read(life: Life, path: Path) -> None:
    doors = life.daemon.doors
    change(path, "most_wanted: 7", "most_wanted: 9")
    changes = [doors.do("adjust", {"setting": "min_seeders", "value": number}, "cli") for number in range(3, 13)]
    await asyncio.gather(
        *changes, life.daemon.reload(), doors.set_auto_grab("top10", True), doors.set_settings({"packs": "grab"})
    )
    assert (life.values["packs"], life.values["top10"], life.values["most_wanted"]) == ("grab", True, 9)
    kept = {one.name: one.value for one in await life.daemon.database.adjustments.all()}
    assert kept == {"min_seeders": life.values["min_seeders"], "packs": "grab", "auto_grab.top10": True}
    runs = await life.daemon.database.runs.latest()
    assert [run.outcome for run in runs] == [RunOutcome.SUCCESS] * 12


async def test_a_database_that_fails_changes_nothing(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise DatabaseError("The database is full.")

    monkeypatch.setattr(life.daemon.overlay._store, "change", fail)
    assert await life.do("adjust", setting="min_seeders", value=5) == "The database is full."
    assert (life.values["min_seeders"], life.adjusted, life.told) == (2, set(), [])


async def test_killed_after_it_was_written_down_it_holds_in_the_next_life(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living(path) as life:

        def die(_: object) -> None:
            raise Killed

        monkeypatch.setattr(life.daemon, "take_over", die)
        with pytest.raises(Killed):
            await life.daemon.adjusting._adjust({"min_seeders": 5})
        assert life.values["min_seeders"] == 2
    async with living(path) as life:
        assert (life.values["min_seeders"], life.adjusted) == (5, {"min_seeders"})


async def test_a_run_that_is_cancelled_midway_changes_all_of_it(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()
    change_rows = life.daemon.overlay._store.change

    async def slowly(*arguments: object) -> None:
        await change_rows(*arguments)  # type: ignore[arg-type]
        reached.set()
        await go_on.wait()

    monkeypatch.setattr(life.daemon.overlay._store, "change", slowly)
    asking = asyncio.create_task(life.daemon.adjusting.adjust("min_seeders", 5))
    await reached.wait()
    asking.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    async with life.daemon.changing:
        assert (life.values["min_seeders"], life.adjusted) == (5, {"min_seeders"})


async def test_the_history_says_who_has_changed_what(life: Life) -> None:
    doors = life.daemon.doors
    await doors.set_settings({"min_seeders": 5})
    await doors.reset_settings(["min_seeders"])
    await doors.set_auto_grab("top10", True)
    await doors.set_schedule_enabled(False)
    await doors.set_schedule_enabled(True)
    runs = reversed(await life.daemon.database.runs.latest())
    assert sorted((run.name, run.trigger, run.summary) for run in runs) == sorted(
        [
            ("adjust", "mqtt", "min_seeders is 5 now, where the file says 2."),
            ("unadjust", "mqtt", "min_seeders is 2 now, as the file says."),
            ("adjust", "mqtt", "auto_grab.top10 is yes now, where the file says no."),
            ("pause", "mqtt", "The whole schedule is paused."),
            ("resume", "mqtt", "The whole schedule is resumed."),
        ]
    )


async def test_what_there_is_not_to_set(life: Life) -> None:
    with pytest.raises(NotFound, match=r"'mam' is no list of wishes\. Lists: top10\."):
        await life.daemon.doors.set_auto_grab("mam", True)
    with pytest.raises(BadArguments, match="no setting called 'packets'; did you mean packs"):
        await life.daemon.doors.reset_settings(["min_seeders", "packets"])
    assert await life.daemon.database.runs.latest() == ()


async def test_the_doctor_tells_what_differs_and_that_the_schedule_stands(life: Life) -> None:
    await life.do("adjust", setting="keep_free_bytes", value="5GB")
    await life.do("pause")
    found = {one.text: (one.level, one.remedy) for one in Doctor(life.daemon)._configuration()}
    (line,) = [text for text in found if text.startswith("keep_free_bytes was set to 5GB on ")]
    assert line.endswith("; the file says 1GB.")
    assert found[line] == (Level.OK, "audiobook-daemon unset keep_free_bytes lets the file count again.")
    paused = (Level.WARNING, "audiobook-daemon resume lets it go on.")
    assert found["The whole schedule is paused: no job runs by itself."] == paused


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, "The whole schedule is paused."),
        ({"job": "hunt"}, "hunt is paused."),
        ({"duration": "2h"}, "The whole schedule is paused until 2026-03-01 14:00."),
        ({"until": "11:30"}, "The whole schedule is paused until 2026-03-02 11:30."),
        ({"until": "12:30", "job": "hunt"}, "hunt is paused until 2026-03-01 12:30."),
        ({"until": "2026-12-24 18:00"}, "The whole schedule is paused until 2026-12-24 18:00."),
        ({"until": "2026-03-01T14:00+01:00"}, "The whole schedule is paused until 2026-03-01 13:00."),
        ({"duration": "2h", "until": "11:30"}, "give a duration or the time until which it lasts, not both"),
        ({"duration": "0"}, "should be more than 0"),
        ({"duration": "soon"}, "should be a time with its unit, as in 90s, 5m, 2h or 1d"),
        ({"duration": "5200w"}, "ten years at most"),
        ({"until": "2020-01-01"}, "is over already"),
        ({"until": "25:00"}, "should be a time, as in 07:00"),
        ({"until": "9999-12-31T23:59-23:00"}, "pause: until: "),
        ({"job": "hnut"}, "There is no job called 'hnut'. Jobs: hunt."),
    ],
)
async def test_a_pause_and_its_end(path: Path, arguments: dict[str, object], told: str) -> None:
    async with living(path) as life:
        life.daemon.scheduler.now = lambda: NOON
        try:
            said = await life.do("pause", **arguments)
        except BadArguments as error:
            said = str(error)
        assert told in said
        paused = life.daemon.scheduler.paused or life.daemon.scheduler.statuses()[0].paused
        assert paused is ("is paused" in told)


async def test_a_schedule_and_a_job_are_resumed_each_by_itself(life: Life) -> None:
    await life.do("pause", job="hunt")
    await life.do("pause", duration="2h")
    assert Telling(life.daemon).paused()
    assert await life.do("resume", job="hunt") == "hunt is resumed. The whole schedule is paused, though."
    await life.do("pause", job="hunt")
    told = await life.do("resume")
    assert told == "The whole schedule is resumed. Paused by themselves are still: hunt."
    assert not Telling(life.daemon).paused()


@pytest.mark.parametrize("paused", [True, False])
async def test_hints_of_a_library_wait_while_the_schedule_stands(life: Life, paused: bool) -> None:
    if paused:
        await life.do("pause")
    assert life.daemon._heeds_hints() is not paused


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_home_assistant_offers_what_the_table_of_settings_does(setting: Setting) -> None:
    offered = ADJUSTABLE[setting.name]
    kinds: dict[Kind, type] = {Kind.SWITCH: Switch, Kind.NUMBER: Number, Kind.CHOICE: Select}
    assert isinstance(offered, kinds[setting.kind])
    if isinstance(offered, Number):
        scale = 10**9 if setting.unit == "B" else 1
        assert (offered.least * scale, offered.most * scale) == (setting.least, setting.most)
    if isinstance(offered, Select):
        assert tuple(offered.options) == setting.options


def test_home_assistant_offers_nothing_else() -> None:
    assert set(ADJUSTABLE) == {one.name for one in SETTINGS}
