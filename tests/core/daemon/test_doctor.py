"""The doctor really talks to everybody, and one that is ill hides nobody else."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from audiobook_daemon.actions import reporting
from audiobook_daemon.daemon import Daemon, doctor
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.shelving.trash import TRASH

Edit = Callable[[str, str], None]
Finding = Mapping[str, str | None]

SOURCES = ("google_books", "audnexus", "hardcover", "open_library")
INSTANCES = ("mam", "prowlarr", "top10", *SOURCES, "qbittorrent", "audiobookshelf")
MEND = "Mend that, then run: audiobook-daemon reload; if the file has not changed, audiobook-daemon retry {}"
LOOK = "See that its service runs, and that its address in the configuration is right."


class Disk(NamedTuple):
    total: int
    used: int
    free: int


async def examine(daemon: Daemon) -> tuple[str, list[Finding]]:
    run, outcome = await daemon.doors.do("doctor", {}, "cli")
    assert run.error is None
    assert outcome
    assert isinstance(outcome.data, list)
    assert outcome.failed == sum(finding["level"] == "failure" for finding in outcome.data)
    return outcome.summary, outcome.data


async def examined(world: DemoWorld) -> list[Finding]:
    async with Daemon.assembled(world.config) as daemon:
        return (await examine(daemon))[1]


def failures(findings: list[Finding]) -> dict[str | None, Finding]:
    return {finding["what"]: finding for finding in findings if finding["level"] == "failure"}


async def test_all_is_well(daemon: Daemon) -> None:
    heard: list[tuple[int, int | None, str]] = []
    with reporting(lambda *told: heard.append(told)):
        summary, findings = await examine(daemon)
    assert summary == "doctor: All is well."
    assert {finding["level"] for finding in findings} == {"ok"}
    assert [*dict.fromkeys(finding["what"] for finding in findings)] == [
        "configuration",
        "database",
        *INSTANCES,
        "mqtt",
    ]
    count = len(INSTANCES)
    examined = [(place, count, f"examine {name}") for place, name in enumerate(INSTANCES)]
    assert heard == [*examined, (count, count, "examine MQTT")]


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("mam", "mam_session"),
        ("prowlarr", "prowlarr_key"),
        ("google_books", "google_books_key"),
        ("hardcover", "hardcover_token"),
        ("qbittorrent", "qbittorrent_password"),
        ("audiobookshelf", "audiobookshelf_token"),
    ],
)
async def test_wrong_credentials(world: DemoWorld, name: str, secret: str) -> None:
    path = world.config.with_name("secrets.yaml")
    lines = path.read_text().splitlines()
    path.write_text("".join(f"{secret}: wrong\n" if line.startswith(secret) else f"{line}\n" for line in lines))
    findings = await examined(world)
    wrong = failures(findings)
    assert set(wrong) == ({name, "top10"} if name == "mam" else {name}), "mam is who ranks books for top10"
    told = f"{wrong[name]['text']} {wrong[name]['remedy']}"
    assert any(word in told for word in ("session", "API key", "key", "token", "password"))
    if name in {"qbittorrent", "audiobookshelf"}:
        assert wrong[name]["remedy"] == MEND.format(name)
    assert {finding["what"] for finding in findings} == {"configuration", "database", *INSTANCES, "mqtt"}


async def test_what_was_to_be_denied_and_is_not(world: DemoWorld) -> None:
    text = world.config.read_text()
    world.config.write_text(text.replace("mqtt:\n", "mqtt:\n  deny: [want/*/drpo, settings/*, action/mam/*]\n", 1))
    findings = await examined(world)
    assert [(finding["what"], finding["text"]) for finding in findings if finding["level"] == "warning"] == [
        ("mqtt", "mqtt.deny: want/*/drpo is no command and denies nothing.")
    ]


@pytest.mark.parametrize("name", [name for name in INSTANCES if name != "top10"])
async def test_a_service_that_is_down(world: DemoWorld, name: str) -> None:
    await world.stop(name)
    findings = await examined(world)
    wrong = failures(findings)
    assert set(wrong) == ({name, "top10"} if name == "mam" else {name})
    assert "cannot be reached: Connection refused" in str(wrong[name]["text"])
    if name in {"qbittorrent", "audiobookshelf"}:
        assert wrong[name]["remedy"] == LOOK


async def test_a_service_that_is_back_is_well_again(daemon: Daemon, world: DemoWorld) -> None:
    await world.stop("qbittorrent")
    assert set(failures((await examine(daemon))[1])) == {"qbittorrent"}
    await world.start("qbittorrent")
    assert (await examine(daemon))[0] == "doctor: All is well."


async def test_a_broker_that_is_down(daemon: Daemon, world: DemoWorld) -> None:
    await world.stop("mqtt")
    summary, findings = await examine(daemon)
    assert summary == "doctor: 1 to mend, 0 to look at."
    assert f"The MQTT broker at 127.0.0.1:{world.broker.port} is away" in str(failures(findings)["mqtt"]["text"])
    assert (
        failures(findings)["mqtt"]["remedy"] == "See that the broker runs, and that mqtt.host and mqtt.port are right."
    )


async def test_the_broker_of_a_running_daemon(daemon: Daemon, world: DemoWorld) -> None:
    ready, stop = asyncio.Event(), asyncio.Event()

    async def connected(yes: bool) -> None:
        async with asyncio.timeout(60):
            while daemon.outside.bridge is None or daemon.outside.bridge.presence.connected is not yes:
                await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as group:
        group.create_task(daemon.serve(ready.set, stop))
        await ready.wait()
        await connected(yes=True)
        well = await examine(daemon)
        await world.stop("mqtt")
        await connected(yes=False)
        ill = await examine(daemon)
        stop.set()
    assert well[0] == "doctor: All is well."
    assert set(failures(ill[1])) == {"mqtt"}


async def test_what_is_missing_or_switched_off(world: DemoWorld, edit: Edit) -> None:
    edit("auto_grab: yes", "auto_grab: no")
    for name in ("mam", "prowlarr"):
        edit(f"  {name}:\n", f"  {name}:\n    enabled: no\n")
    findings = [finding for finding in await examined(world) if finding["what"] == "configuration"]
    assert [(finding["level"], finding["text"]) for finding in findings[1:]] == [
        ("warning", "No instance plays Indexer."),
        ("ok", "auto_grab is off for top10, hardcover: what they wish waits for you in review."),
    ]
    assert findings[1]["remedy"] == "Nothing offers releases; add mam or prowlarr under `plugins:`."
    assert findings[2]["remedy"] == "Set `auto_grab: yes` there to let the daemon grab by itself."


async def test_warnings_of_the_configuration_are_repeated(world: DemoWorld, edit: Edit) -> None:
    edit("0 3 * * sun", "0 3 * * 6")
    (warning,) = [finding for finding in await examined(world) if finding["level"] == "warning"]
    assert "6 is Saturday here" in str(warning["text"])
    assert f"{world.config}:" in str(warning["text"])


async def test_little_space(daemon: Daemon, world: DemoWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(10**12, 10**12, 90_000_000))
    summary, findings = await examine(daemon)
    assert summary == "doctor: 0 to mend, 2 to look at."
    warnings = {finding["what"]: finding for finding in findings if finding["level"] == "warning"}
    assert warnings["database"]["text"] == f"{world.config.parent} has 90 MB left."
    told = str(warnings["audiobookshelf"]["text"])
    assert told.startswith(f"{world.library} is ")
    assert told.endswith("has 90 MB left. 1 GB are kept free: nothing is grabbed until there is more.")
    assert all(str(finding["remedy"]).startswith("Free some space there") for finding in warnings.values())


async def test_what_nobody_knows_in_the_trash_is_named_and_left(daemon: Daemon, world: DemoWorld) -> None:
    stranger = world.library / TRASH / "put here by hand"
    stranger.mkdir(parents=True)
    entry = await daemon.database.trash.add(
        None,
        library="audiobookshelf",
        item="gone",
        title="Gone",
        origin=str(world.library / "Gone"),
        place=str(stranger.with_name("Gone")),
        size=1,
        reason="A person undid it.",
        due=daemon.started,
    )
    await daemon.database.trash.deleted(entry.id)
    _, findings = await examine(daemon)
    (found,) = [finding for finding in findings if finding["what"] == "trash"]
    assert (found["level"], found["text"]) == ("warning", f"{stranger} lies in the trash and is on no record.")
    assert stranger.exists()


async def test_a_library_folder_that_is_not_there(daemon: Daemon, world: DemoWorld) -> None:
    shutil.rmtree(world.library)
    wrong = failures((await examine(daemon))[1])
    assert set(wrong) == {"audiobookshelf"}
    assert str(world.library) in str(wrong["audiobookshelf"]["text"])


async def test_a_folder_whose_space_cannot_be_told(
    daemon: Daemon, world: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def usage(path: Path) -> Disk:
        if path == world.library:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return Disk(10**12, 0, 10**12)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    summary, findings = await examine(daemon)
    assert summary == "doctor: 1 to mend, 0 to look at."
    told = failures(findings)["audiobookshelf"]["text"]
    assert told == f"{world.library} cannot be used: Input/output error."


async def test_a_bug_in_one_check_hides_nobody_else(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stumble() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(daemon.host.instances["top10"].plugin, "check", stumble)
    _, findings = await examine(daemon)
    assert failures(findings)["top10"]["text"] == "top10 failed in check (ZeroDivisionError: division by zero)."
    assert {finding["what"] for finding in findings} == {"configuration", "database", *INSTANCES, "mqtt"}


async def test_a_check_that_hangs_is_cut_off(daemon: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(daemon.host.instances["mam"].plugin, "check", hang)
    monkeypatch.setattr(doctor, "CHECK_TIMEOUT", 0.05)
    assert failures((await examine(daemon))[1])["mam"]["text"] == "mam took more than 0.05 seconds for check."
