"""A household under fire: the daemon lives in processes of its own, and after each life the rules are looked at."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults import invariants
from tests.faults.answers import Answers, Spoil
from tests.faults.invariants import Remembered
from tests.faults.script import Record, Script
from tests.forked import Forked, fork

from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.standin import StandIn
from audiobook_daemon.demo.world import DemoWorld, as_book
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import WantState
from audiobook_daemon.shelving import folder_for

OTHER_SOURCES = ("audnexus", "hardcover", "open_library")
"""Left out: they only describe books, and most trials are about files."""
MOST_LIVES_TO_THE_END = 8
_SECRET = re.compile(r'^\w+: "(.+)"$', re.MULTILINE)


class Broken(AssertionError):
    """A rule does not hold; the text says which, and what came before."""


@dataclass
class Trial:
    """One household and its daemon; `rng` decides everything that is left to chance."""

    world: DemoWorld
    rng: Random
    address: str
    record: Record
    log: Path
    lives: list[str] = field(default_factory=list)
    """How each life ended."""
    expect_changed: bool = False
    """Whether the trial changes downloads itself, so that they need not stay what they were."""
    stack: ExitStack = field(default_factory=ExitStack)
    """What is to be undone when the trial is over."""
    _begun: bool = False
    _answers: dict[str, Answers] = field(default_factory=dict)
    _process: Forked | None = None
    _seen: dict[Path, tuple[str, int, int]] = field(default_factory=dict)

    @property
    def tampered(self) -> set[Path]:
        """The downloads that the trial has changed."""
        if not self.expect_changed:
            return set()
        return {Path(one["where"]) for one in self.record.read() if one["kind"].startswith("link ")}

    @property
    def books(self) -> int:
        """How many books have to be found."""
        return len(self.world.wanted)

    async def live(self, script: Script) -> str:
        """Let the daemon live once and look at the rules; returns how the life ended."""
        assert self._process is not None
        self._process.write(script.as_line())
        answer = await self._process.stdout.readline()
        ended = str(json.loads(answer)["ended"]) if answer else "the process of all lives is gone"
        self.lives.append(ended)
        if ended == "mistake":
            raise Broken(f"The daemon ended by a mistake or hangs; see {self.log}.")
        if self._begun or await self._has_begun():
            await self.check()
        return ended

    async def spoil(self, name: str, plan: Mapping[int, Spoil]) -> Answers:
        """Let a service meet its requests in this way from now on, the first one being number 1."""
        service = self.world.services.by_name[name]
        assert isinstance(service, StandIn)
        answers = Answers(name, plan, lambda: self.world.restart(name), self.record)
        if (before := self._answers.get(name)) is not None:
            await before.settled()
        service.faults = self._answers[name] = answers
        await self.world.restart(name)
        return answers

    async def known(self) -> Remembered:
        """All that the daemon remembers."""
        return await invariants.remembered(self.address)

    async def check(self) -> None:
        """Raise Broken if a rule does not hold that must hold at any moment."""
        known = await self.known()
        broken = [sentence for rule in invariants.ALWAYS for sentence in rule(known)]
        broken += await asyncio.to_thread(self._files, known)
        broken += invariants.told(self.log.read_text(encoding="utf-8"), self._secrets())
        broken += self._added_once()
        self._complain(broken)

    async def converge(self) -> Remembered:
        """Let the daemon live without faults until nothing is left to do, and look at the rules of the end.

        What stands for review is accepted, as a person would.
        """
        for _ in range(MOST_LIVES_TO_THE_END):
            ended = await self.live(Script(accept=True))
            if ended == "settled" and not await self._stands_for_review():
                break
        known = await self.known()
        broken = list(invariants.tidy(known, self.world.library))
        broken += [
            f"Want {want.id} ({want.wish.book.title}) is {want.state} in the end: {want.code}: {want.reason}"
            for want in known.wants
            if want.state is not WantState.SHELVED
        ]
        if len(known.wants) != self.books:
            broken.append(f"{self.books} books were to be found, {len(known.wants)} are wanted.")
        self._complain(broken)
        return known

    async def _stands_for_review(self) -> bool:
        return any(want.state is WantState.REVIEW for want in (await self.known()).wants)

    def _files(self, known: Remembered) -> list[str]:
        catalogue = self.world.catalogue
        releases = {release.info_hash: release for release in (*catalogue.releases, *catalogue.elsewhere)}
        owned = [self.world.library / folder_for(as_book(book)) for book in self.world.owned]
        return [
            *invariants.visible_books(known, self.world.library, owned, releases),
            *self._seeding_copies(),
        ]

    def _seeding_copies(self) -> list[str]:
        """Compare every complete download with its source, and with itself as it was when first seen."""
        broken, tampered = [], self.tampered
        content, downloads = self.world.catalogue.content, self.world.folder / "downloads"
        for source in invariants.audio(content):
            place = downloads / source.relative_to(content)
            if place in tampered or not place.is_file() or place.stat().st_size != source.stat().st_size:
                continue
            told = place.stat()
            seen = (invariants.digest(place), told.st_ino, told.st_mtime_ns)
            if seen[0] == invariants.digest(source) and self._seen.setdefault(place, seen) != seen:
                broken.append(f"The seeding copy {place} has changed.")
            elif place in self._seen and self._seen[place] != seen:
                broken.append(f"The seeding copy {place} is not what was downloaded.")
        broken += [
            f"The seeding copy {place} is gone."
            for place in self._seen
            if not place.is_file() and place not in tampered
        ]
        return broken

    def _added_once(self) -> list[str]:
        client = self.world.services.qbittorrent
        if not isinstance(client, QBittorrentStandIn):
            return []
        gone = set(client.added) - set(client.transfers)
        return [
            *(f"The torrent {name} was added {count} times." for name, count in client.added.items() if count > 1),
            *(f"The torrent {name} was removed." for name in gone),
        ]

    def _secrets(self) -> list[str]:
        told = self.world.config.with_name("secrets.yaml").read_text(encoding="utf-8")
        return [*_SECRET.findall(told), self.world.mam.session.value]

    def _complain(self, broken: list[str]) -> None:
        if broken:
            before = [f"{one['kind']} at {one['where']}" for one in self.record.read()[-5:]]
            raise Broken("\n".join([*broken[:10], f"lives: {self.lives[-10:]}", "last faults:", *before]))

    async def _has_begun(self) -> bool:
        """Whether a daemon has come so far as to make the database; once there is one, it has to stay readable."""
        with suppress(DatabaseError):
            await self.known()
            self._begun = True
        return self._begun

    async def begin(self) -> None:
        """Start the process that all lives are forked from."""
        self.world.config.with_name("books").write_text(str(self.books))
        self.log.touch()
        words = map(str, (self.world.config, self.record.path, self.log))
        self._process = await fork("tests.faults.lives:main", *words)

    async def end(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None:
            process.close()
            await process.wait()


@asynccontextmanager
async def trial(
    folder: Path, rng: Random, *, books: int, real: frozenset[str] = frozenset(), database: str | None = None
) -> AsyncIterator[Trial]:
    """Make a household of a world of so many books, in a hurry and with everything played that is not `real`."""
    async with DemoWorld(folder / "world", books=books, real=real, speed=50_000_000) as world:
        text = world.config.read_text().replace("poll: 0.1", "poll: 0.02")
        text = text.replace("days: 7}", "days: 70}")  # or the clock runs away from what the chart calls new
        for name in OTHER_SOURCES:
            text = text.replace(f"  {name}:\n", f"  {name}:\n    enabled: no\n")
        if database:
            text = text.replace("database: sqlite://state.db", f"database: {database}")
        world.config.write_text(text)
        world.mam.session.grace = True  # a site that forgets the old cookie at once would cost a person's word
        address = database or f"sqlite://{world.config.parent / 'state.db'}"
        household = Trial(world, rng, address, Record(folder / "faults.jsonl"), folder / "daemon.log")
        await household.begin()
        try:
            with household.stack:
                yield household
        finally:
            await household.end()
