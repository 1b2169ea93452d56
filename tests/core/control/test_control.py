from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audiobook_daemon import Outcome
from audiobook_daemon.actions import report_progress
from audiobook_daemon.control import ControlServer, NotRunning, Remote, client, control_place, server, socket_path
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Run, RunOutcome

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Serving = Callable[..., AbstractAsyncContextManager[Path]]


class Doors:
    """Does what the action's name says."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.open = asyncio.Event()
        self.left = asyncio.Event()

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> tuple[Run, Outcome | None]:
        self.done.append((action, dict(arguments), trigger))
        match action:
            case "wait":
                try:
                    await self.open.wait()
                finally:
                    self.left.set()
            case "count":
                for number in range(3):
                    report_progress(number, 3, f"number {number}")
                    await asyncio.sleep(0)
            case "refuse":
                raise AudiobookDaemonError("There is no action called 'refuse'.")
            case "bug":
                raise ZeroDivisionError("a bug")
            case "fail":
                return Run("1", action, trigger, NOW, RunOutcome.FAILED, error="The site is down."), None
        data: object = {"at": NOW} if action == "odd" else [1, 2]
        return Run("1", action, trigger, NOW, RunOutcome.SUCCESS, NOW, 3, 2, 1, "Done."), Outcome("Done.", data=data)

    async def do_job(self, job: str, trigger: str) -> tuple[Run, Outcome | None]:
        return await self.do(f"job {job}", {}, trigger)

    async def retry(self, instance: str) -> None:
        self.done.append(("retry", instance))

    async def reload(self) -> str:
        return "Nothing has changed."

    async def keys(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        self.done.append(("keys", dict(asked)))
        return {"data": []}

    async def cancel_run(self, run_id: str) -> object:
        self.done.append(("cancel", run_id))
        return None

    async def tell(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        self.done.append(dict(asked))
        return {"data": []}


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def serving(tmp_path: Path, doors: Doors) -> Serving:
    @asynccontextmanager
    async def serve(folder: Path = tmp_path) -> AsyncIterator[Path]:
        path = socket_path(folder / "state.db")
        async with ControlServer(path, doors).serving():
            yield path

    return serve


async def raw(path: Path, line: bytes) -> dict[str, object]:
    """Send something that no command line would."""
    reader, writer = await asyncio.open_unix_connection(str(path))
    writer.write(line)
    writer.write_eof()
    answer = json.loads(await reader.readline())
    writer.close()
    await writer.wait_closed()
    assert isinstance(answer, dict)
    return answer


async def test_an_action_is_done_and_its_outcome_told(serving: Serving, doors: Doors) -> None:
    async with serving() as path:
        answer = await Remote(path).ask({"action": "choose", "arguments": {"limit": "5"}})
    assert doors.done == [("choose", {"limit": "5"}, "cli")]
    counts = {"processed": 3, "succeeded": 2, "failed": 1}
    assert answer == {"summary": "Done.", "outcome": "success", "data": [1, 2], **counts}


@pytest.mark.parametrize(
    ("question", "done", "summary"),
    [
        ({"job": "hunt"}, ("job hunt", {}, "cli"), "Done."),
        ({"pause": "hunt"}, ("pause", {"job": "hunt"}, "cli"), "Done."),
        ({"resume": "hunt"}, ("resume", {"job": "hunt"}, "cli"), "Done."),
        ({"retry": "mam"}, ("retry", "mam"), "mam is tried again."),
    ],
)
async def test_other_questions(
    serving: Serving, doors: Doors, question: Mapping[str, object], done: object, summary: str
) -> None:
    async with serving() as path:
        answer = await Remote(path).ask(question)
    assert (doors.done, answer["summary"]) == ([done], summary)


async def test_keys_are_asked_for(serving: Serving, doors: Doors) -> None:
    async with serving() as path:
        assert await Remote(path).ask({"keys": {"do": "list"}}) == {"data": []}
    assert doors.done == [("keys", {"do": "list"})]


async def test_a_run_is_called_off_and_what_a_daemon_knows_is_told(serving: Serving, doors: Doors) -> None:
    async with serving() as path:
        assert await Remote(path).ask({"cancel": "0a1b2c3d"}) == {"summary": "The run 0a1b2c3d is called off."}
        assert await Remote(path).ask({"tell": "log", "limit": 5}) == {"data": []}
    assert doors.done == [("cancel", "0a1b2c3d"), {"tell": "log", "limit": 5}]


async def test_reload(serving: Serving) -> None:
    async with serving() as path:
        assert await Remote(path).ask({"reload": True}) == {"summary": "Nothing has changed."}


async def test_progress_is_heard_before_the_answer(serving: Serving) -> None:
    heard: list[tuple[int, int | None, str]] = []
    async with serving() as path:
        await Remote(path).ask({"action": "count"}, lambda *told: heard.append(told))
        await Remote(path).ask({"action": "count"})
    assert heard == [(0, 3, "number 0"), (1, 3, "number 1"), (2, 3, "number 2")]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"action": "refuse"}, "There is no action called 'refuse'."),
        ({"action": "fail"}, "The site is down."),
        ({"action": "bug"}, r"The daemon made a mistake \(ZeroDivisionError\); its log tells more."),
        ({}, "The question names nothing that could be done."),
        ({"action": "choose", "arguments": [1]}, "The question names nothing that could be done."),
    ],
)
async def test_an_error_is_a_sentence(serving: Serving, question: Mapping[str, object], sentence: str) -> None:
    async with serving() as path:
        with pytest.raises(AudiobookDaemonError, match=sentence):
            await Remote(path).ask(question)


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"no json\n", b"{\n", b'{"action": "choose"\n', b"\xff\xfe\n", b"[" * 10_000 + b"\n", b"x" * 200_000],
)
async def test_a_line_that_is_no_json_is_answered(serving: Serving, doors: Doors, line: bytes) -> None:
    async with serving() as path:
        assert await raw(path, line) == {"error": "The question is no JSON line."}
        assert (await Remote(path).ask({"action": "choose"}))["summary"] == "Done."
    assert len(doors.done) == 1


@pytest.mark.parametrize("line", [b"[]", b"5", b'"action"', b"null", b"true"])
async def test_json_of_another_shape_is_answered(serving: Serving, line: bytes) -> None:
    async with serving() as path:
        assert await raw(path, line + b"\n") == {"error": "The question is no JSON object."}


async def test_data_that_is_no_json_is_told_as_text(serving: Serving) -> None:
    async with serving() as path:
        assert (await Remote(path).ask({"action": "odd"}))["data"] == {"at": str(NOW)}


async def test_questions_do_not_wait_for_each_other(serving: Serving, doors: Doors) -> None:
    async with serving() as path:
        waiting = [asyncio.create_task(Remote(path).ask({"action": "wait"})) for _ in range(5)]
        async with asyncio.timeout(60):
            answers = await asyncio.gather(*(Remote(path).ask({"action": "choose"}) for _ in range(20)))
        assert len(answers) == 20
        assert not any(task.done() for task in waiting)
        doors.open.set()
        await asyncio.gather(*waiting)


async def test_who_goes_away_harms_nobody(serving: Serving, doors: Doors, caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as path:
        for action in ("wait", "count", "choose"):
            _, writer = await asyncio.open_unix_connection(str(path))
            writer.write(json.dumps({"action": action}).encode() + b"\n")
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        async with asyncio.timeout(60):
            while len(doors.done) < 3:
                await asyncio.sleep(0.005)
        doors.open.set()
        await doors.left.wait()
        assert (await Remote(path).ask({"action": "choose"}))["summary"] == "Done."
    assert [record.getMessage() for record in caplog.records if record.levelname != "DEBUG"] == []


async def test_the_end_of_the_daemon_is_told_to_who_waits(serving: Serving, doors: Doors) -> None:
    async with serving() as path:
        task = asyncio.create_task(Remote(path).ask({"action": "wait"}))
        async with asyncio.timeout(60):
            while not doors.done:
                await asyncio.sleep(0.005)
    with pytest.raises(AudiobookDaemonError, match="The daemon stopped before it had answered"):
        await task
    assert doors.left.is_set()


@pytest.mark.parametrize("answer", [b"", b'{"summary": "Do', b'{"progress": [0, 3, "x"]}\n'])
async def test_an_answer_that_breaks_off_is_a_sentence(tmp_path: Path, answer: bytes) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(answer)
        writer.close()

    path = tmp_path / "socket"
    async with await asyncio.start_unix_server(say, str(path)):
        with pytest.raises(AudiobookDaemonError, match="The daemon stopped before it had answered"):
            await Remote(path).ask({"action": "choose"})


async def test_a_connection_that_breaks_off_is_a_sentence(tmp_path: Path) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    path = tmp_path / "socket"
    async with await asyncio.start_unix_server(hang_up, str(path)):
        with pytest.raises(AudiobookDaemonError, match="The daemon stopped before it had answered"):
            await Remote(path).ask({"action": "x" * 5_000_000})


async def test_only_the_owner_may_connect(serving: Serving) -> None:
    async with serving() as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.name == "state.db.sock"


async def test_nobody_can_connect_before_the_mode_is_set(tmp_path: Path, doors: Doors) -> None:
    path = tmp_path / "state.db.sock"
    seen: list[str] = []
    chmod = Path.chmod

    def looking(self: Path, mode: int) -> None:
        with socket.socket(socket.AF_UNIX) as visitor:
            seen.append(type(_error(visitor, str(path))).__name__)
        chmod(self, mode)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "chmod", looking)
        async with ControlServer(path, doors).serving():
            pass
    assert seen == ["ConnectionRefusedError"]


def _error(visitor: socket.socket, path: str) -> OSError | None:
    try:
        visitor.connect(path)
    except OSError as error:
        return error
    return None


async def test_a_path_longer_than_a_socket_address(serving: Serving, tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 100) / ("ü" * 50)
    folder.mkdir(parents=True)
    async with serving(folder) as path:
        assert path.is_socket()
        assert (await Remote(path).ask({"action": "choose"}))["summary"] == "Done."
    assert not path.exists()
    with pytest.raises(NotRunning):
        await Remote(path).ask({"action": "choose"})


async def test_without_a_daemon(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.sock", tmp_path / "no folder" / "x.sock", tmp_path / ("y" * 200) / "x.sock"):
        with pytest.raises(NotRunning, match="The daemon is not running"):
            await Remote(path).ask({"action": "choose"})


async def test_a_socket_left_behind_is_replaced(serving: Serving, tmp_path: Path) -> None:
    path = socket_path(tmp_path / "state.db")
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    with pytest.raises(NotRunning):
        await Remote(path).ask({"action": "choose"})
    async with serving():
        assert (await Remote(path).ask({"action": "choose"}))["summary"] == "Done."
    assert not path.exists()


async def test_with_a_database_server_there_is_a_door_without_a_file(tmp_path: Path, doors: Doors) -> None:
    place = control_place(tmp_path / "audiobook-daemon.yaml", None)
    with pytest.raises(NotRunning):
        await Remote(place).ask({"action": "choose"})
    async with ControlServer(place, doors).serving():
        assert (await Remote(place).ask({"action": "choose"}))["summary"] == "Done."
        assert control_place(tmp_path / "other.yaml", None) != place
        with pytest.raises(OSError, match="in use"):
            async with ControlServer(place, doors).serving():
                pass
    with pytest.raises(NotRunning):
        await Remote(place).ask({"action": "choose"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", [True, False])
async def test_strangers_are_not_heard(
    tmp_path: Path, doors: Doors, monkeypatch: pytest.MonkeyPatch, *, file: bool
) -> None:
    place = control_place(tmp_path / "audiobook-daemon.yaml", tmp_path / "state.db" if file else None)
    monkeypatch.setattr(server, "other_end", lambda _: os.geteuid() + 1)
    async with ControlServer(place, doors).serving():
        with pytest.raises(AudiobookDaemonError, match=r"Only the user the daemon runs as may command it\."):
            await Remote(place).ask({"action": "choose"})
    assert doors.done == []


async def test_nothing_is_told_to_a_stranger_who_took_the_name(
    tmp_path: Path, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = control_place(tmp_path / "audiobook-daemon.yaml", None)
    monkeypatch.setattr(client, "other_end", lambda _: 4711)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    async with ControlServer(place, doors).serving():
        with pytest.raises(AudiobookDaemonError, match=r"Only the user the daemon runs as may command it\."):
            await Remote(place).ask({"action": "choose"})
        assert doors.done == []
        monkeypatch.undo()
        await Remote(place).ask({"action": "choose"})
    assert len(doors.done) == 1
