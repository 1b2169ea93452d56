"""Books on a shelf, ready to be taken out of it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving.fingerprint import as_json, fingerprints
from audiobook_daemon.shelving.trash import TRASH
from audiobook_daemon.store import PlanState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def shelved(world: SmallWorld, *book: str) -> Want:
    """A want whose book stands on the shelf, with a record of how its files looked."""
    want = await world.verified(*book)
    await world.pipeline.shelve()
    want = await world.now(want)
    assert want.state is WantState.SHELVED
    plans = world.database.plans
    if not any(plan.result for plan in await plans.for_want(want.id)):
        plan = await plans.add(want.id, "shelve", {"folder": want.folder})
        files = as_json(fingerprints(Path(want.folder or "")))
        await plans.become(plan, PlanState.DONE, result={"files": files, "method": "hardlink", "item": want.item})
    return want


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its contents, by its path; the trash is left out."""
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and TRASH not in file.relative_to(folder).parts
    }


def in_trash(world: SmallWorld) -> list[Path]:
    """The folders in the trash of the shelf."""
    trash = world.shelves.folder / TRASH
    return sorted(trash.iterdir()) if trash.exists() else []


class Killed(BaseException):
    """Ends a life of the daemon as SIGKILL would: nobody catches it, and nothing is tidied up."""


def dying(function: Callable[..., object], *, before: bool) -> Callable[..., object]:
    """A function in whose place the daemon dies, before or after it has done its work."""

    def act_and_die(*args: object, **more: object) -> object:
        if not before:
            function(*args, **more)
        raise Killed

    return act_and_die


def dying_later(function: Callable[..., Awaitable[object]], *, before: bool) -> Callable[..., Awaitable[object]]:
    """The same for a coroutine."""

    async def act_and_die(*args: object, **more: object) -> object:
        if not before:
            await function(*args, **more)
        raise Killed

    return act_and_die
