"""What each command asks of the daemon, and what it has to say about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from audiobook_daemon.actions import BadArguments, Mistake
from audiobook_daemon.doors import BookWish, Doors, NotFound
from audiobook_daemon.models import Run, Want
from audiobook_daemon.mqtt.asking import Arguments, AutoGrab, Names, Nothing, Review, Settings, Switch, Wished, book_of
from audiobook_daemon.mqtt.command import Asked, Command, Reply
from audiobook_daemon.mqtt.documents import approval_entry, run_document, service_document
from audiobook_daemon.mqtt.payloads import Document, moment

TRIGGER = "mqtt"
_LOG_LINES = 20


class Handlers:
    """Carries the commands out; `publish` sends every document again, `lists` tells which lists grab by themselves."""

    def __init__(
        self, doors: Doors, publish: Callable[[], Awaitable[None]], lists: Callable[[], Mapping[str, bool]]
    ) -> None:
        self._doors, self._publish, self._lists = doors, publish, lists

    def table(self) -> Sequence[Command]:
        """Return every command but the list of them."""
        return (*self._of_runs(), *self._of_wants(), *self._of_settings(), *self._of_the_daemon())

    def _of_runs(self) -> Sequence[Command]:
        run_action = self._run_action
        return (
            Command("job/<job>/run", "Run a job of the schedule now.", Nothing, self._run_job, safe=True, keyed=True),
            Command("job/<job>/cancel", "End the run of a job.", Nothing, self._cancel_job, safe=True),
            Command("job/<job>/set", "Pause or resume a job.", Switch, self._set_job, word="enabled"),
            Command("run/<run>/show", "Tell how a run stands or ended.", Nothing, self._show_run, safe=True),
            Command("run/<run>/cancel", "End a run that is under way.", Nothing, self._cancel_run),
            Command("action/<action>/run", "Run an action of the daemon.", Arguments, run_action, keyed=True),
            Command("action/<instance>/<action>/run", "Run an action of a plugin.", Arguments, run_action, keyed=True),
            Command("library/scan", "Read what the libraries hold.", Nothing, self._scan, safe=True, keyed=True),
        )

    def _of_wants(self) -> Sequence[Command]:
        once = partial(Command, keyed=True)
        review = partial(Command, word="id", safe=True, keyed=True)
        wish = partial(Command, word="title", keyed=True, spelt=book_of)
        return (
            review("approval/approve", "Accept a release.", Review, self._approve),
            review("approval/reject", "Refuse a release.", Review, self._reject),
            wish("book/request", "Wish for a book, by title, ASIN or ISBN.", Wished, self._request),
            Command("want/<want>/show", "Tell how a want stands.", Nothing, self._show_want, safe=True),
            once("want/<want>/drop", "Want a book no longer.", Nothing, self._drop),
            once("want/<want>/give_up", "Look for a book no longer.", Nothing, self._give_up),
            once("want/<want>/revive", "Make a closed want open again.", Nothing, self._revive),
            once("want/<want>/search", "Search again soon.", Nothing, self._search),
            once("want/<want>/undo", "Take a shelved book out of the library.", Nothing, self._undo),
        )

    def _of_settings(self) -> Sequence[Command]:
        return (
            Command("schedules/set", "Pause or resume the whole schedule.", Switch, self._set_all, word="enabled"),
            Command("settings/set", "Change settings, by their names in `settings`.", Settings, self._set),
            Command("settings/reset", "Let the file count again for settings.", Names, self._reset),
            Command(
                "service/<service>/set",
                "Let the books of a list be grabbed without consent, or not.",
                AutoGrab,
                self._set_service,
                word="auto_grab",
            ),
        )

    def _of_the_daemon(self) -> Sequence[Command]:
        return (
            Command("service/<service>/check", "Ask an instance whether it is well.", Nothing, self._check),
            Command("daemon/reload", "Read the configuration again.", Nothing, self._reload),
            Command("daemon/ping", "Answer with the time.", Nothing, self._ping, safe=True),
            Command("daemon/publish", "Publish every document again.", Nothing, self._publish_all, safe=True),
        )

    async def _run_job(self, asked: Asked) -> Reply:
        job = asked.levels["job"]
        run_id = await self._doors.run_job(job, TRIGGER, key=asked.key)
        return Reply({"job": job, "run_id": run_id}, accepted=True)

    async def _cancel_job(self, asked: Asked) -> Reply:
        return _ends(await self._doors.cancel_job(asked.levels["job"]))

    async def _set_job(self, asked: Asked) -> Reply:
        await self._doors.set_job_enabled(asked.levels["job"], asked.payload.enabled)
        return Reply({"job": asked.levels["job"], "enabled": asked.payload.enabled})

    async def _show_run(self, asked: Asked) -> Reply:
        run = await self._doors.show_run(asked.levels["run"])
        lines = (run.log or "").splitlines()[-_LOG_LINES:]
        return Reply({**run_document(run), "run_id": run.id, "name": run.name, "log": list(lines)})

    async def _cancel_run(self, asked: Asked) -> Reply:
        return _ends(await self._doors.cancel_run(asked.levels["run"]))

    async def _run_action(self, asked: Asked) -> Reply:
        name = ".".join(asked.levels.values())
        try:
            run_id = await self._doors.run_action(name, asked.payload.arguments, TRIGGER, key=asked.key)
        except BadArguments as error:
            below = [Mistake(f"arguments.{one.path}", one.message, one.hint) for one in error.mistakes]
            raise BadArguments(str(error), below) from error
        return Reply({"action": name, "run_id": run_id}, accepted=True)

    async def _scan(self, asked: Asked) -> Reply:
        return await self._begin("sync", {}, asked)

    async def _undo(self, asked: Asked) -> Reply:
        return await self._begin("undo", {"want": _want_id(asked)}, asked)

    async def _begin(self, action: str, arguments: dict[str, object], asked: Asked) -> Reply:
        run_id = await self._doors.run_action(action, arguments, TRIGGER, key=asked.key)
        return Reply({"action": action, "run_id": run_id}, accepted=True)

    async def _approve(self, asked: Asked) -> Reply:
        given = asked.payload
        return Reply(told(await self._doors.approve(given.id, given.candidate, key=asked.key)))

    async def _reject(self, asked: Asked) -> Reply:
        given = asked.payload
        return Reply(told(await self._doors.reject(given.id, given.candidate, key=asked.key)))

    async def _request(self, asked: Asked) -> Reply:
        given: Wished = asked.payload
        wish = BookWish(
            given.title or None, given.author or None, given.narrator or None, given.asin or None, given.isbn or None
        )
        return Reply(told(await self._doors.request_book(wish, key=asked.key)))

    async def _show_want(self, asked: Asked) -> Reply:
        want = await self._doors.show_want(_want_id(asked))
        return Reply({**approval_entry(want), **told(want)})

    async def _drop(self, asked: Asked) -> Reply:
        return Reply(told(await self._doors.drop_want(_want_id(asked), key=asked.key)))

    async def _give_up(self, asked: Asked) -> Reply:
        return Reply(told(await self._doors.give_up_want(_want_id(asked), key=asked.key)))

    async def _revive(self, asked: Asked) -> Reply:
        return Reply(told(await self._doors.revive_want(_want_id(asked), key=asked.key)))

    async def _search(self, asked: Asked) -> Reply:
        return Reply(told(await self._doors.search_want(_want_id(asked), key=asked.key)))

    async def _set_all(self, asked: Asked) -> Reply:
        await self._doors.set_schedule_enabled(asked.payload.enabled)
        return Reply({"enabled": asked.payload.enabled})

    async def _set(self, asked: Asked) -> Reply:
        return Reply({"settings": dict(await self._doors.set_settings(asked.payload.model_extra or {}))})

    async def _reset(self, asked: Asked) -> Reply:
        return Reply({"settings": dict(await self._doors.reset_settings(asked.payload.names))})

    async def _set_service(self, asked: Asked) -> Reply:
        service, allowed = asked.levels["service"], asked.payload.auto_grab
        await self._doors.set_auto_grab(service, allowed)
        return Reply({"service": service, "auto_grab": allowed})

    async def _check(self, asked: Asked) -> Reply:
        service = asked.levels["service"]
        return Reply(service_document(await self._doors.check_instance(service), self._lists().get(service)))

    async def _reload(self, _asked: Asked) -> Reply:
        return Reply({"summary": await self._doors.reload()})

    async def _ping(self, _asked: Asked) -> Reply:
        return Reply({"time": moment(datetime.now(UTC))})

    async def _publish_all(self, _asked: Asked) -> Reply:
        await self._publish()
        return Reply({})


def told(want: Want) -> Document:
    """Say how a want stands."""
    book = want.wish.book
    author = book.authors[0] if book.authors else None
    return {"id": want.id, "title": book.title, "author": author, "state": want.state.value}


def repeated(run: Run, want: Want | None) -> Document:
    """Say what came of a run that is asked for again with its key."""
    ended = {"run_id": run.id, "outcome": run.outcome.value, "summary": run.summary, "error": run.error}
    return ended if want is None else {**told(want), **ended}


def _ends(run: Run) -> Reply:
    return Reply({"run_id": run.id, "name": run.name}, accepted=True)


def _want_id(asked: Asked) -> int:
    text = asked.levels["want"]
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound(f"There is no want with the id {text!r}: ids are numbers.")
    return int(text)
