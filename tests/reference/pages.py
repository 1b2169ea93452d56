"""The topics, documents and events as text for people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from tests.reference.examples import example_documents, example_happenings
from tests.reference.keys import Key, keys_of

from audiobook_daemon.mqtt.happenings import KINDS, EventKind
from audiobook_daemon.mqtt.payloads import Document, encoded
from audiobook_daemon.mqtt.topics import RESPONSE, TOPICS

_WORDS = re.compile(r'\[\s+("[^][{}]{1,90}")\s+\]')
MOMENT = "2026-11-22T06:00:00+00:00"
_AN_ID = "5f0c6f2d5b0e4a0c9a53a7d1f1c1a0be"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown."""
    lines = [" | ".join(_cell(cell) for cell in line) for line in (head, ["---"] * len(head), *rows)]
    return "".join(f"| {line} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def topics_page() -> str:
    """List the topics."""
    rows = [
        (
            f"[`{topic.path}`](#{_anchor(topic.path)})" if topic.shape and topic is not RESPONSE else f"`{topic.path}`",
            "yes" if topic.retained else "no",
            str(topic.qos),
            topic.description,
            topic.when,
            _bytes(topic.limit),
        )
        for topic in TOPICS
    ]
    return table(("topic", "kept", "QoS", "what", "when", "at most"), rows)


def documents_page(commands: Sequence[str]) -> str:
    """Describe each document with its keys and an example."""
    examples = example_documents(commands)
    return "\n".join(
        f"### `{topic.path}`\n\n{_first_line(topic.shape)}\n\n{described(topic.shape)}\n{example(examples[topic])}"
        for topic in TOPICS
        if topic in examples and topic.shape
    )


def events_page() -> str:
    """List the events, and describe each shape of them once."""
    examples = {happening.kind.event_type: happening.document for happening in example_happenings()}
    listed = table(
        ("topic", "what has happened", "keys"),
        [(f"`event/{kind.category}/{kind.action}`", kind.description, f"[{_title(kind)}](#{_link(kind)})")
         for kind in KINDS],
    )  # fmt: skip
    shapes: dict[type, list[EventKind]] = {}
    for kind in KINDS:
        shapes.setdefault(kind.shape, []).append(kind)
    parts = [listed]
    for shape, kinds in shapes.items():
        one = next(examples[kind.event_type] for kind in kinds if kind.event_type in examples)
        one = {**one, "at": MOMENT} | ({"id": _AN_ID} if isinstance(one["id"], str) else {})
        parts.append(f"### {_title(kinds[0])}\n\n{_first_line(shape)}\n\n{described(shape)}\n{example(one)}")
    return "\n".join(parts)


def _title(kind: EventKind) -> str:
    words = kind.shape.__name__.removesuffix("Event")
    return f"{words} events"


def _link(kind: EventKind) -> str:
    return _title(kind).lower().replace(" ", "-")


def described(shape: type) -> str:
    """List the keys of a shape."""
    return table(("key", "type", "meaning"), [_row(key) for key in keys_of(shape)])


def _row(key: Key) -> tuple[str, str, str]:
    return f"`{key.path}`", key.type, key.meaning


def _first_line(shape: type) -> str:
    return " ".join((shape.__doc__ or "").split())


def example(document: Document) -> str:
    """Write a document for people."""
    text = json.dumps(json.loads(encoded(document, str)), indent=2, ensure_ascii=False)
    text = _WORDS.sub(lambda found: f"[{' '.join(found[1].split())}]", text)
    return f"```json\n{text}\n```\n"


def _anchor(path: str) -> str:
    return "".join(letter for letter in path if letter.isalnum() or letter in "-_")


def _bytes(count: int) -> str:
    return f"{count // 1024} KiB" if count >= 1024 else f"{count} bytes"
