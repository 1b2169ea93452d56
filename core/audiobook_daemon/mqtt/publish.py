"""Watches the daemon and publishes what has changed: documents gathered for a moment, events at once."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from audiobook_daemon.doors import Source
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import (
    Bus,
    DownloadsSeen,
    Event,
    InstanceChanged,
    JobsChanged,
    RunFinished,
    RunProgressed,
    RunStarted,
    SettingsChanged,
    StandingSeen,
    UpdateFound,
    WantChanged,
)
from audiobook_daemon.models import WantState
from audiobook_daemon.mqtt import documents, topics
from audiobook_daemon.mqtt.bursts import Bursts
from audiobook_daemon.mqtt.cover import Cover
from audiobook_daemon.mqtt.debounce import Debounced
from audiobook_daemon.mqtt.happenings import STARTED, STOPPING, EventKind, Happening, happenings, system_happening
from audiobook_daemon.mqtt.latencies import Latencies
from audiobook_daemon.mqtt.payloads import Document, Redact, encoded
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.topics import Topic

_LOG = logging.getLogger(__name__)

STATUS_DELAY = 0.2
WANTS_EVERY = 1.0
"""Seconds between two counts of wants and downloads, however many change in them."""
LIBRARY_DELAY = 5.0
DOWNLOADS_EVERY = 15.0
"""Seconds between two looks at rates and progress; a changed count does not wait."""
IDLE_DOWNLOADS = 600.0
"""Seconds after which they are looked at though nothing has happened: it may be another day."""


class Publisher:
    """Keeps the retained documents true to the daemon and passes its events on.

    `commands` are the patterns of the requests that are answered; `transaction_of` returns the transaction of the
    request that started a run, if there was one. With `begun` nobody is told that the daemon has started.
    """

    def __init__(
        self,
        presence: Presence,
        source: Source,
        bus: Bus,
        *,
        redact: Redact,
        commands: Sequence[str] = (),
        transaction_of: Callable[[str], str | None] = lambda _run_id: None,
        begun: bool = False,
    ) -> None:
        self._presence, self._source, self._bus = presence, source, bus
        self._redact, self._commands, self._transaction_of = redact, tuple(commands), transaction_of
        self.before_status: Callable[[], None] = lambda: None
        """Called before the documents of jobs and instances, so that who shows them lets go of those that are gone."""
        self._status = Debounced(STATUS_DELAY, self._publish_status)
        self._wants = Debounced(STATUS_DELAY, self._publish_wants, rest=WANTS_EVERY)
        self._downloads = Debounced(STATUS_DELAY, self._publish_downloads, rest=WANTS_EVERY)
        self._library = Debounced(LIBRARY_DELAY, self._publish_library)
        self._parts = (self._status, self._wants, self._downloads, self._library)
        self._bursts = Bursts(self._publish_event)
        self._cover = Cover(source, self._publish_cover)
        self._latencies = Latencies()
        self._begun = begun
        self._named: dict[str, set[str]] = {}
        self._unfit: set[str] = set()
        self._down: dict[str, bool] = {}
        self._download_counts: tuple[int, int, int, int] | None = None
        self._downloads_at = -math.inf
        self._late: asyncio.TimerHandle | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Follow the bus until the block ends."""
        if not self._begun:
            self._begun = True
            self._publish_system(STARTED, self._source.info().started)
        with self._bus.listening(self.hear):
            try:
                yield
            finally:
                self._cease()

    def hear(self, event: Event) -> None:
        """Take one event: publish what it means, and remember which documents it makes old."""
        for happening in happenings(event, self._transaction_of):
            if self._is_news(event):
                self._bursts.put(happening, event.at)
        match event:
            case WantChanged(want=want):
                self._wants.soon()
                self._downloads.soon()
                if want.state is WantState.SHELVED:
                    self._library.soon()
            case DownloadsSeen():
                self._downloads.soon()
            case RunProgressed():
                self._publish_progress(event)
            case RunFinished(run=run):
                self._status.soon()
                self._downloads.soon()
                if run.processed:
                    self._library.soon()
            case RunStarted() | JobsChanged() | InstanceChanged() | StandingSeen() | SettingsChanged() | UpdateFound():
                self._status.soon()

    async def refresh(self) -> None:
        """Make every document anew, now."""
        self._download_counts = None
        for part in self._parts:
            await part.now()

    async def repeat(self) -> None:
        """Publish every document again, changed or not."""
        await self.refresh()
        self._presence.outgoing.repeat()

    def stopped(self) -> None:
        """Say that the daemon stops of its own will."""
        self._cease()
        self._publish_system(STOPPING, datetime.now(UTC))
        self._keep(topics.STATE, self._state(stopped=True))

    def _cease(self) -> None:
        """Begin nothing more."""
        for part in self._parts:
            part.cancel()
        self._cover.cancel()
        self._bursts.flush()
        if self._late:
            self._late.cancel()

    def _is_news(self, event: Event) -> bool:
        """Leave out that an instance is up which was not down before."""
        if not isinstance(event, InstanceChanged):
            return True
        down = documents.service_state(event.status.health) == "down"
        before = self._down.get(event.status.name, False)
        self._down[event.status.name] = down
        return down is not before

    def _publish_event(self, happening: Happening) -> None:
        kind = happening.kind
        payload = encoded(happening.document, self._redact)
        self._put(topics.EVENT, payload, category=kind.category, action=kind.action)

    def _publish_system(self, kind: EventKind, at: datetime) -> None:
        self._publish_event(system_happening(kind, at, self._source.info().version))

    def _publish_progress(self, event: RunProgressed) -> None:
        if topics.is_level(event.run.name):
            document = documents.progress_document(event.run, event.done, event.total, event.text)
            self._put(topics.PROGRESS, encoded(document, self._redact), job=event.run.name)

    def _publish_cover(self, picture: bytes) -> None:
        self._put(topics.COVER, picture)

    def _put(self, topic: Topic, payload: bytes, **levels: str) -> None:
        self._presence.outgoing.put(topic.message(self._presence.settings.base, payload, **levels))

    def _keep(self, topic: Topic, document: Document | None, **levels: str) -> None:
        self._put(topic, b"" if document is None else encoded(document, self._redact), **levels)

    def _keep_each(self, topic: Topic, level: str, each: Mapping[str, Document]) -> None:
        """Publish one document for each name, and clear those of the names that are gone."""
        fit = {name: document for name, document in each.items() if topics.is_level(name)}
        for name in each.keys() - fit.keys() - self._unfit:
            self._unfit.add(name)
            _LOG.warning("%s %r is not published over MQTT: a topic takes only a-z, 0-9, _ and -.", level, name)
        for name in self._named.get(level, set()) - fit.keys():
            self._keep(topic, None, **{level: name})
        for name, document in fit.items():
            self._keep(topic, document, **{level: name})
        self._named[level] = set(fit)

    async def _publish_status(self) -> None:
        self.before_status()
        jobs = self._source.jobs()
        instances = [self._latencies.steadied(instance) for instance in self._source.instances()]
        info = documents.info_document(
            self._source.info(), jobs, instances, node_id=self._presence.settings.node_id, commands=self._commands
        )
        self._keep(topics.INFO, info)
        standings, lists, paused = self._source.standings(), self._source.auto_grab(), self._source.paused()
        self._keep_each(
            topics.SERVICE,
            "service",
            {one.name: documents.service_document(one, lists.get(one.name)) for one in instances},
        )
        trackers = [one.name for one in instances if "Tracker" in one.roles]
        self._keep_each(
            topics.TRACKER,
            "tracker",
            {name: documents.tracker_document(name, standings.get(name)) for name in trackers},
        )
        self._keep_each(topics.JOB, "job", {job.name: documents.job_document(job, paused=paused) for job in jobs})
        settings = documents.settings_document(self._source.settings(), self._source.adjusted(), paused=paused)
        self._keep(topics.SETTINGS, settings)
        self._keep(topics.UPDATE, documents.update_document(self._source.versions()))
        self._keep(topics.STATE, self._state())

    def _state(self, *, stopped: bool = False) -> documents.StateDocument:
        return documents.state_document(
            self._source.jobs(),
            self._source.instances(),
            paused=self._source.paused(),
            stopped=stopped,
            events_dropped=self._presence.outgoing.dropped,
        )

    async def _publish_wants(self) -> None:
        try:
            counts = await self._source.want_counts()
            reviews = await self._source.reviews(documents.MOST_ENTRIES)
        except AudiobookDaemonError as error:
            _LOG.warning("The wants are not published over MQTT for now: %s", error)
            return
        self._keep(topics.WANTS, documents.wants_document(counts))
        self._keep(topics.APPROVALS, documents.approvals_document(counts.get(WantState.REVIEW, 0), reviews))

    async def _publish_downloads(self) -> None:
        try:
            downloads = await self._source.downloads()
            finished = await self._source.finished()
        except AudiobookDaemonError as error:
            _LOG.warning("The downloads are not published over MQTT for now: %s", error)
            return
        counts = documents.download_counts(downloads)
        now = asyncio.get_running_loop().time()
        wait = self._downloads_at + DOWNLOADS_EVERY - now
        if counts == self._download_counts and wait > 0:
            self._look_at_downloads_in(wait)
            return
        self._download_counts, self._downloads_at = counts, now
        self._keep(topics.DOWNLOADS, documents.downloads_document(downloads, finished))
        self._look_at_downloads_in(IDLE_DOWNLOADS)

    def _look_at_downloads_in(self, seconds: float) -> None:
        if self._late:
            self._late.cancel()
        self._late = asyncio.get_running_loop().call_later(seconds, self._downloads.soon)

    async def _publish_library(self) -> None:
        try:
            counts = await self._source.library()
        except AudiobookDaemonError as error:
            _LOG.warning("The library is not published over MQTT for now: %s", error)
            return
        self._keep(topics.LIBRARY, documents.library_document(counts))
        self._cover.look(counts.last_added.id if counts.last_added else None)
