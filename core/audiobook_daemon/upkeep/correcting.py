"""Corrects the metadata of owned books, and takes corrections back."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.upkeep.house import House


class Correcting:
    """Corrects the metadata of owned books, and takes corrections back."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
