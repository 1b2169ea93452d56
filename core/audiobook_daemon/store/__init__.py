"""Everything the daemon remembers; the only room that knows SQLAlchemy and Alembic.

Values go in and come out, never rows. Layers: `database` hands out the repositories (one file each), they write
and read through `connections`; `schema` prepares the database before, with `file`, `lock` and `migrations`.
"""

from audiobook_daemon.store.account_history import AccountHour
from audiobook_daemon.store.address import Address, read_address
from audiobook_daemon.store.adjustments import Adjustment
from audiobook_daemon.store.attention import BookRef
from audiobook_daemon.store.book_lists import BookOrder, BookQuery
from audiobook_daemon.store.book_reading import OwnedBook
from audiobook_daemon.store.book_rows import BookChange, BookKeys
from audiobook_daemon.store.catalogue_values import (
    AuthorStanding,
    Completion,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    Order,
    ProposalState,
    SeriesStanding,
    Standing,
    Stated,
    Summary,
)
from audiobook_daemon.store.database import Database, utc_now
from audiobook_daemon.store.download_lists import QueueEntry, QueueState
from audiobook_daemon.store.duplicates import DuplicateRecord, FoundDuplicate
from audiobook_daemon.store.events import Events
from audiobook_daemon.store.file import faults
from audiobook_daemon.store.glimpses import BookGlimpse, GapGlimpse, StandingGlimpse
from audiobook_daemon.store.guard import Succession
from audiobook_daemon.store.key_hashes import BEGINNING, beginning_of, fits, hashed, new_key
from audiobook_daemon.store.keys import Keys, KeyTaken, StoredKey
from audiobook_daemon.store.memory import Memory
from audiobook_daemon.store.missing_books import MissingBook
from audiobook_daemon.store.owners import give_to_owner_of_folder
from audiobook_daemon.store.pages import SeenPage
from audiobook_daemon.store.plain_rows import PlainRow
from audiobook_daemon.store.rebuilding import Rebuilding, rebuilt
from audiobook_daemon.store.sessions import Sessions, StoredSession
from audiobook_daemon.store.shelving_values import KeptTorrent, PlanState, StoredPlan, TrashEntry
from audiobook_daemon.store.snapshot import Snapshot, open_part
from audiobook_daemon.store.surveys import GapLine, LibrarySums, SeriesLine
from audiobook_daemon.store.usage import CallsOfDay
from audiobook_daemon.store.values import (
    Blocked,
    Candidate,
    Decision,
    DecisionLine,
    DownloadRecord,
    DownloadSums,
    FailedAttempt,
    FileStep,
    LoggedEvent,
    OwedTorrent,
    RunSums,
    ToldEvent,
)
from audiobook_daemon.store.want_lists import WantFilter, WantOrder
from audiobook_daemon.store.wants import Conflict, WantChanges, WantFields

__all__ = [
    "BEGINNING",
    "AccountHour",
    "Address",
    "Adjustment",
    "AuthorStanding",
    "Blocked",
    "BookChange",
    "BookGlimpse",
    "BookKeys",
    "BookOrder",
    "BookQuery",
    "BookRef",
    "CallsOfDay",
    "Candidate",
    "Completion",
    "Conflict",
    "Database",
    "Decision",
    "DecisionLine",
    "DownloadRecord",
    "DownloadSums",
    "DuplicateRecord",
    "Events",
    "FailedAttempt",
    "FileStep",
    "Follow",
    "FoundDuplicate",
    "Gap",
    "GapGlimpse",
    "GapKind",
    "GapLine",
    "GapState",
    "KeptTorrent",
    "KeyTaken",
    "Keys",
    "LibrarySums",
    "LoggedEvent",
    "Memory",
    "MergeProposal",
    "MissingBook",
    "Order",
    "OwedTorrent",
    "OwnedBook",
    "PlainRow",
    "PlanState",
    "ProposalState",
    "QueueEntry",
    "QueueState",
    "Rebuilding",
    "RunSums",
    "SeenPage",
    "SeriesLine",
    "SeriesStanding",
    "Sessions",
    "Snapshot",
    "Standing",
    "StandingGlimpse",
    "Stated",
    "StoredKey",
    "StoredPlan",
    "StoredSession",
    "Succession",
    "Summary",
    "ToldEvent",
    "TrashEntry",
    "WantChanges",
    "WantFields",
    "WantFilter",
    "WantOrder",
    "beginning_of",
    "faults",
    "fits",
    "give_to_owner_of_folder",
    "hashed",
    "new_key",
    "open_part",
    "read_address",
    "rebuilt",
    "utc_now",
]
