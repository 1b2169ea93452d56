"""The library behind the pages: the shelf, its folder, the scan that may be running, and the memory on disk."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

import msgspec

from audiobook_daemon.demo.audiobookshelf.records import Author, Item, Series, SeriesPlace, Shelf, new_id, now
from audiobook_daemon.demo.audiobookshelf.scan import ScanCounts, Scanner
from audiobook_daemon.demo.audiobookshelf.shapes import JsonObject, Shapes

_LOT = 10
"""Items that one event after a scan tells of at most."""


class Library:
    """One library over one folder; with `state` it is remembered in that JSON file from one life to the next."""

    def __init__(self, folder: Path, name: str, state: Path | None, seconds_per_book: float) -> None:
        self.folder = folder
        self.scans: list[ScanCounts] = []
        """What the finished scans did, the newest last."""
        self.tell: Callable[[str, object], None] = lambda _event, _data: None
        """Tells those who listen to the socket."""
        self._state = state
        self.shelf = _load(state) if state is not None and state.exists() else Shelf(name)
        self.shapes = Shapes(self.shelf, folder)
        self.scanner = Scanner(folder, seconds_per_book, self.save)
        self._scan: asyncio.Task[None] | None = None
        self._task: JsonObject = {}

    def tasks(self) -> list[JsonObject]:
        """Give the running tasks: none or one scan."""
        return [self._task] if self._scan is not None and not self._scan.done() else []

    def scan(self) -> bool:
        """Begin a scan in the background; False if one runs, then the request is dropped."""
        if self.tasks():
            return False
        self._task = _task(self.shelf)
        self._scan = asyncio.create_task(self._run_scan())
        return True

    async def _run_scan(self) -> None:
        known = set(self.shelf.items)
        self.scans.append(await self.scanner.library(self.shelf))
        added = [self.shapes.expanded(item) for id_, item in self.shelf.items.items() if id_ not in known]
        for start in range(0, len(added), _LOT):
            self.tell("items_added", added[start : start + _LOT])

    async def close(self) -> None:
        """Break off a running scan, as the end of the process does."""
        scan, self._scan = self._scan, None
        if scan is not None:
            scan.cancel()
            with suppress(asyncio.CancelledError):
                await scan

    def remove(self, item: Item, *, with_files: bool) -> None:
        """Forget an item and, if asked to, delete its folder or file."""
        del self.shelf.items[item.id]
        self.tell("item_removed", {"id": item.id, "libraryId": self.shelf.library_id})
        self.shelf.drop_emptied()
        path = self.folder / item.rel_path
        if with_files and path.is_dir():
            shutil.rmtree(path)
        elif with_files:
            path.unlink(missing_ok=True)
        self.save()

    def save(self) -> None:
        """Write the memory to disk, all or nothing."""
        if self._state is not None:
            written = self._state.with_name(self._state.name + ".new")
            written.write_bytes(msgspec.json.encode(self.shelf))
            written.replace(self._state)


def _load(state: Path) -> Shelf:
    document = json.loads(state.read_text(encoding="utf-8"))
    shelf = Shelf(**document)
    shelf.authors = {key: Author(**row) for key, row in document["authors"].items()}
    shelf.series = {key: Series(**row) for key, row in document["series"].items()}
    shelf.items = {key: Item(**row) for key, row in document["items"].items()}
    for item in shelf.items.values():
        item.series = [SeriesPlace(**cast(dict[str, str], place)) for place in item.series]
    return shelf


def _task(shelf: Shelf) -> JsonObject:
    return {
        "id": new_id(),
        "action": "library-scan",
        "data": {
            "libraryId": shelf.library_id,
            "libraryName": shelf.name,
            "libraryMediaType": "book",
        },
        "title": f'Scanning "{shelf.name}" library',
        "titleKey": "MessageTaskScanningLibrary",
        "titleSubs": [shelf.name],
        "description": None,
        "descriptionKey": None,
        "descriptionSubs": None,
        "error": None,
        "errorKey": None,
        "errorSubs": None,
        "showSuccess": True,
        "isFailed": False,
        "isFinished": False,
        "startedAt": now(),
        "finishedAt": None,
    }
