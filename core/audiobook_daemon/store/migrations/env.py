"""What Alembic runs: every missing revision over the connection it is handed, in that one transaction."""

from __future__ import annotations

from alembic import context

import audiobook_daemon.store.catalogue_tables
import audiobook_daemon.store.daemon_tables
import audiobook_daemon.store.shelving_tables
import audiobook_daemon.store.web_tables  # noqa: F401 - as does this
from audiobook_daemon.store.migrations import VERSION_TABLE
from audiobook_daemon.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
