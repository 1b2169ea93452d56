"""Looks what is new on the trackers."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.upkeep.house import House


class News:
    """Looks what is new on the trackers."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
