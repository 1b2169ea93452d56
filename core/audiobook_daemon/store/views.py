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
SELECT wants.id, wants.title, wants.author, wants.rank, wants.state, wants.code, wants.reason, wants.attempts,
       wants.next_try, wants.created, wants.changed,
       (SELECT MAX(gaps.kind) FROM gaps WHERE gaps.want_id = wants.id) AS missing_from,
       (SELECT MAX(series.name) FROM gaps JOIN series ON series.id = gaps.series_id WHERE gaps.want_id = wants.id)
           AS series,
       (SELECT MAX(gaps.position) FROM gaps WHERE gaps.want_id = wants.id) AS position,
       (SELECT MAX(gaps.released) FROM gaps WHERE gaps.want_id = wants.id) AS released,
       (SELECT MIN(gaps.priority) FROM gaps WHERE gaps.want_id = wants.id) AS priority,
       (SELECT MIN(gaps.id) FROM gaps WHERE gaps.want_id = wants.id) AS gap_id
FROM wants
WHERE wants.state NOT IN ('shelved', 'owned', 'dropped')
UNION ALL
SELECT NULL, gaps.title, COALESCE({gap_author}, authors.name), NULL, gaps.state, NULL, gaps.reason, 0,
       NULL, gaps.found, gaps.changed, gaps.kind, series.name, gaps.position, gaps.released, gaps.priority, gaps.id
FROM gaps LEFT JOIN series ON series.id = gaps.series_id LEFT JOIN authors ON authors.id = gaps.author_id
WHERE gaps.state IN ('found', 'unreleased', 'gradual')
ORDER BY changed DESC
"""

_SERIES = """
SELECT id, name, {first_author} AS author, owned, missing, total, percent, checked, status
FROM series
ORDER BY percent IS NULL, percent, name
"""

_AUTHORS = """
SELECT id, name, owned, missing, total, percent, favourite, checked, status
FROM authors
ORDER BY percent IS NULL, percent, name
"""

VIEWS: dict[str, dict[str, str]] = {
    "recent_failed_downloads": {
        "sqlite": _FAILED.format(month_ago="datetime('now', '-30 days')"),
        "postgresql": _FAILED.format(month_ago="now() - interval '30 days'"),
    },
    "missing_books": {
        "sqlite": _MISSING.format(gap_author="json_extract(gaps.work, '$.book.authors[0]')"),
        "postgresql": _MISSING.format(gap_author="gaps.work #>> '{book,authors,0}'"),
    },
    "series_completion_summary": {
        "sqlite": _SERIES.format(first_author="json_extract(authors, '$[0]')"),
        "postgresql": _SERIES.format(first_author="authors ->> 0"),
    },
    "author_completion_summary": {"sqlite": _AUTHORS, "postgresql": _AUTHORS},
}
"""By name, the query for each dialect; a later view may read an earlier one."""
