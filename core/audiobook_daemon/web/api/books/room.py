"""The table that the files of this room write their operations into."""

from __future__ import annotations

from audiobook_daemon.web.operation import Operations

operations = Operations("books", "/books")
