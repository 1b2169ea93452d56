"""A book is shelved by a plan on record; wherever a crash comes, the next run goes on there and takes nothing twice."""

from __future__ import annotations

import errno
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Unavailable
from audiobook_daemon.models import TorrentFile, Want, WantState
from audiobook_daemon.pipeline import placing, verified
from audiobook_daemon.shelving import Method, Plan, fingerprints
from audiobook_daemon.store import PlanState, StoredPlan
from audiobook_daemon.store.journal import Journal
from audiobook_daemon.store.plans import Plans

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

EMMA = ["Jane Austen/Emma/01.mp3", "Jane Austen/Emma/02.mp3"]


class Crash(BaseException):
    """What no handler of the program catches."""


async def shelve(world: SmallWorld, want: Want) -> Want:
    world.clock.pass_by(hours=1)
    await world.pipeline.shelve()
    return await world.now(want)


async def crash(world: SmallWorld) -> None:
    with pytest.raises(BaseExceptionGroup) as errors:
        await world.pipeline.shelve()
    assert errors.value.subgroup(Crash)


def shelf(world: SmallWorld) -> list[str]:
    root = world.shelves.folder
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


async def only_plan(world: SmallWorld, want: Want) -> StoredPlan:
    (plan,) = await world.database.plans.for_want(want.id)
    return plan


def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)


async def test_the_plan_and_what_came_of_it_are_on_record(world: SmallWorld) -> None:
    want = await shelve(world, await world.verified())
    stored = await only_plan(world, want)
    plan = Plan.from_json(stored.plan)
    assert (stored.kind, stored.state) == ("shelve", PlanState.DONE)
    assert [str(step.source) for step in plan.steps] == [f"{want.path}/01.mp3", f"{want.path}/02.mp3"]
    assert stored.result
    assert (stored.result["method"], stored.result["library"], stored.result["item"]) == (
        "hardlink",
        "shelves",
        want.item,
    )
    files = stored.result["files"]
    assert isinstance(files, list)
    assert [file["name"] for file in files] == ["01.mp3", "02.mp3"]
    assert [file["inode"] for file in files] == [one.inode for one in fingerprints(Path(want.path or ""))]


async def test_why_a_book_was_copied_is_said(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    no_links(monkeypatch)
    caplog.set_level("INFO")
    want = await world.verified()
    world.around.settings = replace(world.around.settings, methods=(Method.HARDLINK, Method.COPY))
    want = await shelve(world, want)
    why = "It was placed by copy: hardlink is not possible (Invalid cross-device link)."
    assert want.reason == f"shelves has it in Jane Austen/Emma. {why}"
    assert why in caplog.text
    result = (await only_plan(world, want)).result
    assert result
    assert result["passed"] == ["hardlink is not possible (Invalid cross-device link)"]


def after(owner: type, name: str, monkeypatch: pytest.MonkeyPatch, when: Callable[..., bool]) -> None:
    """Crash when a method has done its work, the first time that `when` says so of its arguments."""
    method: Callable[..., Awaitable[object]] = getattr(owner, name)

    async def work_and_crash(self: object, *arguments: object, **named: object) -> object:
        result = await method(self, *arguments, **named)
        if when(*arguments, **named):
            monkeypatch.setattr(owner, name, method)
            raise Crash
        return result

    monkeypatch.setattr(owner, name, work_and_crash)


def begins(kind: str) -> Callable[..., bool]:
    return lambda *arguments, **_: arguments[1] == kind


def after_act(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    act: Callable[..., object] = getattr(placing, name)

    def act_and_crash(*arguments: object, **named: object) -> None:
        act(*arguments, **named)
        monkeypatch.setattr(placing, name, act)
        raise Crash

    monkeypatch.setattr(placing, name, act_and_crash)


MOMENTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the plan is on record": lambda patch: after(Plans, "add", patch, lambda *_: True),
    "the plan is begun": lambda patch: after(Plans, "become", patch, lambda *_, **__: True),
    "staging is announced": lambda patch: after(Journal, "begin", patch, begins("stage")),
    "it is staged": lambda patch: after_act("stage", patch),
    "staging is on record": lambda patch: after(Journal, "done", patch, lambda *_: True),
    "publishing is announced": lambda patch: after(Journal, "begin", patch, begins("publish")),
    "it is published": lambda patch: after_act("publish", patch),
    "publishing is on record": lambda patch: after(Journal, "done", patch, lambda step, *_: step == 2),
    "the result is on record": lambda patch: after(Plans, "become", patch, lambda *_, **more: "result" in more),
    "admission is announced": lambda patch: after(Journal, "begin", patch, begins("admit")),
    "it is admitted": lambda patch: after(Journal, "done", patch, lambda step, *_: step == 3),
    "it is done": lambda patch: after(Plans, "become", patch, lambda _, state, **__: state is PlanState.DONE),
}


@pytest.mark.parametrize("moment", list(MOMENTS))
async def test_a_crash_at_any_step_is_carried_on(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    want = await world.verified()
    seeding = fingerprints(Path(want.path or ""))
    MOMENTS[moment](monkeypatch)
    await crash(world)
    want = await shelve(world, want)
    assert (want.state, want.item) == (WantState.SHELVED, "item-1")
    assert shelf(world) == EMMA
    stored = await only_plan(world, want)
    assert stored.state is PlanState.DONE
    assert stored.result
    assert stored.result["method"] == "hardlink"
    assert stored.result["files"]
    assert await world.database.journal.open_steps() == ()
    assert [step.kind for step in await world.database.journal.for_want(want.id)] == ["stage", "publish", "admit"]
    assert fingerprints(Path(want.path or "")) == seeding


async def test_equal_files_made_by_somebody_else_during_a_crash_are_not_taken_for_ones_own(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await world.verified()
    after(Journal, "begin", monkeypatch, begins("publish"))
    await crash(world)
    foreign = world.shelves.folder / "Jane Austen" / "Emma"
    foreign.mkdir(parents=True)
    for file in Path(want.path or "").iterdir():
        (foreign / file.name).write_bytes(file.read_bytes())
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, f"{foreign} (mp3)")
    states = [plan.state for plan in await world.database.plans.for_want(want.id)]
    assert states == [PlanState.ABANDONED, PlanState.DONE]
    assert await world.database.journal.open_steps() == ()
    assert not [file for file in shelf(world) if file.startswith(".")]


async def test_a_book_that_the_library_changed_before_it_said_so_is_still_ours(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.before("admit", Unavailable("It does not appear."))
    await shelve(world, want)
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    (folder / "metadata.json").write_text("{}")
    want = await shelve(world, want)
    assert (want.state, want.folder) == (WantState.SHELVED, str(folder))
    result = (await only_plan(world, want)).result
    assert result
    assert result["changed"] == ["metadata.json is new."]


async def test_audio_that_changes_while_the_library_takes_it_in_is_warned_of(
    world: SmallWorld, caplog: pytest.LogCaptureFixture
) -> None:
    want = await world.verified()
    folder = world.shelves.folder / "Jane Austen" / "Emma"

    async def embed() -> None:
        with (folder / "01.mp3").open("ab") as file:
            file.write(b"TAG")

    world.shelves.before("admit", embed)
    want = await shelve(world, want)
    assert want.state is WantState.SHELVED
    assert "Emma: its audio is not as it was placed: 01.mp3 had " in caplog.text
    assert "its torrent should be checked again" in caplog.text


async def test_what_has_to_wait_keeps_its_plan_and_writes_no_journal_over_and_over(world: SmallWorld) -> None:
    want = await world.verified()
    Path(want.path or "", "02.mp3").write_bytes(b"another length")
    for _ in range(3):
        waiting = await shelve(world, want)
        assert waiting.state is WantState.VERIFIED
        assert (waiting.reason or "").startswith("It cannot be placed: ")
        assert "02.mp3 has 14 bytes; the torrent says" in (waiting.reason or "")
    stored = await only_plan(world, want)
    assert stored.state is PlanState.MADE
    assert "02.mp3 has 14 bytes" in (stored.reason or "")
    assert await world.database.journal.for_want(want.id) == ()
    assert shelf(world) == []


async def test_a_full_disk_leaves_nothing_and_is_waited_for(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    want = await world.verified()
    link = os.link

    def full_after_one(source: Path, target: Path) -> None:
        if target.name == "02.mp3":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        link(source, target)

    monkeypatch.setattr(os, "link", full_after_one)
    waiting = await shelve(world, want)
    assert waiting.state is WantState.VERIFIED
    assert "No space left on device. Free some space there." in (waiting.reason or "")
    assert list(world.shelves.folder.iterdir()) == []
    monkeypatch.setattr(os, "link", link)
    assert (await shelve(world, want)).state is WantState.SHELVED
    assert (await only_plan(world, want)).state is PlanState.DONE
    assert await world.database.journal.open_steps() == ()


async def test_when_copying_is_allowed_after_all_the_waiting_book_is_copied(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_links(monkeypatch)
    want = await world.verified()
    settings = world.around.settings
    world.around.settings = replace(settings, methods=(Method.HARDLINK,))
    waiting = await shelve(world, want)
    assert (waiting.reason or "").endswith("copying is off.")
    world.around.settings = settings
    assert (await shelve(world, want)).state is WantState.SHELVED


async def test_sidecars_are_laid_beside_the_audio_and_nothing_else_of_the_torrent(world: SmallWorld) -> None:
    want = await world.verified()
    download = Path(want.path or "")
    (download / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n picture")
    (download / "info.nfo").write_text("Title: Another")
    files = (*want.torrent_files, *(replace(want.torrent_files[0], path=f"{download.name}/{name}", size=16) for name in
             ("cover.png", "info.nfo")))  # fmt: skip
    want = await world.change(want, torrent_files=files)
    world.around.settings = replace(world.around.settings, sidecars=frozenset({"metadata", "cover"}))
    want = await shelve(world, want)
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    assert sorted(file.name for file in folder.iterdir()) == ["01.mp3", "02.mp3", "cover.png", "metadata.json"]
    assert '"title": "Emma"' in (folder / "metadata.json").read_text()
    assert (folder / "cover.png").stat().st_nlink == 1


async def test_a_download_inside_the_library_waits_with_a_sentence(world: SmallWorld) -> None:
    want = await world.verified()
    inside = world.shelves.folder / "new"
    Path(want.path or "").rename(inside)
    files = tuple(replace(file, path=f"new/{Path(file.path).name}") for file in want.torrent_files)
    want = await shelve(world, await world.change(want, path=str(inside), torrent_files=files))
    assert want.state is WantState.VERIFIED
    assert "lies inside the library" in (want.reason or "")
    assert shelf(world) == ["new/01.mp3", "new/02.mp3"]


async def test_an_empty_folder_where_books_are_known_to_lie_is_taken_for_a_missing_mount(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.own((await world.want("Persuasion")).wish.book, str(world.shelves.folder / "Persuasion"))
    await world.pipeline.sync()
    waiting = await shelve(world, want)
    assert waiting.state is WantState.VERIFIED
    assert (
        waiting.reason == f"{world.shelves.folder} is empty, but shelves has books there; see that its disk is mounted."
    )
    assert shelf(world) == []
    (world.shelves.folder / "Persuasion").mkdir()
    assert (await shelve(world, want)).state is WantState.SHELVED


async def test_a_library_folder_that_is_gone_is_not_made_anew(world: SmallWorld) -> None:
    want = await world.verified()
    world.shelves.folder.rmdir()
    waiting = await shelve(world, want)
    assert "is not there; see that its disk is mounted" in (waiting.reason or "")
    assert not world.shelves.folder.exists()


async def test_what_a_crash_left_of_a_dropped_book_is_cleared_away(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await world.verified()
    after_act("stage", monkeypatch)
    await crash(world)
    assert shelf(world) != []
    await world.people.drop(want.id)
    await shelve(world, want)
    assert list(world.shelves.folder.iterdir()) == []
    assert (await only_plan(world, want)).state is PlanState.ABANDONED
    assert await world.database.journal.open_steps() == ()


async def test_a_published_book_that_is_dropped_during_a_crash_stays_and_can_be_taken_out_by_people(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await world.verified()
    after_act("publish", monkeypatch)
    await crash(world)
    await world.people.drop(want.id)
    await shelve(world, want)
    assert shelf(world) == EMMA
    stored = await only_plan(world, want)
    assert stored.state is PlanState.DONE
    assert stored.result
    assert stored.result["files"]


async def test_a_rehearsal_tells_each_plan_and_changes_nothing(world: SmallWorld) -> None:
    first, second = await world.verified("Emma"), await world.verified("Persuasion")
    third = await world.change(await world.verified("Ivanhoe"), wish=first.wish)
    Path(second.path or "", "02.mp3").write_bytes(b"short")
    world.around.settings = replace(world.around.settings, sidecars=frozenset({"metadata"}))
    outcome = await world.pipeline.shelve(dry_run=True)
    assert outcome.summary == "shelve: would shelve 2 books; 1 would have to wait."
    assert isinstance(outcome.data, list)
    emma, persuasion, other = outcome.data
    folder = world.shelves.folder / "Jane Austen" / "Emma"
    assert (emma["folder"], emma["method"], emma["refused"]) == (str(folder), "hardlink", None)
    assert emma["plan"][0].startswith(f"to {folder}: 2 files, ")
    assert emma["plan"][0].endswith(" by hardlink")
    assert emma["plan"][1] == f"from {first.path}"
    assert emma["plan"][-1] == "  metadata.json, written anew"
    assert "02.mp3 has 5 bytes; the torrent says" in persuasion["refused"]
    assert other["folder"] == f"{folder} (mp3)"
    assert list(world.shelves.folder.iterdir()) == []
    assert [await world.now(want) for want in (first, second, third)] == [first, second, third]
    assert await world.database.plans.for_want(first.id) == ()
    assert world.google.asked["describe"] == []


async def test_another_recording_for_the_same_want_is_placed_beside_what_was_shelved_before(world: SmallWorld) -> None:
    """A shelved book that is wanted again keeps its folder on record; that folder is not the new recording."""
    want = await shelve(world, await world.verified())
    again = world.folder / "downloads" / "again"
    again.mkdir()
    (again / "01.mp3").write_bytes(b"another recording")
    files = (TorrentFile("again/01.mp3", 17),)
    want = await world.change(
        want, state=WantState.VERIFIED, path=str(again), torrent_files=files, selection=(), item=None
    )
    want = await shelve(world, want)
    assert want.state is WantState.SHELVED
    assert shelf(world) == ["Jane Austen/Emma (mp3)/01.mp3", *EMMA]


async def test_a_download_that_was_moved_by_its_client_after_it_was_published_is_not_shelved_twice(
    world: SmallWorld,
) -> None:
    want = await world.verified()
    world.shelves.before("admit", Unavailable("It does not appear."))
    await shelve(world, want)
    moved = Path(want.path or "").rename(world.folder / "moved")
    files = tuple(replace(file, path=f"moved/{Path(file.path).name}") for file in want.torrent_files)
    want = await shelve(world, await world.change(want, path=str(moved), torrent_files=files))
    assert want.state is WantState.SHELVED
    assert shelf(world) == EMMA


@pytest.mark.parametrize("method", [Method.HARDLINK, Method.COPY])
@pytest.mark.parametrize("noted", [True, False], ids=["its folder is on record", "no folder is on record"])
async def test_a_restored_database_that_does_not_know_of_a_shelved_book_places_it_no_second_time(
    world: SmallWorld, method: Method, noted: bool
) -> None:
    world.around.settings = replace(world.around.settings, methods=(method,))
    want = await shelve(world, await world.verified())
    placed = shelf(world)
    for plan in await world.database.plans.for_want(want.id):
        await world.database.plans.become(plan.id, PlanState.ABANDONED)
    folder = want.folder if noted else None
    want = await world.change(want, state=WantState.VERIFIED, item=None, library=None, folder=folder)
    want = await shelve(world, want)
    assert (want.state, want.item) == (WantState.SHELVED, "item-1")
    assert shelf(world) == placed
    assert (await world.database.plans.for_want(want.id))[-1].state is PlanState.DONE


async def test_a_folder_that_is_another_wants_is_not_taken_though_its_files_are_the_same(world: SmallWorld) -> None:
    first = await shelve(world, await world.verified())
    second = await world.want("Emma, again")
    second = await world.change(
        second, state=WantState.VERIFIED, wish=first.wish, path=first.path, torrent_files=first.torrent_files
    )
    second = await shelve(world, second)
    assert (first.folder, second.folder) == (first.folder, f"{first.folder} (2)")


async def test_files_that_are_verified_again_and_again_are_noted_once_and_when_they_change(world: SmallWorld) -> None:
    want = await world.verified()
    places = sorted(Path(want.path or "").iterdir())
    for _ in range(3):
        await verified.note(world.around, want, places)
    assert len(await world.database.journal.for_want(want.id)) == 1
    places[0].write_bytes(places[0].read_bytes()[::-1])
    os.utime(places[0], (1, 1))
    await verified.note(world.around, want, places)
    assert len(await world.database.journal.for_want(want.id)) == 2
