"""The values that flow between the rooms and the plugins: frozen, small, without behaviour of their own.

Unknown is None (or an empty tuple), never a guess. Sizes are bytes, times seconds, bitrates kbit/s;
moments are aware datetimes in UTC.
"""

from audiobook_daemon.models.bibliography import AuthorQuestion, SeriesQuestion, SeriesRecord, Work, WorkKind
from audiobook_daemon.models.books import (
    Book,
    BookStatus,
    ChartEntry,
    ChartRequest,
    Facts,
    LibraryItem,
    LibraryPage,
    Quota,
    SeriesPlace,
    Wish,
)
from audiobook_daemon.models.outlines import BookOutline
from audiobook_daemon.models.provenance import (
    LIBRARY,
    PERSON,
    RULES,
    BookField,
    Correction,
    CorrectionState,
    FactField,
    FieldChange,
    FieldValue,
    Statement,
)
from audiobook_daemon.models.releases import (
    Download,
    DownloadState,
    Offer,
    Price,
    Proposal,
    Query,
    Release,
    Stance,
    Torrent,
    TorrentFile,
    Verdict,
)
from audiobook_daemon.models.standings import Standing
from audiobook_daemon.models.status import Finding, Health, InstanceStatus, JobStatus, Level, Outcome, Run, RunOutcome
from audiobook_daemon.models.wants import CLOSED_STATES, Replaced, Want, WantState

__all__ = [
    "CLOSED_STATES",
    "LIBRARY",
    "PERSON",
    "RULES",
    "AuthorQuestion",
    "Book",
    "BookField",
    "BookOutline",
    "BookStatus",
    "ChartEntry",
    "ChartRequest",
    "Correction",
    "CorrectionState",
    "Download",
    "DownloadState",
    "FactField",
    "Facts",
    "FieldChange",
    "FieldValue",
    "Finding",
    "Health",
    "InstanceStatus",
    "JobStatus",
    "Level",
    "LibraryItem",
    "LibraryPage",
    "Offer",
    "Outcome",
    "Price",
    "Proposal",
    "Query",
    "Quota",
    "Release",
    "Replaced",
    "Run",
    "RunOutcome",
    "SeriesPlace",
    "SeriesQuestion",
    "SeriesRecord",
    "Stance",
    "Standing",
    "Statement",
    "Torrent",
    "TorrentFile",
    "Verdict",
    "Want",
    "WantState",
    "Wish",
    "Work",
    "WorkKind",
]
