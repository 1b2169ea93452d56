"""The session cookie: kept after every answer, before anything else; one call at a time; never told to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, PluginError, Query, Release, Unavailable
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.mam.config import MamConfig
from audiobook_plugins.mam.session import Call, Session

Make = Callable[..., HttpAnswer]
Factory = Callable[..., MyAnonamouse]
NOTHING = {"error": "Nothing returned, out of 0"}
RELEASE = Release(source="mam", key="7", title="Emma", extra={"tid": "7"})
ACCOUNT = {"username": "x", "snatch_summary": {"unsat": {"count": 0, "limit": 100}}}


class Scripted(Protocol):
    answers: list[HttpAnswer | Exception]
    sent: list[Any]
    paces: list[tuple[float, bool]]
    most_at_once: int
    gate: asyncio.Event | None


class Memory(Protocol):
    values: dict[str, Any]

    async def get(self, key: str) -> object: ...
    async def put(self, key: str, value: object, *, secret: bool = True) -> None: ...
    async def delete(self, key: str) -> None: ...


def text(title: str = "Emma") -> Query:
    return Query(title, text=title)


async def test_every_answer_s_cookie_is_sent_next(
    scripted: Scripted, scripted_mam: Factory, answer: Make, seed: str, memory: Memory
) -> None:
    mam = scripted_mam()
    scripted.answers = [answer(NOTHING, cookie="rotated%2B1"), answer(NOTHING), answer(NOTHING, cookie="rotated%3D2")]
    for _ in range(3):
        await mam.search(text())
    assert [sent.cookie for sent in scripted.sent] == [
        f"mam_id={seed}",
        "mam_id=rotated%2B1",
        "mam_id=rotated%2B1",
    ]
    assert memory.values["session"]["value"] == "rotated%3D2"


FAULTS: list[tuple[bytes, int, dict[str, str]]] = [
    (b"Internal Server Error", 500, {}),
    (b"<h1>502 Bad Gateway</h1>", 502, {}),
    (b"", 429, {"Retry-After": "5"}),
    (b"Invalid session - IP mismatch", 403, {}),
    (b"Forbidden", 403, {}),
    (b'{"data": [', 200, {}),
    (b"<html>maintenance</html>", 200, {}),
    (b"[1]", 200, {}),
    (b"Not Found", 404, {}),
]


@pytest.mark.parametrize(("body", "status", "headers"), FAULTS)
async def test_the_cookie_of_a_failing_answer_is_kept_too(
    scripted: Scripted,
    scripted_mam: Factory,
    answer: Make,
    memory: Memory,
    body: bytes,
    status: int,
    headers: dict[str, str],
) -> None:
    scripted.answers = [answer(body, status=status, headers=headers, cookie="fresh")]
    with pytest.raises(PluginError):
        await scripted_mam().search(text())
    assert memory.values["session"]["value"] == "fresh"


async def test_the_cookie_of_a_torrent_is_kept_too(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory, sample: Callable[[str], Any]
) -> None:
    torrent = sample("torrent_single_file.torrent")
    scripted.answers = [answer(ACCOUNT, cookie="after%account"), answer(torrent, cookie="after%download")]
    assert (await scripted_mam().fetch(RELEASE)).content == torrent
    assert memory.values["session"]["value"] == "after%download"


async def test_the_cookie_is_on_disk_before_the_answer_is_looked_at(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory, context_for: Callable[..., Any], seed: str
) -> None:
    session = Session(MamConfig.model_validate({"session": seed}), context_for("mam", http=scripted))
    scripted.answers = [answer(b"x", cookie="fresh")]
    seen = await session.ask(Call("https://www.myanonamouse.net/x"), lambda _: memory.values["session"]["value"])
    assert seen == "fresh"


async def test_a_restart_goes_on_with_the_stored_cookie(
    scripted: Scripted, scripted_mam: Factory, answer: Make
) -> None:
    scripted.answers = [answer(NOTHING, cookie="fresh"), answer(NOTHING)]
    await scripted_mam().search(text())
    await scripted_mam().search(text())
    assert scripted.sent[-1].cookie == "mam_id=fresh"


async def test_a_newly_configured_session_wins_over_the_stored_one(
    scripted: Scripted, scripted_mam: Factory, answer: Make
) -> None:
    scripted.answers = [answer(NOTHING, cookie="fresh"), answer(NOTHING)]
    await scripted_mam().search(text())
    await scripted_mam(session="ANOTHERSEED").search(text())
    assert scripted.sent[-1].cookie == "mam_id=ANOTHERSEED"


async def test_the_seed_itself_is_not_stored(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory, seed: str
) -> None:
    scripted.answers = [answer(NOTHING, cookie="fresh")]
    await scripted_mam().search(text())
    assert seed not in repr(memory.values)


async def test_a_rejected_stored_cookie_gives_way_to_the_seed(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory, seed: str
) -> None:
    scripted.answers = [
        answer(NOTHING, cookie="stale"),
        answer("Invalid session - Invalid Cookie", status=403),
        answer(NOTHING, cookie="reborn"),
    ]
    mam = scripted_mam()
    await mam.search(text())
    assert await mam.search(text()) == []
    assert [sent.cookie for sent in scripted.sent] == [f"mam_id={seed}", "mam_id=stale", f"mam_id={seed}"]
    assert memory.values["session"]["value"] == "reborn"


async def test_a_seed_that_lives_without_rotation_is_used_after_a_restart(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory, seed: str
) -> None:
    scripted.answers = [answer(NOTHING, cookie="stale"), answer(b""), answer(NOTHING), answer(NOTHING)]
    mam = scripted_mam()
    await mam.search(text())
    await mam.search(text())
    assert "session" not in memory.values
    await scripted_mam().search(text())
    assert scripted.sent[-1].cookie == f"mam_id={seed}"


async def test_when_both_are_dead_the_stored_one_stays(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory
) -> None:
    dead = answer("Invalid session", status=403, cookies=["mam_id=deleted; Max-Age=0"])
    scripted.answers = [answer(NOTHING, cookie="stored"), dead, dead]
    mam = scripted_mam()
    await mam.search(text())
    with pytest.raises(AuthFailed, match="Create a new API session"):
        await mam.search(text())
    assert memory.values["session"]["value"] == "stored"


async def test_a_lock_to_another_address_does_not_burn_the_seed(
    scripted: Scripted, scripted_mam: Factory, answer: Make
) -> None:
    scripted.answers = [answer(NOTHING, cookie="stored"), answer("Invalid session - ASN mismatch", status=403)]
    mam = scripted_mam()
    await mam.search(text())
    with pytest.raises(AuthFailed, match="ASN mismatch"):
        await mam.search(text())
    assert len(scripted.sent) == 2


async def test_calls_go_one_by_one_each_with_the_newest_cookie(
    scripted: Scripted, scripted_mam: Factory, answer: Make, seed: str
) -> None:
    scripted.answers = [answer(NOTHING, cookie=f"value{number}") for number in range(8)]
    mam = scripted_mam(pace=1.5)
    await asyncio.gather(*(mam.search(text()) for _ in range(8)))
    assert scripted.most_at_once == 1
    assert [sent.cookie for sent in scripted.sent] == [
        f"mam_id={seed}", *(f"mam_id=value{number}" for number in range(7))
    ]  # fmt: skip
    assert set(scripted.paces) == {(1.5, True)}


async def test_downloads_have_a_pace_of_their_own(
    scripted: Scripted, scripted_mam: Factory, answer: Make, sample: Callable[[str], Any]
) -> None:
    scripted.answers = [answer(ACCOUNT), answer(sample("torrent_single_file.torrent")), answer(NOTHING)]
    mam = scripted_mam(pace=1, download_pace=4)
    await mam.fetch(RELEASE)
    await mam.search(text())
    assert scripted.paces == [(1, True), (4, True), (1, True)]


async def test_a_caller_that_gives_up_does_not_cost_the_session(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory
) -> None:
    scripted.gate = asyncio.Event()
    scripted.answers = [answer(NOTHING, cookie="fresh"), answer(NOTHING)]
    mam = scripted_mam()
    impatient = asyncio.create_task(mam.search(text()))
    waiting = asyncio.create_task(mam.search(text()))
    while not scripted.sent:
        await asyncio.sleep(0)
    impatient.cancel()
    waiting.cancel()
    await asyncio.gather(impatient, waiting, return_exceptions=True)
    assert impatient.cancelled()
    assert len(scripted.sent) == 1, "a call that only waited for its turn is not sent any more"
    scripted.gate.set()
    await mam.stop()
    assert memory.values["session"]["value"] == "fresh"
    await mam.search(text())
    assert scripted.sent[-1].cookie == "mam_id=fresh"


async def test_a_call_nobody_waits_for_may_fail_in_silence(scripted: Scripted, scripted_mam: Factory) -> None:
    scripted.gate = asyncio.Event()
    scripted.answers = [Unavailable("gone")]
    mam = scripted_mam()
    impatient = asyncio.create_task(mam.search(text()))
    while not scripted.sent:
        await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    scripted.gate.set()
    await mam.stop()


async def test_a_lost_answer_frees_the_way(scripted: Scripted, scripted_mam: Factory, answer: Make, seed: str) -> None:
    scripted.answers = [Unavailable("The connection broke."), answer(NOTHING)]
    mam = scripted_mam()
    with pytest.raises(Unavailable, match="broke"):
        await mam.search(text())
    assert await mam.search(text()) == []
    assert scripted.sent[-1].cookie == f"mam_id={seed}"


async def test_two_instances_keep_their_cookies_apart(
    scripted: Scripted, scripted_mam: Factory, answer: Make, memory: Memory
) -> None:
    other = type(memory)()
    first, second = scripted_mam("first"), scripted_mam("second", memory=other, session="SECONDSEED")
    scripted.answers = [
        answer(NOTHING, cookie="one"), answer(NOTHING, cookie="two"), answer(NOTHING), answer(NOTHING)
    ]  # fmt: skip
    for mam in (first, second, first, second):
        await mam.search(text())
    assert [sent.cookie for sent in scripted.sent[2:]] == ["mam_id=one", "mam_id=two"]
    assert (memory.values["session"]["value"], other.values["session"]["value"]) == ("one", "two")
