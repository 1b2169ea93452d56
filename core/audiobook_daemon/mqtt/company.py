"""Whether another daemon lives below the same base: both hear what either sends to itself."""

from __future__ import annotations

import re
import secrets

_SAID = re.compile(rb"(hello|here) ([0-9a-f]{16})( [0-9a-f]{16})?")


class Company:
    """Greets, and knows the greetings of others; only a greeting is answered, so two never talk without end."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(8).encode()
        self.greeting = b""
        """What was said last."""

    def greet(self) -> bytes:
        """Return a greeting that nobody has used before."""
        self.greeting = b"hello %b %b" % (self._name, secrets.token_hex(8).encode())
        return self.greeting

    def is_other(self, said: bytes) -> bool:
        """Tell whether this was said by another daemon."""
        found = _SAID.fullmatch(said)
        return found is not None and found[2] != self._name

    def answer_to(self, said: bytes) -> bytes | None:
        """Return the answer to another daemon's greeting, by which it learns of us; None to anything else."""
        return b"here " + self._name if self.is_other(said) and said.startswith(b"hello") else None
