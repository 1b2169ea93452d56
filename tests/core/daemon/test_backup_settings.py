"""What the configuration says about backups arrives where it is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon import backup_of
from audiobook_daemon.errors import ConfigurationError

Configured = Callable[[str], Configuration]


def test_backups(configured: Configured, tmp_path: Path) -> None:
    path = tmp_path / "daemon.yaml"
    beside = backup_of(path, configured("database: sqlite://state/state.db\n"))
    assert (beside.configuration, beside.folder) == (path, tmp_path / "state" / "backups")
    assert (beside.keep, beside.passphrase) == (7, None)
    text = "backup: {folder: FOLDER, keep: 3, secrets: encrypt, passphrase: !env SECRET}\ndatabase: postgresql://h/b\n"
    full = backup_of(path, configured(text.replace("FOLDER", str(tmp_path / "elsewhere"))))
    assert (full.folder, full.keep, full.passphrase) == (tmp_path / "elsewhere", 3, "a-secret-of-ours")
    assert "a-secret-of-ours" in full.secrets
    assert "a-secret-of-ours" not in repr(full)
    server = backup_of(path, configured("database: postgresql://host/books\n"))
    assert server.folder == tmp_path / "backups"
    with pytest.raises(ConfigurationError, match="encrypt needs a passphrase beside it"):
        configured("backup: {secrets: encrypt}\n")
