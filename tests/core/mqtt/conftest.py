"""A small daemon to publish and to command, and a presence that is never connected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from audiobook_daemon.actions import Actions, BadArguments, Mistake, UnknownAction
from audiobook_daemon.doors import (
    BookDownload,
    BookWish,
    Conflict,
    DaemonInfo,
    FinishedDownloads,
    LibraryCounts,
    NotFound,
    Repeated,
    SettingValue,
    Versions,
)
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import (
    Book,
    Health,
    InstanceStatus,
    JobStatus,
    Outcome,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Standing,
    Want,
    WantState,
    Wish,
)
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.desk import Desk
from audiobook_daemon.mqtt.messages import Request
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import CommandPolicy, MqttSettings

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
Answers = Callable[[], Awaitable[list[tuple[str, dict[str, Any]]]]]
Ask = Callable[..., Awaitable[dict[str, Any]]]


def make_want(state: WantState = WantState.WANTED, id_: int = 1, **changes: object) -> Want:
    """A want of Dune with a release."""
    book = Book("Dune", ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),))
    release = Release("mam", "7", "Dune (Unabridged)", narrators=("Scott Brick",), size=612_000_000, runtime=75_600.0)
    fields: dict[str, object] = {"release": release, "changed": NOW} | changes
    return Want(id_, f"dune-{id_}", Wish(book, origin="top10"), state, 1, **fields)  # type: ignore[arg-type]


class World:
    """Source and doors in one; every member may be changed by a test."""

    def __init__(self) -> None:
        self.job_list = [JobStatus("hunt", "*/30 * * * *", ("choose", "grab"))]
        self.instance_list = [InstanceStatus("mam", "mam", ("Indexer",), Health.READY)]
        self.counts: dict[WantState, int] = {WantState.WANTED: 3}
        self.waiting: list[Want] = []
        self.download_list: list[BookDownload] = []
        self.books = LibraryCounts(books=1284)
        self.database_is_away = False
        self.calls: list[tuple[object, ...]] = []
        self.keys: dict[str, tuple[object, ...]] = {}

    def info(self) -> DaemonInfo:
        return DaemonInfo("0.1.0", NOW)

    def jobs(self) -> Sequence[JobStatus]:
        return self.job_list

    def instances(self) -> Sequence[InstanceStatus]:
        return self.instance_list

    async def want_counts(self) -> Mapping[WantState, int]:
        if self.database_is_away:
            raise DatabaseError("The database is locked.")
        return self.counts

    async def reviews(self, limit: int) -> Sequence[Want]:
        return self.waiting[:limit]

    async def downloads(self) -> Sequence[BookDownload]:
        return self.download_list

    async def library(self) -> LibraryCounts:
        return self.books

    async def finished(self) -> FinishedDownloads:
        return FinishedDownloads()

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        return None

    def standings(self) -> Mapping[str, Standing]:
        return {}

    def settings(self) -> Mapping[str, SettingValue]:
        return {}

    def adjusted(self) -> Collection[str]:
        return ()

    def auto_grab(self) -> Mapping[str, bool]:
        return {}

    def paused(self) -> bool:
        return False

    def versions(self) -> Versions:
        return Versions("0.1.0", "0.1.0")

    async def run_job(self, name: str, trigger: str, *, key: str | None = None) -> str:
        self._remember("run_job", name, trigger, key=key)
        if name == "busy":
            raise Conflict("The job busy runs already.")
        if name == "broken":
            raise RuntimeError("a bug with a secret")
        return f"run-{len(self.calls)}"

    async def run_action(
        self, name: str, arguments: Mapping[str, object], trigger: str, *, key: str | None = None
    ) -> str:
        if name == "no.such":
            raise UnknownAction("There is no action called 'no.such'.")
        self._remember("run_action", name, dict(arguments), trigger, key=key)
        if "wrong" in arguments:
            mistake = Mistake("wrong", "unknown argument wrong", "It takes limit.")
            raise BadArguments("gather: unknown argument wrong", [mistake])
        return f"run-{len(self.calls)}"

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        self.calls.append(("set_job_enabled", name, enabled))

    async def show_run(self, run_id: str) -> Run:
        return self._run(run_id)

    async def cancel_run(self, run_id: str) -> Run:
        self.calls.append(("cancel_run", run_id))
        return self._run(run_id)

    async def cancel_job(self, name: str) -> Run:
        self.calls.append(("cancel_job", name))
        return self._run("cd34")

    async def set_schedule_enabled(self, enabled: bool) -> None:
        self.calls.append(("set_schedule_enabled", enabled))

    async def set_settings(self, values: Mapping[str, object]) -> Mapping[str, SettingValue]:
        self.calls.append(("set_settings", dict(values)))
        if wrong := [Mistake(name, "unknown", "Did you mean dry_run?") for name in values if name != "dry_run"]:
            raise BadArguments("There is no such setting.", wrong)
        return {"dry_run": True}

    async def reset_settings(self, names: Sequence[str]) -> Mapping[str, SettingValue]:
        self.calls.append(("reset_settings", tuple(names)))
        return {"dry_run": False}

    async def set_auto_grab(self, instance: str, allowed: bool) -> None:
        self.calls.append(("set_auto_grab", instance, allowed))

    async def reload(self) -> str:
        self.calls.append(("reload",))
        return "Nothing has changed."

    async def approve(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        if want_id > 100:
            raise NotFound(f"There is no want {want_id}.")
        self._remember("approve", want_id, candidate, key=key)
        return make_want(WantState.CHOSEN, want_id)

    async def reject(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        self._remember("reject", want_id, candidate, key=key)
        return make_want(WantState.WANTED, want_id)

    async def show_want(self, want_id: int) -> Want:
        self.calls.append(("show_want", want_id))
        return make_want(WantState.REVIEW, want_id)

    async def give_up_want(self, want_id: int, *, key: str | None = None) -> Want:
        self._remember("give_up", want_id, key=key)
        return make_want(WantState.GIVEN_UP, want_id)

    async def drop_want(self, want_id: int, *, key: str | None = None) -> Want:
        self._remember("drop", want_id, key=key)
        return make_want(WantState.DROPPED, want_id)

    async def revive_want(self, want_id: int, *, key: str | None = None) -> Want:
        self._remember("revive", want_id, key=key)
        return make_want(WantState.WANTED, want_id)

    async def search_want(self, want_id: int, *, key: str | None = None) -> Want:
        self._remember("search", want_id, key=key)
        return make_want(WantState.WANTED, want_id)

    async def request_book(self, wish: BookWish, *, key: str | None = None) -> Want:
        self._remember("request_book", wish, key=key)
        return make_want(WantState.WANTED, 17)

    def _remember(self, *call: object, key: str | None) -> None:
        """Note a call; a key that was used before is told of, as by the daemon."""
        if key is not None and (first := self.keys.setdefault(key, call)) is not call:
            raise Repeated(self._run("ab12")) if first == call else Conflict("This key was used for something else.")
        self.calls.append(call)

    @staticmethod
    def _run(run_id: str) -> Run:
        if run_id == "none":
            raise NotFound("There is no run none.")
        return Run(run_id, "hunt", "mqtt", NOW, RunOutcome.SUCCESS, NOW, 3, 2, 1, "Done.", log="one\ntwo")

    async def check_instance(self, name: str) -> InstanceStatus:
        self.calls.append(("check", name))
        return self.instance_list[0]


class Outbox:
    """Takes what waits in a presence, as a sender would."""

    def __init__(self, presence: Presence) -> None:
        self._outgoing = presence.outgoing

    def take(self) -> list[tuple[str, object]]:
        """Return topic (without the base) and document of everything that waits, and strike it."""
        taken: list[tuple[str, object]] = []
        while message := self._outgoing.first():
            self._outgoing.done(message)
            document = json.loads(message.payload) if message.payload[:1] == b"{" else message.payload
            taken.append((message.topic.removeprefix("audiobook-daemon/"), document))
        return taken


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def presence() -> Presence:
    return Presence(MqttSettings())


@pytest.fixture
def outbox(presence: Presence) -> Outbox:
    return Outbox(presence)


@pytest.fixture
def actions() -> Actions:
    async def gather(*, limit: int = 5) -> Outcome:
        """Collect wishes."""
        return Outcome(f"{limit} wishes")

    async def account() -> Outcome:
        """Show the account."""
        return Outcome("1.2 GiB")

    table = Actions()
    table.add("gather", gather)
    table.add("mam.account", account)
    return table


class Counter:
    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self) -> None:
        self.calls += 1


@pytest.fixture
def published() -> Counter:
    return Counter()


@pytest.fixture
def policy() -> CommandPolicy:
    return "all"


@pytest.fixture
def desk(presence: Presence, world: World, actions: Actions, policy: CommandPolicy, published: Counter) -> Desk:
    return Desk(presence, Commands(world, actions, policy, published), redact=str)


@pytest.fixture
def answers(desk: Desk, outbox: Outbox) -> Answers:
    """Wait for every answer to what was received so far: topics and documents."""

    async def answers() -> list[tuple[str, dict[str, Any]]]:
        async with asyncio.timeout(60):
            while desk._tasks:
                await asyncio.wait(desk._tasks)
                await asyncio.sleep(0)
        return [(topic, document) for topic, document in outbox.take() if isinstance(document, dict)]

    return answers


@pytest.fixture
def ask(desk: Desk, answers: Answers) -> Ask:
    """Send one request and return its one answer."""

    async def ask(path: str, payload: str | bytes | dict[str, object] = b"", **more: Any) -> dict[str, Any]:  # noqa: ANN401
        if isinstance(payload, dict):
            payload = json.dumps(payload)
        desk.receive(Request(path, payload.encode() if isinstance(payload, str) else payload, **more))
        ((_, answer),) = await answers()
        return answer

    return ask
