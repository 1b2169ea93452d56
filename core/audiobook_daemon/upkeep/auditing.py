"""Looks over the library as a whole: duplicates, findings, the report, and what may be forgotten."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.upkeep.house import House


class Auditing:
    """Looks over the library as a whole: duplicates, findings, the report, and what may be forgotten."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
