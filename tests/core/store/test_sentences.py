"""What the database itself does wrong comes out as a sentence, and a damaged file as what it is."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from audiobook_daemon.errors import DamagedDatabase, DatabaseError
from audiobook_daemon.store.connections import told_as_sentences


def test_a_damaged_file_is_named_with_the_command_that_says_more() -> None:
    fault = sqlite3.DatabaseError("database disk image is malformed")
    with pytest.raises(DamagedDatabase, match=r"/state\.db is damaged; `audiobook-daemon check-database`"):  # noqa: SIM117
        with told_as_sentences("/state.db"):
            raise DBAPIError("SELECT 1", None, fault)


def test_other_faults_are_told_in_the_words_of_the_database() -> None:
    with pytest.raises(DatabaseError, match="cannot be used: disk I/O error") as told:  # noqa: SIM117
        with told_as_sentences("/state.db"):
            raise DBAPIError("SELECT 1", None, sqlite3.OperationalError("disk I/O error"))
    assert not isinstance(told.value, DamagedDatabase)


def test_our_own_mistakes_stay_what_they_are() -> None:
    with pytest.raises(IntegrityError):  # noqa: SIM117
        with told_as_sentences("/state.db"):
            raise IntegrityError("INSERT", None, sqlite3.IntegrityError("UNIQUE constraint failed"))
