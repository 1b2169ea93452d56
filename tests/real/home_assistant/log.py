"""What Home Assistant's log holds against us."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* (?P<level>[A-Z]+) \([^)]*\) \[(?P<logger>[^\]]+)\] ")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_BAD = frozenset({"WARNING", "ERROR", "CRITICAL"})
_OURS = ("mqtt", "template", "blueprint", "automation", "lovelace", "audiobook")
_ITS_OWN = (
    "Task exception was never retrieved",
    "Error returned from MQTT server: The connection was lost",
    "failed to receive on socket: ",
)
"""What comes of any broker that goes away."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record with all its lines."""

    level: str
    logger: str
    text: str


def complaints(folder: Path, words: Collection[str] = ()) -> Sequence[str]:
    """Return every warning and error about MQTT, templates, automations, dashboards and what `words` name."""
    about = {word.lower() for word in (*_OURS, *words)}
    return [record.text for record in records(folder) if record.level in _BAD and _concerns(record, about)]


def records(folder: Path) -> Iterator[Record]:
    """Read every record of every life, the oldest first."""
    lines: list[str] = []
    for file in sorted(folder.glob("home-assistant.log*"), reverse=True):
        for line in _COLOUR.sub("", file.read_text("utf-8", errors="replace")).splitlines():
            if _HEAD.match(line) and lines:
                yield from _record(lines)
                lines = []
            lines.append(line)
    yield from _record(lines)


def _record(lines: Sequence[str]) -> Iterator[Record]:
    if lines and (head := _HEAD.match(lines[0])):
        yield Record(head["level"], head["logger"], "\n".join(lines))


def _concerns(record: Record, about: Collection[str]) -> bool:
    if any(words in record.text for words in _ITS_OWN):
        return False
    return any(word in record.text.lower() for word in about)
