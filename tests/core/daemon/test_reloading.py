"""A configuration that is read again: a bad one changes nothing, a good one only what differs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.models import JobStatus

Edit = Callable[[str, str], None]


def plugins(daemon: Daemon) -> dict[str, object]:
    return {name: instance.plugin for name, instance in daemon.host.instances.items()}


def jobs(daemon: Daemon) -> Mapping[str, JobStatus]:
    return {job.name: job for job in daemon.scheduler.statuses()}


def actions(daemon: Daemon) -> set[str]:
    return {action.name for action in daemon.actions if "." in action.name}


def line_of(world: DemoWorld, text: str) -> int:
    lines = world.config.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


async def test_nothing_has_changed(daemon: Daemon, world: DemoWorld) -> None:
    before = plugins(daemon)
    world.config.write_text("# a comment\n" + world.config.read_text())
    assert await daemon.reload() == "Nothing has changed."
    assert plugins(daemon) == before


async def test_a_bad_file_changes_nothing_and_says_where(daemon: Daemon, edit: Edit, world: DemoWorld) -> None:
    before = (plugins(daemon), jobs(daemon), daemon.world.settings, daemon.configuration, actions(daemon))
    edit("    key: !secret google_books_key\n", "    key: !secret lost\n")
    edit("auto_grab: yes", "auto_grab: no")
    edit("*/30 * * * *", "*/30 * * *")
    with pytest.raises(ConfigurationError) as caught:
        await daemon.reload()
    secret, cron = str(caught.value).splitlines()
    assert secret.startswith(f"{world.config}:{line_of(world, '!secret lost')}:10: plugins.google_books.key: ")
    assert cron.startswith(f"{world.config}:{line_of(world, '*/30')}:9: jobs.hunt.at: ")
    assert (plugins(daemon), jobs(daemon), daemon.world.settings, daemon.configuration, actions(daemon)) == before


async def test_for_a_signal_the_mistakes_go_to_the_log(
    daemon: Daemon, edit: Edit, world: DemoWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="audiobook_daemon.daemon")
    edit("poll: 0.1", "poll: often")
    await daemon.reload_or_complain()
    (bad,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    first, second = bad.splitlines()
    assert first == "The configuration was not taken over; the daemon goes on with the old one."
    assert second.startswith(f"{world.config}:{line_of(world, 'poll')}:11: plugins.audiobookshelf.poll: ")
    edit("poll: often", "poll: 0.2")
    await daemon.reload_or_complain()
    assert "Configuration read again. instance audiobookshelf changed." in caplog.messages


async def test_only_what_changed_is_swapped(daemon: Daemon, edit: Edit) -> None:
    before = plugins(daemon)
    edit("poll: 0.1", "poll: 0.2")
    assert await daemon.reload() == "instance audiobookshelf changed."
    after = plugins(daemon)
    assert [name for name in before if after[name] is not before[name]] == ["audiobookshelf"]
    assert [*after] == [*before]
    assert not daemon.host.instances["mam"].stopped


async def test_what_the_pipeline_goes_by_changes_without_a_new_instance(daemon: Daemon, edit: Edit) -> None:
    before, settings = plugins(daemon), daemon.world.settings
    edit("auto_grab: yes", "auto_grab: no")
    edit("timezone: UTC", "timezone: UTC\ndry_run: yes")
    assert await daemon.reload() == "instance top10 changed; dry_run changed."
    assert plugins(daemon) == before
    assert daemon.world.settings == replace(settings, auto_grab=frozenset(), dry_run=True)


async def test_an_instance_comes_and_goes_with_its_actions(daemon: Daemon, edit: Edit) -> None:
    offered = actions(daemon)
    assert any(name.startswith("mam.") for name in offered)
    edit("  mam:\n", "  mam:\n    enabled: no\n")
    assert await daemon.reload() == "instance mam gone."
    assert "mam" not in daemon.host.instances
    assert actions(daemon) == {name for name in offered if not name.startswith("mam.")}
    edit("    enabled: no\n", "")
    assert await daemon.reload() == "instance mam new."
    assert actions(daemon) == offered
    run, _ = await daemon.doors.do("mam.account", {}, "cli")
    assert run.error is None


async def test_jobs_are_replaced_and_a_pause_stays(daemon: Daemon, edit: Edit) -> None:
    daemon.scheduler.now = lambda: daemon.started  # no minute ends meanwhile, after which the next one would be another
    before = jobs(daemon)
    await daemon.doors.set_job_enabled("hunt", False)
    edit("*/30 * * * *", "*/20 * * * *")
    edit("  top10:\n    description", "  weekly:\n    description")
    edit("[watch, verify, shelve]", "[watch, verify]")
    assert await daemon.reload() == "job weekly new; job top10 gone; job hunt, tend changed."
    after = jobs(daemon)
    assert [*after] == ["weekly", "hunt", "tend"]
    assert (after["hunt"].at, after["hunt"].paused, after["hunt"].next_run) == ("*/20 * * * *", True, None)
    assert after["tend"].actions == ("watch", "verify")
    assert after["tend"].next_run == before["tend"].next_run
    assert after["weekly"].next_run == before["top10"].next_run


async def test_a_reload_that_nobody_waits_for_any_longer_comes_to_its_end(
    daemon: Daemon, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("poll: 0.1", "poll: 0.2")
    stopping, stopped = asyncio.Event(), asyncio.Event()

    async def slow_to_stop() -> None:
        stopping.set()
        await stopped.wait()

    monkeypatch.setattr(daemon.host.instances["audiobookshelf"].plugin, "stop", slow_to_stop)
    impatient = asyncio.create_task(daemon.doors.reload())
    await stopping.wait()
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    stopped.set()
    assert await daemon.doors.reload() == "Nothing has changed."
    assert not daemon.host.instances["audiobookshelf"].stopped


async def test_two_reloads_at_once_follow_each_other(daemon: Daemon, edit: Edit) -> None:
    edit("poll: 0.1", "poll: 0.2")
    told = await asyncio.gather(daemon.reload(), daemon.reload())
    assert list(told) == ["instance audiobookshelf changed.", "Nothing has changed."]
