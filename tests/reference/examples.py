"""One example of every document and event, made by those who make the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.reference import world
from tests.reference.world import NOW

from audiobook_daemon.events import (
    Event,
    GapsFound,
    InstanceChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    RunStarted,
    StandingSeen,
    UpdateFound,
    WantChanged,
)
from audiobook_daemon.models import Health, InstanceStatus, Run, WantState
from audiobook_daemon.mqtt import documents, topics
from audiobook_daemon.mqtt.happenings import (
    STARTED,
    STOPPING,
    Happening,
    happenings,
    many_happening,
    system_happening,
)
from audiobook_daemon.mqtt.payloads import Document
from audiobook_daemon.mqtt.topics import Topic

_RUN = Run("9b1f22c0", "hunt", "mqtt", NOW)
EVENTS: Sequence[Event] = (
    WantChanged(NOW, world.REVIEWED, WantState.WANTED),
    WantChanged(NOW, world.STALLED, WantState.DOWNLOADING),
    RunStarted(NOW, _RUN),
    RunFinished(NOW, world.FAILED),
    GapsFound(NOW, "series_completion", 4, 1, 3, ("Dune Messiah (Dune 2)",)),
    LibraryShrunk(NOW, "audiobookshelf", 1284, 1100),
    LibraryReturned(NOW, "audiobookshelf", 1284),
    InstanceChanged(NOW, world.QBITTORRENT),
    InstanceChanged(NOW, InstanceStatus("qbittorrent", "qbittorrent", ("DownloadClient",), Health.READY, since=NOW)),
    StandingSeen(NOW, "mam", world.ENDANGERED, world.SAFE),
    StandingSeen(NOW, "mam", world.SAFE, world.ENDANGERED),
    UpdateFound(NOW, "1.3.0", "https://example.org/releases/1.3.0"),
)


def example_documents(commands: Sequence[str] = ("daemon/ping",)) -> Mapping[Topic, Document]:
    """Return an example of what each topic with a document holds."""
    return {
        topics.INFO: documents.info_document(
            world.INFO, world.JOBS, world.INSTANCES, node_id="audiobook_daemon", commands=commands
        ),
        topics.STATE: documents.state_document(world.JOBS, world.INSTANCES),
        topics.JOB: documents.job_document(world.HUNT),
        topics.PROGRESS: documents.progress_document(_RUN, 12, 40, "choose Dune"),
        topics.SERVICE: documents.service_document(world.MAM),
        topics.TRACKER: documents.tracker_document("mam", world.SAFE),
        topics.WANTS: documents.wants_document(world.COUNTS),
        topics.APPROVALS: documents.approvals_document(1, [world.REVIEWED]),
        topics.DOWNLOADS: documents.downloads_document(world.DOWNLOADS, world.FINISHED),
        topics.LIBRARY: documents.library_document(world.LIBRARY),
        topics.SETTINGS: documents.settings_document(world.SETTINGS, {"min_seeders"}, paused=False),
        topics.UPDATE: documents.update_document(world.VERSIONS),
    }


def example_happenings() -> list[Happening]:
    """Return events of every shape."""
    told = [happening for event in EVENTS for happening in happenings(event, {_RUN.id: "phone-17"}.get)]
    return [
        *told,
        many_happening("book", NOW, {"found": 9_800}),
        system_happening(STARTED, NOW, "1.2.0"),
        system_happening(STOPPING, NOW, "1.2.0"),
    ]
