"""Lets people follow series and authors."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.upkeep.house import House


class Following:
    """Lets people follow series and authors."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
