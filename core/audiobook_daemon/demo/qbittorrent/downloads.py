"""The client behind the pages: its torrents, categories and tags, the clock that moves bytes, the memory on disk."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from audiobook_daemon.demo.qbittorrent.transfer import Phase, Transfer

_TICK = 0.02
_SAVED_EVERY = 1.0
_AS_GLOBAL = -2


class Downloads:
    """All torrents of one client; with `state` they are remembered in that JSON file from one life to the next.

    A torrent shows up `appears_after` seconds after it was added, is in checkingResumeData for `resumes_within`
    seconds, and then comes in with `speed` bytes a second.
    """

    def __init__(self, content: Path, save_path: Path, speed: float, state: Path | None) -> None:
        self.content = content
        self.save_path = save_path
        self.speed = speed
        self.appears_after = 0.05
        self.resumes_within = 0.05
        self.max_ratio = -1.0
        """The ratio at which a torrent without a limit of its own stops; -1 is never."""
        self.max_seeding_time = -1
        """Minutes after which it stops, in the same way."""
        self.transfers: dict[str, Transfer] = {}
        self.categories: dict[str, str] = {}
        self.tags: set[str] = set()
        self.added: Counter[str] = Counter()
        """How often a torrent was taken in, by hash."""
        self.duplicates: Counter[str] = Counter()
        """How often a torrent was refused because it was there, by hash."""
        self._state = state
        self._added_at: dict[str, float] = {}
        self._saved = 0.0
        self._clock: asyncio.Task[None] | None = None
        if state is not None and state.exists():
            self._load(state)

    def start(self) -> None:
        """Set the clock going. Finished torrents whose files have gone meanwhile are missingFiles from now on."""
        for transfer in self.transfers.values():
            transfer.phase = Phase.RESUMING
        self._added_at.clear()
        self._clock = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop the clock."""
        clock, self._clock = self._clock, None
        if clock is not None:
            clock.cancel()
            with suppress(asyncio.CancelledError):
                await clock
            self.save()

    def add(self, transfer: Transfer, *, taken_for_granted: bool = False) -> bool:
        """Take a torrent in; False if it is there already, then nothing of it changes."""
        if transfer.hash in self.transfers:
            self.duplicates[transfer.hash] += 1
            return False
        if transfer.category:
            self.categories.setdefault(transfer.category, "")
        self.tags.update(transfer.tags)
        if taken_for_granted:
            transfer.done = transfer.size
        self.transfers[transfer.hash] = transfer
        self.added[transfer.hash] += 1
        self._added_at[transfer.hash] = time.monotonic()
        self.save()
        return True

    def shown(self) -> list[Transfer]:
        """Give the torrents that the lists hold by now."""
        late = time.monotonic() - self.appears_after
        return [one for one in self.transfers.values() if self._added_at.get(one.hash, late) <= late]

    def named(self, hashes: str) -> list[Transfer]:
        """Give the torrents of a `hashes` parameter: joined by `|`, or `all`; unknown ones are left out."""
        if hashes == "all":
            return self.shown()
        wanted = set(hashes.lower().split("|"))
        return [one for one in self.shown() if one.hash in wanted]

    def remove(self, transfers: Iterable[Transfer], *, with_files: bool) -> None:
        """Forget torrents and, if asked to, delete their files."""
        for transfer in transfers:
            del self.transfers[transfer.hash]
            if with_files:
                transfer.delete_files()
        self.save()

    def save(self) -> None:
        """Write the memory to disk, all or nothing."""
        if self._state is None:
            return
        document = {
            "transfers": list(self.transfers.values()),
            "categories": self.categories,
            "tags": sorted(self.tags),
            "added": self.added,
            "duplicates": self.duplicates,
        }
        written = self._state.with_name(self._state.name + ".new")
        written.write_bytes(msgspec.json.encode(document))
        written.replace(self._state)
        self._saved = time.monotonic()

    def _load(self, state: Path) -> None:
        document = json.loads(state.read_text(encoding="utf-8"))
        for row in document["transfers"]:
            files = [(source, path, size) for source, path, size in row.pop("files")]
            transfer = Transfer(files=files, **row)
            transfer.phase = Phase(transfer.phase)
            self.transfers[transfer.hash] = transfer
        self.categories = document["categories"]
        self.tags = set(document["tags"])
        self.added = Counter(document["added"])
        self.duplicates = Counter(document["duplicates"])

    async def _run(self) -> None:
        shown_since: dict[str, float] = {}
        before = time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            moment = time.monotonic()
            for transfer in self.shown():
                if moment - shown_since.setdefault(transfer.hash, moment) >= self.resumes_within:
                    try:
                        self._move(transfer, moment - before)
                    except OSError:
                        transfer.phase = Phase.FAILED
            for gone in shown_since.keys() - self.transfers.keys():
                del shown_since[gone]
            if moment - self._saved >= _SAVED_EVERY:
                self.save()
            before = moment

    def _move(self, transfer: Transfer, seconds: float) -> None:
        """Go on with one torrent by as much as happens in some seconds."""
        match transfer.phase:
            case Phase.RESUMING:
                if transfer.complete and not transfer.files_lie_there():
                    transfer.phase = Phase.MISSING
                elif transfer.complete or (transfer.stopped and not transfer.done):
                    transfer.phase = Phase.READY
                else:
                    transfer.phase = Phase.CHECKING
            case Phase.CHECKING:
                transfer.check(self.content)
                transfer.phase = Phase.READY
            case Phase.READY if not transfer.stopped and not transfer.complete:
                transfer.stalled = transfer.receive(self.content, max(1, round(self.speed * seconds))) == 0
            case Phase.READY if not transfer.stopped:
                self._seed(transfer, seconds)
        if transfer.complete and transfer.completion_on is None and transfer.phase is Phase.READY:
            transfer.completion_on = int(time.time())
            self.save()

    def _seed(self, transfer: Transfer, seconds: float) -> None:
        transfer.seeding_seconds += seconds
        transfer.uploaded += round(transfer.upload_speed * seconds)
        ratio = self.max_ratio if transfer.ratio_limit == _AS_GLOBAL else transfer.ratio_limit
        minutes = self.max_seeding_time if transfer.seeding_time_limit == _AS_GLOBAL else transfer.seeding_time_limit
        enough = 0 <= ratio <= transfer.ratio
        long_enough = 0 <= minutes * 60 <= transfer.seeding_seconds
        if enough or long_enough:
            transfer.stopped = True
