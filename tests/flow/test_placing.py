"""Whole books onto another disk: what was planned comes, each copy is its source, and nothing that seeds is touched."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import Outcome, WantState
from audiobook_daemon.shelving import fingerprints, is_audio
from audiobook_daemon.store import PlanState

if TYPE_CHECKING:
    from tests.flow.conftest import Inhabit

PATIENCE = 120.0


async def do(daemon: Daemon, verb: str, **arguments: object) -> Outcome:
    run, outcome = await daemon.doors.do(verb, arguments, "cli")
    assert not run.error, run.error
    assert outcome
    return outcome


async def until(daemon: Daemon, state: WantState, books: int, *verbs: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await daemon.database.wants.counts())[state] < books:
            for verb in verbs:
                await do(daemon, verb)


async def test_books_are_copied_to_another_disk_as_was_planned(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def other_disk(source: Path, target: Path) -> None:
        if ".audiobook-daemon-" in str(target):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        link(source, target)

    monkeypatch.setattr(os, "link", other_disk)
    async with inhabit(4) as household:
        household.change(
            "verify: {decode: never}\n", "verify: {decode: never}\nshelve: {sidecars: [metadata, cover]}\n"
        )
        books = len(household.books)
        async with Daemon.assembled(household.config) as daemon:
            await do(daemon, "gather")
            await until(daemon, WantState.VERIFIED, books, "choose", "grab", "watch", "verify")
            wants = await daemon.database.wants.list([WantState.VERIFIED])
            seeding = {want.id: fingerprints(Path(want.path or "").parent) for want in wants}
            library = fingerprints(household.world.library)
            planned = (await do(daemon, "shelve", dry_run=True)).data
            assert fingerprints(household.world.library) == library
            await until(daemon, WantState.SHELVED, books, "shelve")
            assert isinstance(planned, list)
            expected = {row["id"]: row["folder"] for row in planned}
            for want in await daemon.database.wants.list([WantState.SHELVED]):
                assert want.folder == expected[want.id]
                assert "placed by copy: hardlink is not possible (Invalid cross-device link)" in (want.reason or "")
                assert fingerprints(Path(want.path or "").parent) == seeding[want.id]
                (plan,) = await daemon.database.plans.for_want(want.id)
                assert plan.state is PlanState.DONE
                check_copies(Path(want.folder or ""), plan.plan["steps"])
            findings = (await do(daemon, "doctor")).data
            assert isinstance(findings, list)
            (copied,) = [finding for finding in findings if finding["text"].startswith("Books are copied, because ")]
            assert copied["level"] == "warning"
        assert [place.name for place in household.world.library.iterdir() if place.name.startswith(".")] == []


def check_copies(folder: Path, steps: object) -> None:
    assert isinstance(steps, list)
    assert {file.name for file in folder.iterdir() if is_audio(file.name)} == {step["name"] for step in steps}
    for step in steps:
        assert (folder / step["name"]).read_bytes() == Path(step["source"]).read_bytes()
        assert (folder / step["name"]).stat().st_nlink == 1
    assert json.loads((folder / "metadata.json").read_text())["title"]
