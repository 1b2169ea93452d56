"""Finds what is missing from owned series and authors, and wants it."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.upkeep.house import House


class Completing:
    """Finds what is missing from owned series and authors, and wants it."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
