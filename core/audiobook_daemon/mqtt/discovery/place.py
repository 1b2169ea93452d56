"""Where a thing of the daemon lies: its topics, and the beginning of its ids in Home Assistant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audiobook_daemon.mqtt.topics import Topic


@dataclass(frozen=True, slots=True)
class Place:
    """One daemon, job, instance or tracker; `levels` are the words of its topics (`job`: `hunt`)."""

    base: str
    prefix: str
    """How its unique ids begin (`audiobook_daemon_job_hunt`)."""
    levels: Mapping[str, str] = field(default_factory=dict)

    def topic(self, topic: Topic) -> str:
        """Return the whole topic."""
        return topic.below(self.base, **self.levels)

    def knows(self, topic: Topic) -> bool:
        """Tell whether every level of the topic is known here."""
        return all(word.strip("<>") in self.levels for word in topic.path.split("/") if word.startswith("<"))

    def command(self, pattern: str) -> str:
        """Return the path of a command, whose pattern is as in the table of commands (`job/<job>/run`)."""
        return "/".join(self.levels[word.strip("<>")] if word.startswith("<") else word for word in pattern.split("/"))

    def request(self, pattern: str) -> str:
        """Return the topic of a command."""
        return f"{self.base}/request/{self.command(pattern)}"

    def unique_id(self, key: str) -> str:
        """Return what Home Assistant knows an entity by, for good."""
        return f"{self.prefix}_{key}"

    def entity_id(self, platform: str, key: str) -> str:
        """Return the id that people write into automations."""
        return f"{platform}.{self.prefix}_{key}".rstrip("_").replace("-", "_").lower()
