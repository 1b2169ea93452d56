"""What is told, and how it is made of events."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from audiobook_daemon import Event, EventsCondensed
from audiobook_plugins.notify.config import Templates
from audiobook_plugins.notify.kinds import HEADINGS, Kind, kind_of
from audiobook_plugins.notify.templates import LONGEST_BODY, LONGEST_TITLE, rendered, shortened
from audiobook_plugins.notify.variables import variables_of
from audiobook_plugins.notify.wording import BODIES, LINES, SUMMARY, TITLES

_MOST_LINES = 20
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it waits to be told."""

    id: str
    kind: str
    title: str
    body: str
    at: datetime
    lines: tuple[str, ...]
    """How it stands in a list."""
    count: int = 1
    """How many events it stands for."""
    well: bool = True
    left: tuple[str, ...] = ()
    """The addresses that have not taken it yet."""


class Composer:
    """Words messages; a template that fails with a real event is replaced by the usual wording, and told of once."""

    def __init__(self, templates: Templates, name: str, zone: Callable[[], tzinfo], log: logging.Logger) -> None:
        self._templates = templates
        self._name = name
        self._zone = zone
        self._log = log
        self._failed: set[str] = set()

    def message_of(self, event: Event) -> Message | None:
        """Word an event; None for one that nobody is told of."""
        kind = kind_of(event)
        if kind is None:
            return None
        if isinstance(event, EventsCondensed):
            return self._of_many(kind, event)
        values = {**variables_of(event), **self._common(event.at)}
        title, body = self._text(kind, "title", values), self._text(kind, "body", values)
        line = rendered(LINES[kind], values) if kind in LINES else title
        well = bool(values.get("well", values.get("returned", kind is not Kind.FAILED)) and not values.get("dangers"))
        return _message(kind, title, body or title, event.at, (shortened(line, _LONGEST_LINE),), well=well)

    def summary_of(self, messages: Sequence[Message], heading: str, at: datetime) -> Message:
        """Word several messages as one; there must be one at least."""
        groups: list[Mapping[str, object]] = []
        for kind in Kind:
            of_kind = [message for message in messages if message.kind == kind]
            lines = [line for message in of_kind for line in message.lines]
            if count := sum(message.count for message in of_kind):
                shown = lines[:_MOST_LINES]
                more = count - len(shown)
                groups.append(
                    {"kind": kind.value, "name": HEADINGS[kind], "count": count, "lines": shown, "more": more}
                )
        since = self._local(min(message.at for message in messages))
        count = sum(message.count for message in messages)
        values = {"heading": heading, "count": count, "since": since, "groups": groups, **self._common(at)}
        title, body = self._text(SUMMARY, "title", values), self._text(SUMMARY, "body", values)
        return _message(SUMMARY, title, body or title, at, (title,), count=count)

    def _of_many(self, kind: Kind, event: EventsCondensed) -> Message:
        """Word a flood as a list of its first events; it may become part of another list later."""
        examples = [made for one in event.examples if (made := self.message_of(one))]
        lines = tuple(line for made in examples for line in made.lines)
        flood = Message("", kind, "", "", event.at, lines, event.count)
        summary = self.summary_of([flood], HEADINGS[kind], event.at)
        return _message(kind, summary.title, summary.body, event.at, lines, count=event.count)

    def _text(self, kind: str, part: str, values: Mapping[str, object]) -> str:
        usual = (TITLES if part == "title" else BODIES)[kind]
        own = getattr(self._templates.of(kind), part)
        limit = LONGEST_TITLE if part == "title" else LONGEST_BODY
        if own is not None:
            try:
                text = rendered(own, values)
            except Exception as error:  # noqa: BLE001 - a person's template may do anything in its sandbox
                self._complain(f"{kind}.{part}", error)
            else:
                return shortened(text, limit)
        text = rendered(usual, values)
        return shortened(" ".join(text.split()) if part == "title" else text, limit)

    def _complain(self, template: str, error: Exception) -> None:
        if template not in self._failed:
            self._failed.add(template)
            self._log.warning(
                "%s: the template %s fails (%s); the usual wording is taken.", self._name, template, error
            )

    def _common(self, at: datetime) -> Mapping[str, object]:
        return {"at": self._local(at), "instance": self._name}

    def _local(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone()):%Y-%m-%d %H:%M}"


def _message(
    kind: str, title: str, body: str, at: datetime, lines: tuple[str, ...], *, count: int = 1, well: bool = True
) -> Message:
    """Make a message whose id is the same whenever the same event is worded in the same way."""
    written = "\0".join((kind, at.isoformat(), title, *lines, str(count)))
    return Message(hashlib.sha256(written.encode()).hexdigest()[:24], kind, title, body, at, lines, count, well)
