from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobook_daemon import service
from audiobook_daemon.service import (
    OWN_LOGGERS,
    Redaction,
    ServiceManager,
    handling_signals,
    set_level,
    set_up_logging,
    watchdog_interval,
)

UNIT = Path(__file__).parents[2] / "audiobook-daemon.service"


@pytest.fixture
def redaction() -> Redaction:
    return Redaction(("s3cr3t-value", "s3cr3t-value-longer", "abc"))


@pytest.fixture
def output(redaction: Redaction) -> Iterator[io.StringIO]:
    """The text lines of the log."""
    yield from written(redaction, "text")


def written(redaction: Redaction, style: str) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    level = root.level
    stream = io.StringIO()
    handler = set_up_logging(redaction, level="debug", style="json" if style == "json" else "text", stream=stream)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


def test_the_level_is_changed_and_changed_back(output: io.StringIO) -> None:
    own, library = logging.getLogger("audiobook_daemon.x"), logging.getLogger("library")
    for level in ("warning", "debug", "info"):
        set_level(level)
        for logger in (own, library):
            logger.warning("warning at %s", level)
            logger.info("info at %s", level)
            logger.debug("debug at %s", level)
    told = [line.split()[-5:] for line in output.getvalue().splitlines()]
    said = [(place.rstrip(":"), what, at) for _, place, what, _, at in told]
    both = ("audiobook_daemon.x", "library")
    assert said == [
        *((place, "warning", "warning") for place in both),
        ("audiobook_daemon.x", "warning", "debug"),
        ("audiobook_daemon.x", "info", "debug"),
        ("audiobook_daemon.x", "debug", "debug"),
        ("library", "warning", "debug"),
        ("library", "info", "debug"),
        *((place, what, "info") for place in both for what in ("warning", "info")),
    ]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("key s3cr3t-value-longer!", "key ***!"),
        ("x=s3cr3t-value", "x=***"),
        ("abcdef", "abcdef"),
        ("GET /rss?passkey=0a1b2c&limit=3", "GET /rss?passkey=***&limit=3"),
        ("Cookie: mam_id=Zm9v%2Fbar; lang=en", "Cookie: mam_id=***; lang=en"),
        ("Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer ***"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic ***"),
        ("http://x/api?apikey=0123&t=search", "http://x/api?apikey=***&t=search"),
        ("?token=abc.def#top", "?token=***#top"),
        ('{"token": "abc", "name": "me"}', '{"token": "***", "name": "me"}'),
        ("{'api_key': 'abc'}", "{'api_key': '***'}"),
        ("mqtt://me:pass@host:1883", "mqtt://me:***@host:1883"),
        ("https://t.example/0a1b2c3d4e5f6071/announce", "https://t.example/***/announce"),
        ("The Bearer of Bad News", "The Bearer of Bad News"),
        ("The token was refused.", "The token was refused."),
    ],
)
def test_secrets_are_replaced_and_other_words_are_not(text: str, clean: str, redaction: Redaction) -> None:
    assert redaction.clean(text) == clean


@pytest.mark.parametrize("shown", range(4, len("s3cr3t-value-longer")))
def test_no_part_of_a_secret_is_left_where_a_text_was_cut(shown: int, redaction: Redaction) -> None:
    assert redaction.clean(f"refused: {'s3cr3t-value-longer'[:shown]}…") == "refused: ***…"


def test_a_log_line_holds_no_secret_in_message_arguments_exception_or_stack(
    output: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("test.service")
    try:
        raise ValueError("refused: s3cr3t-value")
    except ValueError:
        log.exception("asked %s", "https://x/?passkey=0a1b", stack_info=True)
    log.warning("%s", {"token": "t0k3n"})
    text = output.getvalue()
    assert "asked https://x/?passkey=***" in text
    assert "ValueError: refused: ***" in text
    assert not re.search("s3cr3t|0a1b|t0k3n", text)
    assert "Stack (most recent call last)" in text


def test_libraries_are_not_heard_below_info(output: io.StringIO) -> None:
    for name in ("audiobook_daemon.x", "audiobook_plugins.mam", "aiosqlite"):
        logging.getLogger(name).debug("what %s was given", name)
        logging.getLogger(name).info("%s is well", name)
    told = [line.split(": ", 1)[1] for line in output.getvalue().splitlines()]
    ours = ("audiobook_daemon.x", "audiobook_plugins.mam")
    assert told == [
        *(said for name in ours for said in (f"what {name} was given", f"{name} is well")),
        "aiosqlite is well",
    ]


def test_a_log_call_with_wrong_arguments_stops_nobody(output: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "%d books of %s", ("two",), None)
    assert Redaction().filter(record)
    assert record.getMessage() == "%d books of %s ('two',)"


def test_json_lines_are_one_object_each(redaction: Redaction) -> None:
    lines = written(redaction, "json")
    stream = next(lines)
    try:
        raise OSError("disk\nfull")
    except OSError:
        logging.getLogger("test.service").exception("Cannot write %s", "x")
    (line,) = stream.getvalue().splitlines()
    document = json.loads(line)
    assert document["level"] == "error"
    assert document["logger"] == "test.service"
    assert document["message"] == "Cannot write x"
    assert document["at"].endswith("+00:00")
    assert document["exception"].endswith("OSError: disk\nfull")
    next(lines, None)


def test_in_the_journal_every_line_has_a_priority_and_no_time(
    redaction: Redaction, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "journal").open("w+") as stream:
        status = os.fstat(stream.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{status.st_dev}:{status.st_ino}")
        handler = set_up_logging(redaction, stream=stream)
        try:
            logging.getLogger("test.service").error("first\nsecond")
            logging.getLogger("test.service").warning("third")
        finally:
            logging.getLogger().removeHandler(handler)
            logging.captureWarnings(capture=False)
        stream.seek(0)
        assert stream.read() == "<3>test.service: first\n<3>second\n<4>test.service: third\n"


def test_another_stream_than_the_journal_gets_plain_lines(monkeypatch: pytest.MonkeyPatch, output: io.StringIO) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", "1:2")
    logging.getLogger("test.service").info("hello")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO    test\.service: hello\n", output.getvalue())


class Listener:
    """The other end of sd_notify."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.settimeout(5)

    def heard(self) -> list[str]:
        return self.socket.recv(4096).decode().split("\n")


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    if request.param == "path":
        name = address = str(tmp_path / "notify")
    else:
        name, address = f"@audiobook-daemon-{os.getpid()}", f"\0audiobook-daemon-{os.getpid()}"
    listener = Listener(address)
    monkeypatch.setenv("NOTIFY_SOCKET", name)
    yield listener
    listener.socket.close()


def test_systemd_is_told_of_start_reload_and_stop(systemd: Listener) -> None:
    manager = ServiceManager()
    manager.ready("3 instances\nall well")
    assert systemd.heard() == ["READY=1", "STATUS=3 instances all well"]
    manager.reloading()
    reloading, at = systemd.heard()
    assert reloading == "RELOADING=1"
    assert re.fullmatch(r"MONOTONIC_USEC=\d+", at)
    manager.stopping()
    assert systemd.heard() == ["STOPPING=1"]


async def test_the_watchdog_is_fed_twice_per_interval(systemd: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    loop = asyncio.get_running_loop()
    feeding = asyncio.create_task(ServiceManager().keep_watchdog())
    before = loop.time()
    for _ in range(3):
        assert await asyncio.to_thread(systemd.heard) == ["WATCHDOG=1"]
    assert loop.time() - before > 0.15
    feeding.cancel()


@pytest.mark.parametrize(
    ("wanted", "process", "seconds"),
    [
        ("", "", None),
        ("0", "", None),
        ("x", "", None),
        ("30000000", "", 30.0),
        ("30000000", "1", None),
        ("30000000", "ours", 30.0),
    ],
)
def test_only_our_own_watchdog_counts(
    wanted: str, process: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", wanted)
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if process == "ours" else process)
    assert watchdog_interval() == seconds


async def test_without_systemd_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    monkeypatch.setattr(socket, "socket", None)
    manager = ServiceManager()
    manager.ready("well")
    async with asyncio.timeout(60):
        await manager.keep_watchdog()


def test_a_systemd_that_is_gone_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    ServiceManager().ready("well")
    assert "cannot be told READY=1" in caplog.text


async def test_signals_become_calls_on_the_loop_and_end_with_the_block() -> None:
    heard: list[str] = []
    three = asyncio.Event()

    def note(word: str) -> None:
        heard.append(word)
        if len(heard) == 3:
            three.set()

    before = signal.getsignal(signal.SIGHUP)
    with handling_signals(stop=lambda: note("stop"), reload=lambda: note("reload")):
        for number, word in ((signal.SIGHUP, "reload"), (signal.SIGTERM, "stop"), (signal.SIGINT, "stop")):
            count = len(heard)
            os.kill(os.getpid(), number)
            async with asyncio.timeout(60):
                while len(heard) == count:
                    await asyncio.sleep(0.01)
            assert heard[-1] == word
        assert three.is_set()
    assert signal.getsignal(signal.SIGHUP) == before


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit file with a program that exists, which `systemd-analyze verify` insists on."""
    if shutil.which("systemd-analyze") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("systemd-analyze is not installed")
        pytest.skip("systemd-analyze is not installed")
    text, count = re.subn(r"(?m)^ExecStart=\S+", f"ExecStart={shutil.which('true')}", UNIT.read_text(encoding="utf-8"))
    assert count == 1
    copy = tmp_path / UNIT.name
    copy.write_text(text, encoding="utf-8")
    return copy


def test_systemd_has_nothing_to_say_about_the_unit(unit: Path) -> None:
    verified = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_the_unit_gives_away_little(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", str(unit)]
    rated = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", rated.stdout)
    assert found, rated.stderr
    assert float(found[1]) <= 2.0
    assert rated.returncode == 0


def test_the_unit_starts_the_program_with_a_command_it_knows() -> None:
    found = re.search(r"(?m)^ExecStart=\S+/audiobook-daemon (.+)$", UNIT.read_text(encoding="utf-8"))
    assert found
    here = {**os.environ, "PYTHONPATH": str(Path(service.__file__).parents[1])}
    command = [sys.executable, "-m", "audiobook_daemon", *found[1].split(), "--help"]
    subprocess.run(command, check=True, capture_output=True, env=here)


def test_a_title_cannot_steer_the_terminal_of_whoever_reads_the_log() -> None:
    stream = io.StringIO()
    handler = set_up_logging(Redaction(), stream=stream)
    try:
        logging.getLogger("audiobook_daemon.test").warning("%s", "Dune\x1b[31m \u202eevil\x9b2J\r")
    finally:
        logging.getLogger().removeHandler(handler)
    written = stream.getvalue()
    assert "Dune" in written
    assert not set(written) & {"\x1b", "\u202e", "\x9b", "\r"}
