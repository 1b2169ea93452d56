"""A parser of outside data: what it reads, what it may answer with, and the inputs that are made for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from random import Random

from tests.faults.fuzz import texts, trees

from audiobook_daemon import AuthFailed, HttpAnswer, Refused, Unavailable

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SITE: tuple[type[Exception], ...] = (Unavailable, AuthFailed, Refused)
"""What a plugin may raise for an answer it cannot use."""
Change = Callable[[bytes, Random], bytes]


class Form(Enum):
    """What a reader's inputs look like when they are sound."""

    JSON = partial(trees.json_of)
    BENCODE = partial(trees.bencode_of)
    TEXT = partial(texts.text_of)
    BYTES = partial(texts.bytes_of)


@dataclass(frozen=True, slots=True)
class Reader:
    """One way from bytes of strangers to our values."""

    name: str
    read: Callable[[bytes], object]
    form: Form
    samples: Sequence[bytes]
    """Sound inputs, to be changed."""
    declared: tuple[type[Exception], ...] = SITE
    """All that it may raise."""
    covers: tuple[str, ...] = ()
    """The modules with `parse`, `answers` or the like in their names whose functions it goes through."""
    weight: float = 1.0
    """Its share of the inputs compared with others; slow ones have less."""

    def input(self, rng: Random) -> bytes:
        """Make one input: mostly nearly sound, sometimes damaged on the way, seldom noise."""
        sample = rng.choice(self.samples)
        draw = rng.random()
        if draw < 0.02:
            return rng.randbytes(rng.randrange(200))
        if draw < 0.12:
            return texts.bytes_of(sample, rng)
        made: bytes = self.form.value(sample, rng)
        return texts.bytes_of(made, rng) if draw < 0.2 else made


def answer(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> HttpAnswer:
    """A whole answer of a site with this body."""
    return HttpAnswer(status, headers or {"content-type": "application/json"}, (), body, "http://site.example/page")
