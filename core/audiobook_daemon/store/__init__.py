"""Everything the daemon remembers; the only room that knows SQLAlchemy and Alembic.

Values go in and come out, never rows. Layers: `database` hands out the repositories (one file each), they write
and read through `connections`; `schema` prepares the database before, with `file`, `lock` and `migrations`.
"""

from audiobook_daemon.store.attention import BookRef
from audiobook_daemon.store.catalogue_values import (
    AuthorStanding,
    Completion,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    ProposalState,
    SeriesStanding,
    Standing,
    Summary,
)
from audiobook_daemon.store.database import Database, utc_now
from audiobook_daemon.store.memory import Memory
from audiobook_daemon.store.values import (
    Blocked,
    Candidate,
    Decision,
    DownloadRecord,
    FailedAttempt,
    FileStep,
    LoggedEvent,
)
from audiobook_daemon.store.wants import Conflict, WantChanges, WantFields

__all__ = [
    "AuthorStanding",
    "Blocked",
    "BookRef",
    "Candidate",
    "Completion",
    "Conflict",
    "Database",
    "Decision",
    "DownloadRecord",
    "FailedAttempt",
    "FileStep",
    "Follow",
    "Gap",
    "GapKind",
    "GapState",
    "LoggedEvent",
    "Memory",
    "MergeProposal",
    "ProposalState",
    "SeriesStanding",
    "Standing",
    "Summary",
    "WantChanges",
    "WantFields",
    "utc_now",
]
