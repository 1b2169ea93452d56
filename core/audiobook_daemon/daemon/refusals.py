"""Turns the refusals of the rooms into those of the doors, and what is asked for into what a key stands for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from audiobook_daemon import doors
from audiobook_daemon.actions import UnknownAction
from audiobook_daemon.scheduler import AlreadyRunning, KeyTaken, Repeated, UnknownJob


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Raise NotFound, Conflict or Repeated for what scheduler, runner and table of actions refuse."""
    try:
        yield
    except (UnknownJob, UnknownAction) as error:
        raise doors.NotFound(str(error)) from error
    except AlreadyRunning as error:
        raise doors.Conflict(str(error)) from error
    except KeyTaken as error:
        raise doors.Conflict(str(error), hint="A key stands for one thing: take a new one.") from error
    except Repeated as error:
        raise doors.Repeated(error.run) from error


def digest(*asked: str | Mapping[str, object]) -> str:
    """Return the same text for the same command with the same arguments; one that is not given is like None."""
    plain = [part if isinstance(part, str) else {k: v for k, v in part.items() if v is not None} for part in asked]
    text = json.dumps(plain, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
