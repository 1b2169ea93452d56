"""Views for people and programs that read the database from outside, as Grafana or Datasette do."""

from __future__ import annotations

_FAILED = """
SELECT downloads.id, wants.title, wants.author, downloads.client, downloads.name, downloads.message,
       downloads.changed AS failed, wants.id AS want_id, wants.state AS want_state, wants.attempts, wants.next_try
FROM downloads LEFT JOIN wants ON wants.id = downloads.want_id
WHERE downloads.state = 'failed' AND downloads.changed >= {month_ago}
ORDER BY downloads.changed DESC
"""

_MISSING = """
SELECT id, title, author, rank, state, code, reason, attempts, next_try, created, changed
FROM wants
WHERE state NOT IN ('shelved', 'owned', 'dropped')
ORDER BY changed DESC
"""

VIEWS: dict[str, dict[str, str]] = {
    "recent_failed_downloads": {
        "sqlite": _FAILED.format(month_ago="datetime('now', '-30 days')"),
        "postgresql": _FAILED.format(month_ago="now() - interval '30 days'"),
    },
    "missing_books": {"sqlite": _MISSING, "postgresql": _MISSING},
}
"""By name, the query for each dialect; a later view may read an earlier one."""
