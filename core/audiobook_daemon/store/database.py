"""The one thing the daemon opens to remember by."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Self

from audiobook_daemon.store.account_history import AccountHistory
from audiobook_daemon.store.address import Address, read_address
from audiobook_daemon.store.adjustments import Adjustments
from audiobook_daemon.store.attention import Attention
from audiobook_daemon.store.authors import AuthorRecords
from audiobook_daemon.store.belongings import Belongings
from audiobook_daemon.store.blocklist import Blocklist
from audiobook_daemon.store.book_lists import BookLists
from audiobook_daemon.store.book_notes import BookNotes
from audiobook_daemon.store.books import Books
from audiobook_daemon.store.connections import Clock, Connections
from audiobook_daemon.store.corrections import Corrections
from audiobook_daemon.store.decisions import Decisions
from audiobook_daemon.store.download_lists import DownloadLists
from audiobook_daemon.store.downloads import Downloads
from audiobook_daemon.store.duplicates import Duplicates
from audiobook_daemon.store.events import Events
from audiobook_daemon.store.facts import FactRecords
from audiobook_daemon.store.failed_attempts import FailedAttempts
from audiobook_daemon.store.figures import Figures
from audiobook_daemon.store.follows import Follows
from audiobook_daemon.store.gaps import Gaps
from audiobook_daemon.store.glimpses import Glimpses
from audiobook_daemon.store.guard import ALONE, Guard, Succession
from audiobook_daemon.store.jobs import Jobs
from audiobook_daemon.store.journal import Journal
from audiobook_daemon.store.keys import Keys
from audiobook_daemon.store.memory import Memory
from audiobook_daemon.store.merges import MergeProposals
from audiobook_daemon.store.missing_books import MissingBooks
from audiobook_daemon.store.pages import Pages
from audiobook_daemon.store.plans import Plans
from audiobook_daemon.store.retention import Retention
from audiobook_daemon.store.runs import Runs
from audiobook_daemon.store.schema import Keep, prepared
from audiobook_daemon.store.series import SeriesRecords
from audiobook_daemon.store.sessions import Sessions
from audiobook_daemon.store.snapshot import Snapshot, taken
from audiobook_daemon.store.statistics import Statistics
from audiobook_daemon.store.surveys import Surveys
from audiobook_daemon.store.torrents import Torrents
from audiobook_daemon.store.trash import Trash
from audiobook_daemon.store.usage import Usage
from audiobook_daemon.store.want_lists import WantLists
from audiobook_daemon.store.wants import Wants
from audiobook_daemon.store.whereabouts import Whereabouts


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class Database:
    """Everything that is remembered, one repository for each kind of thing.

    Every method of a repository is one short transaction, and is on the disk when it returns.
    """

    def __init__(self, address: Address, connections: Connections, guard: Guard | None = None) -> None:
        self._address = address
        self._guard = guard
        self._connections = connections
        self.wants = Wants(connections)
        self.want_lists = WantLists(connections)
        self.decisions = Decisions(connections)
        self.blocklist = Blocklist(connections)
        self.downloads = Downloads(connections)
        self.download_lists = DownloadLists(connections)
        self.books = Books(connections)
        self.book_lists = BookLists(connections)
        self.belongings = Belongings(connections)
        self.book_notes = BookNotes(connections)
        self.failed_attempts = FailedAttempts(connections)
        self.runs = Runs(connections)
        self.jobs = Jobs(connections)
        self.adjustments = Adjustments(connections)
        self.journal = Journal(connections)
        self.plans = Plans(connections)
        self.trash = Trash(connections)
        self.torrents = Torrents(connections)
        self.events = Events(connections)
        self.pages = Pages(connections)
        self.attention = Attention(connections)
        self.facts = FactRecords(connections)
        self.corrections = Corrections(connections)
        self.series = SeriesRecords(connections)
        self.authors = AuthorRecords(connections)
        self.gaps = Gaps(connections)
        self.missing_books = MissingBooks(connections)
        self.follows = Follows(connections)
        self.merges = MergeProposals(connections)
        self.duplicates = Duplicates(connections)
        self.statistics = Statistics(connections)
        self.accounts = AccountHistory(connections)
        self.surveys = Surveys(connections)
        self.glimpses = Glimpses(connections)
        self.retention = Retention(connections)
        self.whereabouts = Whereabouts(connections)
        self.usage = Usage(connections)
        self.figures = Figures(connections)
        self.keys = Keys(connections)
        self.sessions = Sessions(connections)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        *,
        clock: Clock = utc_now,
        exclusive: bool = True,
        succession: Succession = ALONE,
        keep: Keep | None = None,
    ) -> AsyncIterator[Self]:
        """Open the database until the block ends, made and migrated when needed; `keep` is told before the latter.

        `exclusive` is for the daemon: it takes the single-daemon lock, and by `succession` it may wait for it.
        Without it the database is only read, beside a running daemon or none. Raises DatabaseError when another
        daemon has the database, and when it is damaged, of a newer version or out of reach.
        """
        address = read_address(url)
        async with prepared(address, exclusive=exclusive, succession=succession, keep=keep) as guard:
            fence = guard.fence if guard else None
            connections = Connections(address, clock, read_only=not exclusive, fence=fence)
            try:
                yield cls(address, connections, guard)
            finally:
                await connections.close()

    def confirm(self) -> None:
        """Make sure that this daemon may act now; raises DatabaseError while another one might be in its place."""
        if self._guard is not None:
            self._guard.confirm()

    def memory(self, instance: str) -> Memory:
        """Return the memory of one plugin instance."""
        return Memory(self._connections, instance)

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        """Hold everything as it is now until the block ends; others go on reading and writing meanwhile."""
        return taken(self._address)

    def now(self) -> datetime:
        """Return the present moment, by the clock that rows are dated by."""
        return self._connections.clock()

    @property
    def label(self) -> str:
        """How messages name the database; never with a password."""
        return self._address.label
