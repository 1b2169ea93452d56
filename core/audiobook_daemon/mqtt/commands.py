"""The table of commands: what may be asked below `<base>/request/`, and who answers."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import cast

from pydantic import BaseModel

from audiobook_daemon.actions import Action, Actions
from audiobook_daemon.doors import Doors
from audiobook_daemon.mqtt.asking import Nothing
from audiobook_daemon.mqtt.command import Asked, Command, Reply, Restriction
from audiobook_daemon.mqtt.denial import denied_by, without_meaning
from audiobook_daemon.mqtt.handlers import Handlers
from audiobook_daemon.mqtt.payloads import Json
from audiobook_daemon.mqtt.settings import CommandPolicy

_RUN_ACTION = ("action/<action>/run", "action/<instance>/<action>/run")


class Commands:
    """Everything that can be asked for, bound to the daemon; `publish` sends every document again.

    `deny` holds patterns of commands that are refused in any case; `lists` tells which lists grab without consent.
    """

    def __init__(
        self,
        doors: Doors,
        actions: Actions,
        policy: CommandPolicy,
        publish: Callable[[], Awaitable[None]],
        deny: Sequence[str] = (),
        lists: Callable[[], Mapping[str, bool]] = dict,
    ) -> None:
        self._actions, self._policy, self._deny = actions, policy, tuple(deny)
        self.table: Sequence[Command] = (
            *Handlers(doors, publish, lists).table(),
            Command("daemon/commands", "List the commands with their payloads.", Nothing, self._list, safe=True),
        )

    def denials_of_nothing(self) -> tuple[str, ...]:
        """Return a sentence for each pattern of `deny` that covers no command: most likely it is misspelt."""
        idle = without_meaning(self._deny, self._everything())
        return tuple(f"mqtt.deny: {pattern} is no command and denies nothing." for pattern in idle)

    def find(self, path: str) -> tuple[Command, Mapping[str, str]] | None:
        """Return the command of a path and the levels its pattern leaves open."""
        for command in self.table:
            if (levels := command.match(path)) is not None:
                return command, levels
        return None

    def nearest(self, path: str) -> str | None:
        """Return the command that somebody may have meant, with the levels as they were given."""
        given = path.split("/")
        options = []
        for command in self.table:
            wanted = command.pattern.split("/")
            if len(wanted) == len(given):
                pairs = zip(wanted, given, strict=True)
                options.append("/".join(have if want.startswith("<") else want for want, have in pairs))
        return next(iter(difflib.get_close_matches(path, options, n=1, cutoff=0.75)), None)

    def restriction(self, command: Command, path: str) -> Restriction | None:
        """Return the setting that forbids a command, None if it is carried out."""
        if self._policy == "none" or (self._policy == "safe" and not command.safe):
            return Restriction("mqtt.commands", self._policy)
        if pattern := denied_by(self._deny, path):
            return Restriction("mqtt.deny", pattern)
        return None

    def allowed(self) -> tuple[str, ...]:
        """Return the patterns of the commands that are carried out."""
        return tuple(one.pattern for one in self.table if self.restriction(one, one.pattern) is None)

    def _everything(self) -> tuple[str, ...]:
        patterns = (command.pattern for command in self.table if command.pattern not in _RUN_ACTION)
        return (*patterns, *(_path_of(action) for action in self._actions))

    async def _list(self, _asked: Asked) -> Reply:
        listed: list[Json] = [
            {
                "command": command.pattern,
                "description": command.description,
                "allowed": self.restriction(command, command.pattern) is None,
                "word": command.word,
                "takes_key": command.keyed,
                "payload": _schema(command.payload),
            }
            for command in self.table
        ]
        actions: list[Json] = [self._listed(action) for action in self._actions]
        return Reply({"commands": listed, "actions": actions})

    def _listed(self, action: Action) -> Json:
        path = _path_of(action)
        found = self.find(path)
        return {
            "action": action.name,
            "command": path,
            "description": action.description,
            "allowed": found is not None and self.restriction(found[0], path) is None,
            "arguments": _schema(action.parameters),
        }


def _path_of(action: Action) -> str:
    return f"action/{action.name.replace('.', '/')}/run"


def _schema(model: type[BaseModel]) -> Json:
    return cast("Json", model.model_json_schema())
