"""Which text names which database."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store.address import read_address


@pytest.mark.parametrize(
    "text", ["sqlite:///srv/books/state.db", "sqlite:////srv/books/state.db", "/srv/books/state.db"]
)
def test_a_file_has_three_spellings(text: str) -> None:
    assert read_address(text).path == Path("/srv/books/state.db")


def test_a_plain_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert read_address("~/state.db").path == Path("/home/me/state.db")


def test_two_ways_to_one_file_are_one_address(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "other").symlink_to(tmp_path / "real")
    assert read_address(f"{tmp_path}/other/state.db") == read_address(f"{tmp_path}/real/state.db")


def test_a_server_is_reached_through_its_asynchronous_driver() -> None:
    address = read_address("postgresql://me:geheim@127.0.0.1:5433/books")
    assert address.path is None
    assert address.url.drivername == "postgresql+asyncpg"
    assert (address.url.host, address.url.port, address.url.database) == ("127.0.0.1", 5433, "books")
    assert address.url.password == "geheim"


def test_the_name_shown_to_people_hides_the_password() -> None:
    assert read_address("postgresql://me:geheim@host/books").label == "postgresql://me:***@host/books"


@pytest.mark.parametrize(
    "text", ["", " ", "/", "sqlite://", "sqlite:///", "sqlite://relative.db", ":memory:", "mysql://host/books"]
)
def test_anything_else_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(DatabaseError, match=r"Accepted are sqlite:///folder/state\.db"):
        read_address(text)


def test_a_refusal_keeps_the_password_to_itself() -> None:
    with pytest.raises(DatabaseError) as refusal:
        read_address("postgresql://me:ge/heim@host:port/books")
    assert "heim" not in str(refusal.value)
