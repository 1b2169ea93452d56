"""What every event has in common."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from audiobook_daemon.mqtt.payloads import Document, moment


class Opening(TypedDict):
    """The first keys of every event; shapes that inherit them keep what is said here."""

    event_type: Annotated[str, Field(description="Category and action, for an event often stands alone.")]
    at: Annotated[str | None, Field(description="When it happened.")]


class Head(Opening):
    """The same with an id of the event."""

    id: Annotated[str, Field(description="Different for each event; a broker may deliver one twice.")]


@dataclass(frozen=True, slots=True)
class EventKind:
    """One line of the table of events."""

    category: str
    action: str
    shape: type[Document]
    description: str

    @property
    def event_type(self) -> str:
        """The topic in one word."""
        return f"{self.category}_{self.action}"

    def opening(self, at: datetime) -> Opening:
        """Begin the document of one event whose `id` is that of a thing."""
        return {"event_type": self.event_type, "at": moment(at)}

    def head(self, at: datetime) -> Head:
        """Begin the document of one event."""
        return {**self.opening(at), "id": uuid.uuid4().hex}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it is published on `event/<category>/<action>`."""

    kind: EventKind
    document: Document
