"""What a reload keeps secret, what it changes at once, and what it says to wait for a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.service import Redaction

ENVIRONMENT = {"TZ": "UTC", "OLD": "the-old-session", "NEW": "the-new-session"}
TEXT = """\
database: sqlite://state.db
timezone: Europe/Berlin
log: {level: info}
jobs:
  weekly: {at: "0 3 * * sun", do: [cleanup]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "daemon.yaml"
    path.write_text(TEXT)
    return path


async def test_new_secrets_are_kept_from_the_log(path: Path) -> None:
    redaction = Redaction()
    path.write_text(f"{TEXT}mqtt: {{username: me, password: !env OLD}}\n")
    async with Daemon.assembled(path, ENVIRONMENT, redaction=redaction) as daemon:
        assert redaction.clean("the-old-session and the-new-session") == "*** and the-new-session"
        path.write_text(f"{TEXT}mqtt: {{username: me, password: !env NEW}}\n")
        assert await daemon.reload() == "mqtt changed."
        assert redaction.clean("the-old-session and the-new-session") == "*** and ***"


async def test_what_waits_for_a_restart_is_named_until_it_comes(path: Path) -> None:
    async with Daemon.assembled(path, ENVIRONMENT) as daemon:
        path.write_text(TEXT.replace("level: info", "level: debug, format: json"))
        assert await daemon.reload() == "log changed. Restart the daemon for: log."
        for _ in range(2):
            assert (daemon.configuration.log.level, daemon.configuration.log.format) == ("debug", "text")
            assert await daemon.reload() == "Restart the daemon for: log."
        path.write_text(TEXT)
        assert await daemon.reload() == "log changed."
        assert await daemon.reload() == "Nothing has changed."


async def test_a_time_zone_holds_at_once(path: Path) -> None:
    async with Daemon.assembled(path, ENVIRONMENT) as daemon:
        await daemon.plan()
        (before,) = daemon.scheduler.statuses()
        path.write_text(TEXT.replace("Europe/Berlin", "Asia/Tokyo"))
        assert await daemon.reload() == "timezone changed."
        (after,) = daemon.scheduler.statuses()
        assert before.next_run != after.next_run
        assert await daemon.reload() == "Nothing has changed."
