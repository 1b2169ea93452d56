"""What each figure is called and what it says; names and units as Prometheus wants them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.models import Health, JobStatus, RunOutcome, Standing
from audiobook_daemon.web.metrics.gathering import Gathered

Labels = tuple[str, ...]
Samples = Sequence[tuple[Labels, float]]


@dataclass(frozen=True, slots=True)
class Family:
    """A figure, perhaps of several things."""

    name: str
    """Without the `audiobook_daemon_` that stands before every name."""
    help: str
    samples: Samples
    labels: tuple[str, ...] = ()
    counter: bool = False
    """Whether it only ever grows while the daemon runs."""


def families(found: Gathered) -> Iterator[Family]:
    """Return every figure there is; what is unknown is left out."""
    yield _one("start_time_seconds", "When the daemon started, in Unix time.", found.info.started.timestamp())
    yield Family("version_info", "The version that runs.", [((found.info.version,), 1.0)], ("version",))
    yield _one("database_bytes", "The size of the database.", found.database_bytes)
    yield _one("onlookers", "Open streams of events.", found.onlookers)
    yield from _library(found)
    yield from _books_under_way(found)
    yield from _services(found)
    yield from _schedule(found)
    yield from _trackers(found.standings)
    yield from _traffic(found)


def _library(found: Gathered) -> Iterator[Family]:
    counts = found.library
    told = (
        ("library_books", "Books in the library.", counts.books),
        ("library_authors", "Authors in the library.", counts.authors),
        ("library_series", "Series in the library.", counts.series),
        ("library_bytes", "Bytes of all books.", counts.size),
        ("library_free_bytes", "Bytes left where the library lies.", counts.free),
        ("library_listening_seconds", "Running time of all books.", counts.runtime),
        ("library_lost_books", "Books whose files the library no longer finds.", counts.missing),
        ("library_incomplete_books", "Books that are described to less than 80 percent.", counts.incomplete),
        ("library_completeness_percent", "How well the books are described on the average.", counts.completeness),
        ("library_duplicates", "Books that are owned more than once.", counts.duplicates),
        (
            "library_missing_books",
            "Books that are out and missing from owned series and authors.",
            counts.missing_books,
        ),
        ("library_complete_series", "Series of which nothing that is out is missing.", counts.series_complete),
        ("library_known_series", "Series of which it is known what there is.", counts.series_known),
        ("trash_books", "Books in the trash.", counts.trash_books),
        ("trash_bytes", "Bytes in the trash.", counts.trash_size),
    )
    yield from (_one(name, text, value) for name, text, value in told if value is not None)


def _books_under_way(found: Gathered) -> Iterator[Family]:
    by_state = [((state.value,), float(count)) for state, count in found.wants.items()]
    yield Family("wants", "Books on their way, by state.", by_state, ("state",))
    states = Counter(book.download.state.value for book in found.downloads)
    of_states = [((state,), float(count)) for state, count in states.items()]
    yield Family("downloads", "Open downloads, by state.", of_states, ("state",))
    rate = sum(book.download.rate or 0 for book in found.downloads)
    yield _one("download_bytes_per_second", "What all downloads get together.", rate)
    yield _one("downloads_finished", "Downloads that ever came to their end.", found.finished.total, counter=True)
    yield _one("downloads_finished_bytes", "Bytes of those.", found.finished.total_size, counter=True)


def _services(found: Gathered) -> Iterator[Family]:
    kinds = ("instance", "type")
    up = [((one.name, one.type), float(one.health is Health.READY)) for one in found.instances]
    yield Family("instance_up", "Whether an instance is ready.", up, kinds)
    person = [((one.name, one.type), float(one.health is Health.NEEDS_PERSON)) for one in found.instances]
    yield Family("instance_needs_person", "Whether an instance waits for a person.", person, kinds)
    latencies = [((one.name, one.type), one.latency) for one in found.instances if one.latency is not None]
    yield Family("instance_latency_seconds", "How long the last answer of its service took.", latencies, kinds)
    for kind, name, whom in (("service", "service", "a service was asked"), ("key", "key", "was asked with a key")):
        asked = [(asker, calls) for asker, calls in found.calls.items() if asker.kind == kind]
        calls = [((asker.name,), float(counted.calls)) for asker, counted in asked]
        failures = [((asker.name,), float(counted.failures)) for asker, counted in asked]
        yield Family(f"{name}_calls", f"How often {whom}.", calls, (name,), counter=True)
        yield Family(f"{name}_failures", f"How often {whom} in vain.", failures, (name,), counter=True)


def _schedule(found: Gathered) -> Iterator[Family]:
    yield _one("schedule_paused", "Whether the whole schedule is paused.", float(found.paused))
    yield _of_jobs("job_paused", "Whether a job is paused by itself.", found.jobs, lambda job: float(job.paused))
    yield _of_jobs("job_running", "Whether a job runs.", found.jobs, lambda job: float(job.running))
    yield _of_jobs("job_next_run_timestamp_seconds", "When a job runs next.", found.jobs, _next)
    yield _of_jobs("job_last_run_timestamp_seconds", "When a job last began.", found.jobs, _last)
    yield _of_jobs("job_last_run_failed", "Whether the last run of a job failed.", found.jobs, _failed)


def _trackers(standings: Mapping[str, Standing]) -> Iterator[Family]:
    told = (
        ("tracker_ratio", "The ratio of our account.", "ratio"),
        ("tracker_points", "Bonus points of our account.", "points"),
        ("tracker_unsatisfied", "Torrents that have not been seeded long enough.", "unsatisfied"),
        ("tracker_free_slots", "Torrents that may still be taken.", "free_slots"),
        ("tracker_uploaded_bytes", "Bytes that our account has uploaded.", "uploaded"),
        ("tracker_downloaded_bytes", "Bytes that our account has downloaded.", "downloaded"),
    )
    for name, text, attribute in told:
        values = [((one,), getattr(standing, attribute)) for one, standing in standings.items()]
        known = [(labels, float(value)) for labels, value in values if value is not None]
        yield Family(name, text, known, ("tracker",))


def _traffic(found: Gathered) -> Iterator[Family]:
    counts = [((one.method, one.route, str(one.status)), float(number)) for one, number in found.requests.items()]
    yield Family("http_requests", "Requests to us.", counts, ("method", "route", "status"), counter=True)


def _one(name: str, text: str, value: float, *, counter: bool = False) -> Family:
    return Family(name, text, [((), float(value))], counter=counter)


def _of_jobs(name: str, text: str, jobs: Sequence[JobStatus], value: Callable[[JobStatus], float | None]) -> Family:
    return Family(name, text, tuple(_known(jobs, value)), ("job",))


def _known(jobs: Iterable[JobStatus], value: Callable[[JobStatus], float | None]) -> Iterator[tuple[Labels, float]]:
    for job in jobs:
        if (found := value(job)) is not None:
            yield (job.name,), found


def _next(job: JobStatus) -> float | None:
    return job.next_run.timestamp() if job.next_run else None


def _last(job: JobStatus) -> float | None:
    return job.last_run.started.timestamp() if job.last_run else None


def _failed(job: JobStatus) -> float | None:
    return float(job.last_run.outcome is RunOutcome.FAILED) if job.last_run else None
