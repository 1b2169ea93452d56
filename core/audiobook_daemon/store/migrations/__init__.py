"""The way of the tables from version to version; always forward, the backup is the way back.

Alembic is imported only when there is something to do, so the revisions stand here too; a test compares them
with the scripts. Scripts change tables only: views are made anew after every migration, and a changed view
needs a revision of its own, be it empty.
"""

from __future__ import annotations

from pathlib import Path

VERSION_TABLE = "schema_revision"
SCRIPTS = Path(__file__).parent
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""All of them, the oldest first."""
