"""The testing room as other people's environments see it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import audiobook_daemon.testing
from audiobook_daemon.plugin import ROLES

TESTS = """
def test_without(): pass
def test_site(fake_site): pass
def test_plug(plug_in): pass
"""


def run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_loading_it_loads_nothing_that_a_stranger_would_miss(tmp_path: Path) -> None:
    code = "import sys, audiobook_daemon.testing; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(run("-c", code, folder=tmp_path).stdout.split())
    assert "audiobook_daemon" in loaded
    assert not loaded & {"aiohttp", "sqlalchemy", "alembic", "yaml", "croniter", "aiomqtt", "rich", "audiobook_plugins"}


def test_without_pytest_asyncio_only_its_fixtures_complain(tmp_path: Path) -> None:
    (tmp_path / "pytest_asyncio.py").write_text("raise ModuleNotFoundError(name='pytest_asyncio')")
    (tmp_path / "test_it.py").write_text(TESTS)
    done = run(
        *("-m", "pytest", "-p", "audiobook_daemon.testing", "-p", "no:cacheprovider", "-rA"),
        folder=tmp_path,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PYTHONPATH=str(tmp_path),
    )
    assert "1 passed, 2 errors" in done.stdout
    for name in ("fake_site", "plug_in"):
        assert f"The fixture {name} needs pytest-asyncio." in done.stdout


def test_everything_it_offers_is_there() -> None:
    for name in audiobook_daemon.testing.__all__:
        assert getattr(audiobook_daemon.testing, name).__doc__ or name in {"fake_site", "plug_in"}
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = audiobook_daemon.testing.Nothing


@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.__name__))
def test_every_role_has_its_contract(role: type) -> None:
    assert f"{role.__name__}Contract" in audiobook_daemon.testing.__all__
