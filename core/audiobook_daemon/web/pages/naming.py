"""The words that pages have for what the daemon calls by a stable word."""

from __future__ import annotations

from enum import Enum

_WORDS = {
    "given_up": "given up",
    "needs_person": "needs you",
    "partly_undone": "partly undone",
    "catch_up": "to catch up",
    "schedule": "on schedule",
    "mqtt": "over MQTT",
    "http": "over HTTP",
    "cli": "by command",
    "start": "at the start",
    "runtime": "running time in seconds",
}
_TONES = {
    "good": {"ready", "success", "shelved", "owned", "applied", "complete", "verified"},
    "busy": {"running", "starting", "downloading", "downloaded", "chosen", "planned", "partial"},
    "warm": {
        *("review", "warning", "resting", "interrupted", "cancelled", "paused", "held", "partly_undone", "given_up"),
        "missing",
    },
    "bad": {"failed", "needs_person", "incomplete"},
}


def worded(word: object) -> str:
    """A stable word as people say it."""
    text = str(word.value) if isinstance(word, Enum) else str(word)
    return _WORDS.get(text, text.replace("_", " "))


def tone(word: object) -> str:
    """How a stable word is to be seen: good, busy, warm, bad, or quiet."""
    text = str(word.value) if isinstance(word, Enum) else str(word)
    return next((name for name, held in _TONES.items() if text in held), "quiet")
