"""The table of commands: what may be asked below `<base>/request/`, with which payload, and who answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audiobook_daemon.actions import Actions
from audiobook_daemon.models import Want
from audiobook_daemon.mqtt.documents import service_document
from audiobook_daemon.mqtt.doors import Doors, NotFound
from audiobook_daemon.mqtt.payloads import Document, InvalidPayload, Json, moment
from audiobook_daemon.mqtt.settings import CommandPolicy

TRIGGER = "mqtt"


class _Payload(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Nothing(_Payload):
    pass


class _RunAction(_Payload):
    arguments: dict[str, Any] = Field(default_factory=dict, description="The arguments of the action.")


class _SetJob(_Payload):
    enabled: bool = Field(description="false pauses the job, true resumes it.")


class _Review(_Payload):
    id: Annotated[int, Field(ge=1, description="The id of the want, as in `approvals`.")]
    candidate: Annotated[int, Field(ge=1, le=1000, description="Its `number`; else the one shown.")] | None = None


class _Book(_Payload):
    title: Annotated[str, Field(min_length=1, max_length=300)]
    author: Annotated[str, Field(max_length=300)] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command has to say; `accepted` means it has only begun, and an event tells the end."""

    data: Document
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table; `<word>` in the pattern stands for one level of the topic."""

    pattern: str
    description: str
    payload: type[BaseModel]
    run: Callable[[Mapping[str, str], Any], Awaitable[Reply]]
    word: str | None = None
    """The field a bare word stands for."""
    safe: bool = False
    """Whether it is carried out with `commands: safe`."""

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the levels the pattern's words stand for, None if the path is another command's."""
        wanted, given = self.pattern.split("/"), path.split("/")
        if len(wanted) != len(given):
            return None
        pairs = list(zip(wanted, given, strict=True))
        if any(want != have for want, have in pairs if not want.startswith("<")):
            return None
        return {want.strip("<>"): have for want, have in pairs if want.startswith("<")}

    def read(self, payload: Mapping[str, object] | str) -> BaseModel:
        """Validate a payload; raises InvalidPayload with every mistake in one sentence."""
        if isinstance(payload, str):
            if self.word is None:
                raise InvalidPayload(f"{self.pattern} takes no bare word.")
            payload = {self.word: payload}
        try:
            return self.payload.model_validate(payload)
        except ValidationError as error:
            known = ", ".join(self.payload.model_fields) or "none"
            wrong = "; ".join(
                f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
                for item in error.errors(include_input=False)
            )
            raise InvalidPayload(f"{self.pattern}: {wrong} (fields: {known})") from None


class Commands:
    """Everything that can be asked for, bound to the daemon; `publish` sends every document again."""

    def __init__(
        self, doors: Doors, actions: Actions, policy: CommandPolicy, publish: Callable[[], Awaitable[None]]
    ) -> None:
        self._doors, self._actions, self._policy, self._publish = doors, actions, policy, publish
        self.table: Sequence[Command] = (
            Command("job/<job>/run", "Run a job of the schedule now.", _Nothing, self._run_job, safe=True),
            Command("job/<job>/set", "Pause or resume a job.", _SetJob, self._set_job, word="enabled"),
            Command("action/<action>/run", "Run an action of the daemon.", _RunAction, self._run_action),
            Command("action/<instance>/<action>/run", "Run an action of a plugin.", _RunAction, self._run_action),
            Command("approval/approve", "Accept a release.", _Review, self._approve, word="id", safe=True),
            Command("approval/reject", "Refuse a release.", _Review, self._reject, word="id", safe=True),
            Command("book/request", "Wish for a book.", _Book, self._request_book, word="title"),
            Command("want/<want>/drop", "Want a book no longer.", _Nothing, self._drop),
            Command("want/<want>/give_up", "Look for a book no longer.", _Nothing, self._give_up),
            Command("want/<want>/revive", "Make a closed want open again.", _Nothing, self._revive),
            Command("want/<want>/search", "Search again soon.", _Nothing, self._search),
            Command("service/<service>/check", "Ask an instance whether it is well.", _Nothing, self._check),
            Command("daemon/ping", "Answer with the time.", _Nothing, self._ping, safe=True),
            Command("daemon/publish", "Publish every document again.", _Nothing, self._publish_all, safe=True),
            Command("daemon/commands", "List the commands with their payloads.", _Nothing, self._list),
        )

    def find(self, path: str) -> tuple[Command, Mapping[str, str]] | None:
        """Return the command of a path and the levels its pattern leaves open."""
        for command in self.table:
            if (levels := command.match(path)) is not None:
                return command, levels
        return None

    def allows(self, command: Command) -> bool:
        """Tell whether the setting lets a command be carried out."""
        return self._policy == "all" or (self._policy == "safe" and command.safe)

    def allowed(self) -> tuple[str, ...]:
        """Return the patterns of the commands that are carried out."""
        return tuple(command.pattern for command in self.table if self.allows(command))

    async def _run_job(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        run_id = await self._doors.run_job(levels["job"], TRIGGER)
        return Reply({"job": levels["job"], "run_id": run_id}, accepted=True)

    async def _set_job(self, levels: Mapping[str, str], payload: _SetJob) -> Reply:
        await self._doors.set_job_enabled(levels["job"], payload.enabled)
        return Reply({"job": levels["job"], "enabled": payload.enabled})

    async def _run_action(self, levels: Mapping[str, str], payload: _RunAction) -> Reply:
        name = ".".join(levels.values())
        run_id = await self._doors.run_action(name, payload.arguments, TRIGGER)
        return Reply({"action": name, "run_id": run_id}, accepted=True)

    async def _approve(self, _levels: Mapping[str, str], payload: _Review) -> Reply:
        return _told(await self._doors.approve(payload.id, payload.candidate))

    async def _reject(self, _levels: Mapping[str, str], payload: _Review) -> Reply:
        return _told(await self._doors.reject(payload.id, payload.candidate))

    async def _request_book(self, _levels: Mapping[str, str], payload: _Book) -> Reply:
        want_id = await self._doors.request_book(payload.title, payload.author or None)
        return Reply({"id": want_id, "title": payload.title, "author": payload.author or None})

    async def _drop(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return _told(await self._doors.drop_want(_want_id(levels)))

    async def _give_up(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return _told(await self._doors.give_up_want(_want_id(levels)))

    async def _revive(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return _told(await self._doors.revive_want(_want_id(levels)))

    async def _search(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return _told(await self._doors.search_want(_want_id(levels)))

    async def _check(self, levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return Reply(service_document(await self._doors.check_instance(levels["service"])))

    async def _ping(self, _levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        return Reply({"time": moment(datetime.now(UTC))})

    async def _publish_all(self, _levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        await self._publish()
        return Reply({})

    async def _list(self, _levels: Mapping[str, str], _payload: BaseModel) -> Reply:
        listed: list[Json] = [
            {
                "command": command.pattern,
                "description": command.description,
                "allowed": self.allows(command),
                "word": command.word,
                "payload": _schema(command.payload),
            }
            for command in self.table
        ]
        actions: list[Json] = [
            {
                "action": action.name,
                "command": f"action/{action.name.replace('.', '/')}/run",
                "description": action.description,
                "arguments": _schema(action.parameters),
            }
            for action in self._actions
        ]
        return Reply({"commands": listed, "actions": actions})


def _told(want: Want) -> Reply:
    book = want.wish.book
    return Reply(
        {
            "id": want.id,
            "title": book.title,
            "author": book.authors[0] if book.authors else None,
            "state": want.state.value,
        }
    )


def _want_id(levels: Mapping[str, str]) -> int:
    text = levels["want"]
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound(f"There is no want with the id {text!r}: ids are numbers.")
    return int(text)


def _schema(model: type[BaseModel]) -> Json:
    return cast("Json", model.model_json_schema())
