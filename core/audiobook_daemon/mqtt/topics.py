"""The one table of topics: path, whether the broker keeps the last message, quality of service, meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.mqtt.messages import Message

_LEVEL = re.compile(r"[a-z0-9_-]{1,64}")
_PLACE = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the table; `<word>` in the path stands for one level."""

    path: str
    retained: bool
    qos: int
    description: str

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


AVAILABILITY = Topic("availability", True, 1, "`online` or `offline` as plain text; also the last will.")
INFO = Topic("info", True, 1, "Version, plugins, jobs, services and commands.")
STATE = Topic("state", True, 1, "How the daemon is doing: state, problems, what runs, what comes next.")
JOB = Topic("job/<job>", True, 1, "One job: schedule, state and last run.")
SERVICE = Topic("service/<service>", True, 1, "One instance of a plugin: up or down, since when, why.")
WANTS = Topic("wants", True, 1, "How many books stand in which state.")
APPROVALS = Topic("approvals", True, 1, "Releases that wait for a person's decision, the oldest first.")
DOWNLOADS = Topic("downloads", True, 1, "What is being downloaded, with counts, rate and time left.")
LIBRARY = Topic("library", True, 1, "How much the library holds, and what came last.")
COVER = Topic("library/last_added/cover", True, 1, "The cover of the book that came last, as JPEG; empty without one.")
TRACKER = Topic("tracker/<tracker>", True, 1, "How our account at a tracker stands, and what endangers it.")
SETTINGS = Topic("settings", True, 1, "What can be set while the daemon runs, and what differs from the file.")
UPDATE = Topic("update", True, 1, "The version that runs and the newest, as Home Assistant's update entities want it.")
PROGRESS = Topic("job/<job>/progress", False, 0, "How far a run has come, once a second at most.")
EVENT = Topic("event/<category>/<action>", False, 1, "Something that has happened; never kept by the broker.")
REQUEST = Topic("request/<path>", False, 1, "Commands to the daemon; a kept one is refused and cleared.")
RESPONSE = Topic("response/<path>", False, 1, "Answers, unless the request named an MQTT 5 response topic.")
ECHO = Topic(
    "request/daemon/echo", False, 1, "Sent and read by the daemon itself at each connect, to test its permissions."
)

TOPICS = (
    AVAILABILITY, INFO, STATE, JOB, SERVICE, WANTS, APPROVALS, DOWNLOADS, LIBRARY, COVER, TRACKER,
    SETTINGS, UPDATE, PROGRESS, EVENT, REQUEST, RESPONSE, ECHO,
)  # fmt: skip

ONLINE = b"online"
OFFLINE = b"offline"
