"""The machine dies in the middle of the work; another one restores the backup and goes on where it was."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.backup import Restored, Wanted, restore
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import WantState
from audiobook_daemon.store import utc_now

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

MOST_ROUNDS = 400


async def do(daemon: Daemon, action: str, **arguments: object) -> object:
    """Run an action, which must do well."""
    run, outcome = await daemon.doors.do(action, arguments, "cli")
    assert run.error is None, run.error
    assert outcome is not None
    return outcome.data


async def states(daemon: Daemon) -> Counter[WantState]:
    return Counter(want.state for want in await daemon.database.wants.list(limit=500))


def enter_again(household: Household, secrets: str, done: Restored) -> None:
    """Do what the person is told to: write the secrets down, and make a new session at the tracker."""
    assert "mam_session" in done.manifest.lacking.secrets
    assert ("mam", "session") in done.manifest.lacking.memory
    lines = [line for line in secrets.splitlines() if not line.startswith("mam_session")]
    path = household.config.with_name("secrets.yaml")
    path.write_text("\n".join([*lines, f'mam_session: "{household.world.mam.session.value}"', ""]))
    path.chmod(0o600)


async def test_each_book_ends_on_the_shelf_once_whatever_it_was_at(inhabit: Inhabit, tmp_path: Path) -> None:
    """One book is shelved, one downloads, one is chosen and the others are not when the backup is made."""
    async with inhabit(5) as household:
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            await do(daemon, "sync")
            await do(daemon, "gather")
            await do(daemon, "choose", limit=1)
            for _ in range(MOST_ROUNDS):
                for action in ("grab", "watch", "verify", "shelve"):
                    await do(daemon, action)
                if (await states(daemon))[WantState.SHELVED]:
                    break
            await do(daemon, "choose", limit=1)
            await do(daemon, "grab")
            await do(daemon, "choose", limit=1)
            data = await do(daemon, "backup")
            before = await states(daemon)
            assert set(before) >= {WantState.SHELVED, WantState.DOWNLOADING, WantState.CHOSEN, WantState.WANTED}
            # What is done after the backup is not in it, and must not be done twice either.
            for _ in range(MOST_ROUNDS):
                for action in ("watch", "verify", "shelve"):
                    await do(daemon, action)
                if (await states(daemon))[WantState.SHELVED] > before[WantState.SHELVED]:
                    break
            await do(daemon, "grab")
        assert isinstance(data, dict)
        backup = Path(shutil.copy(data["file"], tmp_path / "one.zip"))
        secrets = household.config.with_name("secrets.yaml").read_text()
        shutil.rmtree(household.config.parent)
        household.config.parent.mkdir()
        done = await restore(Wanted(backup, household.config), os.environ, utc_now())
        assert done.database == household.database
        enter_again(household, secrets, done)
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            assert await states(daemon) == before
            for _ in range(MOST_ROUNDS):
                for action in ("choose", "grab", "watch", "verify", "shelve"):
                    await do(daemon, action)
                if set(await states(daemon)) == {WantState.SHELVED}:
                    break
        await household.check_shelved_once()
