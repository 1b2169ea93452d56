"""Kills the process at a line of the daemon's own code, counted from the beginning of its life."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from tests.faults.script import Record, Rooms

import audiobook_daemon
import audiobook_plugins

_CORE, _PLUGINS = Path(audiobook_daemon.__path__[0]), Path(audiobook_plugins.__path__[0])
_ACTING = tuple(
    str(place)
    for place in (
        *(_CORE / room for room in ("shelving", "store", "host/host.py", "host/instance.py", "http", "backup")),
        *(_CORE / "pipeline" / name for name in ("engine.py", "grab.py", "watch.py", "shelv", "returning", "adopting")),
        *(_PLUGINS / plugin for plugin in ("qbittorrent", "audiobookshelf")),
    )
)
_OURS = (f"{_CORE}{os.sep}", f"{_PLUGINS}{os.sep}")


class Death:
    """Comes at the given line; until then it only counts."""

    def __init__(self, line: int | None, rooms: Rooms, record: Record) -> None:
        self._line = line
        self._record = record
        self._beginnings = _ACTING if rooms is Rooms.ACTING else _OURS
        self._counted: dict[str, bool] = {}
        self.lines = 0
        """How many lines were run so far."""

    def arm(self) -> None:
        """Count from now on, in every thread that begins from now on too."""
        threading.settrace(self._enter)
        sys.settrace(self._enter)

    def _enter(self, frame: FrameType, _event: str, _more: Any) -> Any:  # noqa: ANN401
        name = frame.f_code.co_filename
        counted = self._counted.get(name)
        if counted is None:
            counted = self._counted[name] = name.startswith(self._beginnings)
        return self._step if counted else None

    def _step(self, frame: FrameType, event: str, _more: Any) -> Any:  # noqa: ANN401
        if event == "line":
            self.lines += 1
            if self.lines == self._line:
                sys.settrace(None)
                place = Path(frame.f_code.co_filename)
                home = _CORE.parent if place.is_relative_to(_CORE) else _PLUGINS.parent
                self._record.add("kill", f"{place.relative_to(home)}:{frame.f_lineno}")
                os.kill(os.getpid(), signal.SIGKILL)
        return self._step
