"""What the configuration lacks before books can come by themselves, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.models import InstanceStatus, JobStatus


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that is not there."""

    role: str
    title: str
    why: str
    lines: str
    """What to write into the file, as an example."""


_LACKS = (
    Lack(
        "Library",
        "A library",
        "It tells which books you own, and shelves what arrives. Nothing else is needed to see what is missing.",
        "plugins:\n  audiobookshelf:\n    url: http://127.0.0.1:13378\n    token: !secret audiobookshelf_token\n",
    ),
    Lack(
        "MetadataProvider",
        "Sources for descriptions",
        "They know narrators, running times, series and covers; without them nothing is described or compared.",
        "plugins:\n  audnexus: {}\n  google_books: {}\n",
    ),
    Lack(
        "ImportList",
        "Lists of wishes",
        "They say which books to want: what is popular in your genres, your shelves, a list of your own.",
        "plugins:\n  top10:\n    genres: [fantasy, science-fiction]\n    count: 10\n",
    ),
    Lack(
        "Indexer",
        "A place that offers releases",
        "Without one no wanted book can be found.",
        "plugins:\n  prowlarr:\n    url: http://127.0.0.1:9696\n    key: !secret prowlarr_key\n",
    ),
    Lack(
        "DownloadClient",
        "A download client",
        "It fetches what was chosen, and goes on seeding it.",
        "plugins:\n  qbittorrent:\n    url: http://127.0.0.1:8080\n    username: me\n"
        "    password: !secret qbittorrent_password\n",
    ),
)
_JOBS = Lack(
    "jobs",
    "Jobs",
    "Nothing runs by itself: jobs say when to gather wishes, search, fetch and shelve.",
    'jobs:\n  sync: {at: "15 * * * *", do: [sync]}\n  top10: {at: "0 3 * * sun", do: [gather]}\n'
    '  hunt: {at: "*/30 * * * *", do: [choose, grab]}\n  tend: {at: "* * * * *", do: [watch, verify, shelve]}\n',
)


def has_role(instances: Sequence[InstanceStatus], role: str) -> bool:
    """Whether any instance plays a role."""
    return any(role in one.roles for one in instances)


def missing(instances: Sequence[InstanceStatus], jobs: Sequence[JobStatus]) -> tuple[Lack, ...]:
    """Return what is not there, in the order in which it is best added."""
    found = [lack for lack in _LACKS if not has_role(instances, lack.role)]
    return tuple(found) if jobs else (*found, _JOBS)
