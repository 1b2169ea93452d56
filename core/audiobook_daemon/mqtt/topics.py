"""The one table of topics: path, whether the broker keeps the last message, quality of service, shape, size."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.mqtt import documents
from audiobook_daemon.mqtt.answers import AnswerDocument
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.payloads import LARGEST_REQUEST, Document

_LEVEL = re.compile(r"[a-z0-9_-]{1,64}")
_PLACE = re.compile(r"<([a-z]+)>")
ATTRIBUTES = 16 * 1024
"""Bytes that Home Assistant stores of the attributes of an entity."""
LARGE = 64 * 1024
"""Bytes of documents with lists."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the table; `<word>` in the path stands for one level."""

    path: str
    retained: bool
    qos: int
    description: str
    shape: type[Document] | None = None
    """What the JSON object holds; None for a payload that is none."""
    when: str = "Once."
    """When it is published."""
    limit: int = ATTRIBUTES
    """Bytes that no payload exceeds."""

    def below(self, base: str, **levels: str) -> str:
        """Return the whole topic; raises ValueError if a level has characters a topic must not have."""
        return f"{base}/{_PLACE.sub(lambda found: checked_level(levels[found[1]]), self.path)}"

    def message(self, base: str, payload: bytes, **levels: str) -> Message:
        """Return the message that carries `payload` on this topic."""
        return Message(self.below(base, **levels), payload, self.retained, self.qos)


def is_level(text: str) -> bool:
    """Tell whether a name can be a level of a topic as it is."""
    return _LEVEL.fullmatch(text) is not None


def checked_level(text: str) -> str:
    """Return the level unchanged; raises ValueError if it does not fit into a topic."""
    if not is_level(text):
        raise ValueError(f"{text!r} cannot be part of an MQTT topic: use a-z, 0-9, _ and -.")
    return text


AVAILABILITY = Topic(
    "availability", True, 1, "`online` or `offline` as plain text.",
    when="`online` as the last message at each connect; `offline` as the last will and at a clean stop.", limit=16,
)  # fmt: skip
INFO = Topic(
    "info", True, 1, "Who the daemon is: version, plugins, jobs, services and commands.",
    documents.InfoDocument, "At a start, and when the configuration changes.", LARGE,
)  # fmt: skip
STATE = Topic(
    "state", True, 1, "How the daemon is doing: state, problems, what runs, what comes next.",
    documents.StateDocument, "On change.",
)  # fmt: skip
JOB = Topic(
    "job/<job>", True, 1, "One job: schedule, state and last run.",
    documents.JobDocument, "On change; cleared when the job is gone.",
)  # fmt: skip
SERVICE = Topic(
    "service/<service>", True, 1, "One instance of a plugin: up or down, since when, why.",
    documents.ServiceDocument, "On change, `latency_ms` once a minute at most; cleared when the instance is gone.",
)  # fmt: skip
TRACKER = Topic(
    "tracker/<tracker>", True, 1, "How our account at a tracker stands, and what endangers it.",
    documents.TrackerDocument, "On change; cleared when the instance is gone.",
)  # fmt: skip
WANTS = Topic("wants", True, 1, "How many books stand in which state.", documents.WantsDocument, "On change.")
APPROVALS = Topic(
    "approvals", True, 1, "Releases that wait for a person's decision, the oldest first.",
    documents.ApprovalsDocument, "On change.", LARGE,
)  # fmt: skip
DOWNLOADS = Topic(
    "downloads", True, 1, "What is being downloaded, with counts, rate and time left.",
    documents.DownloadsDocument, "At once when a count changes; else on change, every 15 s at most.", LARGE,
)  # fmt: skip
LIBRARY = Topic(
    "library", True, 1, "How much the library holds, and what came last.",
    documents.LibraryDocument, "On change, every 5 s at most.",
)  # fmt: skip
COVER = Topic(
    "library/last_added/cover", True, 1, "The cover of the book that came last, as JPEG; empty without one.",
    when="When another book is the last.", limit=256 * 1024,
)  # fmt: skip
SETTINGS = Topic(
    "settings", True, 1, "What can be set while the daemon runs, and what differs from the file.",
    documents.SettingsDocument, "On change.",
)  # fmt: skip
UPDATE = Topic(
    "update", True, 1, "The version that runs and the newest, as Home Assistant's update entities want it.",
    documents.UpdateDocument, "At a start, and when a newer version is found.",
)  # fmt: skip
PROGRESS = Topic(
    "job/<job>/progress", False, 0, "How far a run of a job has come.",
    documents.ProgressDocument, "Once a second at most while it runs.", 4 * 1024,
)  # fmt: skip
EVENT = Topic(
    "event/<category>/<action>", False, 1, "Something that has happened; never kept by the broker.",
)  # fmt: skip
REQUEST = Topic(
    "request/<path>", False, 1, "Commands to the daemon; a kept one is refused and cleared.",
    when="By anybody who may.", limit=LARGEST_REQUEST,
)  # fmt: skip
RESPONSE = Topic(
    "response/<path>", False, 1, "Answers, unless the request named an MQTT 5 response topic.",
    AnswerDocument, "Once for each request.", LARGE,
)  # fmt: skip
ECHO = Topic(
    "request/daemon/echo", False, 1, "Sent and read by the daemon itself, to test its permissions.",
    when="At each connect.", limit=64,
)  # fmt: skip

TOPICS = (
    AVAILABILITY, INFO, STATE, JOB, PROGRESS, SERVICE, TRACKER, WANTS, APPROVALS, DOWNLOADS, LIBRARY, COVER, SETTINGS,
    UPDATE, EVENT, REQUEST, RESPONSE, ECHO,
)  # fmt: skip

ONLINE = b"online"
OFFLINE = b"offline"
