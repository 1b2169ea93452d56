"""Brings a database up to a revision."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from audiobook_daemon.store import migrations
from audiobook_daemon.store.views import VIEWS


def upgrade(connection: Connection, revision: str = "head", *, views: bool = True) -> None:
    """Migrate within the caller's transaction, so that all of it happens or nothing.

    The views are those of the newest revision: leave them out of an older one that is not the end of the way.
    """
    # SQLite refuses to alter a table that a view reads.
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    config = Config()
    config.set_main_option("script_location", str(migrations.SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    for name, queries in VIEWS.items() if views else ():
        connection.execute(text(f"CREATE VIEW {name} AS {queries[connection.dialect.name]}"))
