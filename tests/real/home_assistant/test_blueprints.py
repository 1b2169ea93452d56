"""The blueprints, imported and used as a person uses them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import aiomqtt
import pytest
import pytest_asyncio
from tests.real.home_assistant.configuration import SHIPPED
from tests.real.home_assistant.household import BASE, Household

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

FOLDER = "audiobook-daemon"
BLUEPRINTS = sorted(file.name for file in (SHIPPED / "blueprints" / "automation" / FOLDER).glob("*.yaml"))
NOTIFIER = {"notifier": "notify.persistent_notification"}
"""On the screen instead of the phone; the answer is then an event, as the phone's application sends it."""
SCHEDULES = "switch.audiobook_daemon_schedules"
BEGIN, QUESTIONS = datetime(2026, 11, 1, tzinfo=UTC), itertools.count()
"""No two questions are of the same moment."""
KITCHEN, BEDROOM = "kitchen", "bedroom"


def using(name: str, **inputs: object) -> Mapping[str, object]:
    return {"use_blueprint": {"path": f"{FOLDER}/{name}.yaml", "input": inputs}}


async def tell(household: Household, path: str, document: object) -> None:
    """Publish an event in the daemon's place."""
    async with aiomqtt.Client("127.0.0.1", household.world.broker.port) as client:
        await client.publish(f"{BASE}event/{path}", json.dumps(document), qos=1)


async def plays(household: Household, room: str, *, playing: bool) -> None:
    await household.home.call(
        f"input_boolean.turn_{'on' if playing else 'off'}", f"input_boolean.playing_in_the_{room}"
    )
    await household.home.shows(f"media_player.{room}", "playing" if playing else "idle")


async def test_all_can_be_imported(household: Household) -> None:
    found = await household.home.socket.ask("blueprint/list", domain="automation")
    ours = {path: one for path, one in found.items() if path.startswith(FOLDER)}

    assert sorted(ours) == [f"{FOLDER}/{name}" for name in BLUEPRINTS]
    assert not {path: one["error"] for path, one in ours.items() if "error" in one}


class TestReview:
    @pytest_asyncio.fixture(autouse=True, loop_scope="session")
    async def _asked(self, household: Household) -> None:
        await household.home.automate("review", using("review_a_book", **NOTIFIER))

    async def ask(self, household: Household) -> tuple[int, str, str]:
        """Let the oldest question be asked anew; returns the want, the prefix of its buttons, and the message."""
        ((id_,),) = household.rows("SELECT id FROM wants WHERE state = 'review' ORDER BY changed, id LIMIT 1")
        at = BEGIN + timedelta(minutes=next(QUESTIONS))
        document = {**await self.document(household, id_), "at": at.isoformat(), "event_type": "approval_requested"}
        await tell(household, "approval/requested", document)
        shown = await household.home.notice(
            lambda one: one["notification_id"] == f"audiobook-{id_}" and one["title"].endswith("?")
        )
        return int(id_), f"AUDIOBOOK_{id_}_{int(at.timestamp())}", str(shown["message"])

    async def document(self, household: Household, id_: int) -> dict[str, object]:
        def found() -> list[dict[str, object]]:
            entries = json.loads(heard[-1][1])["entries"] if heard else []
            return [one for one in entries if one["id"] == id_]

        async with household.listening("approvals") as heard:
            await household.home.sees(lambda: bool(found()), "what waits")
            return found()[0]

    async def test_the_question_shows_book_candidates_and_evidence(self, household: Household) -> None:
        id_, _, message = await self.ask(household)
        document = await self.document(household, id_)

        candidates = document["candidates"]
        assert isinstance(candidates, list)
        assert candidates
        assert str(document["reason"]) in message
        for one in candidates:
            assert f"{one['number']}. {one['title']}" in message
            assert str(one["why"]) in message

    async def test_the_phone_is_given_buttons_and_the_cover(self, household: Household) -> None:
        await household.home.automate("phone", using("review_a_book", notifier="script.phone"))
        at = datetime.now(UTC).replace(microsecond=0)
        one = {"number": 4, "title": "Dune", "narrator": "Ann Reader", "why": "same title", "source": "mam"}
        candidates = [one, {**one, "number": 7, "narrator": None}, {**one, "number": 9}]
        document = {
            "event_type": "approval_requested",
            "id": 888_888,
            "at": at.isoformat(),
            "title": "Dune",
            "author": "Frank Herbert",
            "isbn": "9780441013593",
            "reason": "Three fit.",
            "source": "a list",
            "candidates": [{**each, "format": "m4b", "size_mb": 612} for each in candidates],
        }

        await tell(household, "approval/requested", document)

        shown = await household.home.notice(lambda one: one["notification_id"] == "phone-audiobook-888888")
        await household.home.forget("phone")
        told = json.loads(shown["message"])
        question = f"AUDIOBOOK_888888_{int(at.timestamp())}"
        assert [(button["action"], button["title"]) for button in told["actions"]] == [
            (f"{question}_1", "Take 4 · Ann Reader"),
            (f"{question}_REFUSE", "Refuse"),
            (f"{question}_2", "Take 7"),
            (f"{question}_3", "Take 9 · Ann Reader"),
        ]
        assert told["image"] == "https://covers.openlibrary.org/b/isbn/9780441013593-L.jpg"

    @pytest.mark.parametrize(("button", "path"), [("1", "approval/approve"), ("REFUSE", "approval/reject")])
    async def test_a_button_of_the_phone_decides(self, household: Household, button: str, path: str) -> None:
        id_, question, _ = await self.ask(household)

        await household.press(f"{question}_{button}", path, "ok")

        if path == "approval/approve":
            assert household.want(id_) in {"chosen", "downloading", "downloaded", "verified", "shelved"}
        else:
            assert household.want(id_) != "chosen"

    async def test_an_answer_that_cannot_be_carried_out_is_told(self, household: Household) -> None:
        at = datetime.now(UTC).replace(microsecond=0)
        document = {
            "event_type": "approval_requested",
            "id": 999_999,
            "at": at.isoformat(),
            "title": "No Such Book",
            "author": None,
            "isbn": None,
            "reason": None,
            "source": None,
            "candidates": [],
        }
        await tell(household, "approval/requested", document)
        await household.home.notice(lambda one: one["title"] == "No Such Book?")

        await household.press(f"AUDIOBOOK_999999_{int(at.timestamp())}_1", "approval/approve", "error")

        shown = await household.home.notice(lambda one: one["title"] == "No Such Book: not decided")
        assert "999999" in shown["message"]

    async def test_a_question_that_was_answered_elsewhere_is_taken_back(self, household: Household) -> None:
        id_, _, _ = await self.ask(household)

        await household.request("approval/approve", {"id": id_})

        place = f"audiobook-{id_}"
        shown = await household.home.notice(
            lambda one: one["notification_id"] == place and "elsewhere" in one["message"]
        )
        assert "approved" in shown["message"]


async def test_a_new_book_is_told_with_its_name(household: Household) -> None:
    inputs = {
        "event_entity": "event.audiobook_daemon_book_event",
        "cover_entity": "image.audiobook_daemon_last_added_cover",
    }
    await household.home.automate("shelved", using("new_book_shelved", **inputs, **NOTIFIER, patience=1))

    want = await household.approve_one()
    await household.shelve(want)

    ((title,),) = household.rows("SELECT title FROM wants WHERE id = ?", want)
    shown = await household.home.notice(lambda one: one["notification_id"] == f"audiobook-shelved-{want}")
    assert shown["title"] == f"New on the shelf: {title}"


async def test_danger_for_an_account_is_told_and_its_end_too(household: Household) -> None:
    await household.home.automate("danger", using("tracker_duty_in_danger", **NOTIFIER))
    account = {"tracker": "mam", "ratio": 0.93, "free_slots": 3, "at": datetime.now(UTC).isoformat()}
    danger = "The ratio is below what the site asks for."

    await tell(household, "tracker/danger", {**account, "event_type": "tracker_danger", "dangers": [danger]})
    shown = await household.home.notice(lambda one: "in danger" in one["title"])
    await tell(household, "tracker/safe", {**account, "event_type": "tracker_safe", "dangers": []})
    await household.home.notice(lambda one: "all is well" in one["title"])

    assert danger in shown["message"]
    assert "ratio 0.93, 3 free slots" in shown["message"]


async def test_the_week_is_told_in_numbers_that_are_true(household: Household) -> None:
    await household.home.automate("digest", using("weekly_digest", **NOTIFIER))
    await household.run("library")
    ((books,),) = household.rows("SELECT count(*) FROM books")
    await household.home.shows("sensor.audiobook_daemon_books", str(books))

    await household.home.call("automation.trigger", "automation.digest", skip_condition=True)

    shown = await household.home.notice(lambda one: one["notification_id"] == "audiobook-week")
    ((waiting,),) = household.rows("SELECT count(*) FROM wants WHERE state = 'review'")
    assert f"Books: {books}\n" in shown["message"]
    assert f"Waiting for your decision: {waiting}\n" in shown["message"]
    assert "Problems: none" in shown["message"]


class TestPauseWhileStreaming:
    @pytest_asyncio.fixture(autouse=True, loop_scope="session")
    async def _automated(self, household: Household) -> None:
        players = [f"media_player.{room}" for room in (KITCHEN, BEDROOM)]
        await household.home.automate(
            "streaming", using("pause_while_streaming", players=players, schedules=SCHEDULES, minutes=0.05)
        )
        await household.home.shows(SCHEDULES, "on")

    async def test_schedules_stand_still_until_the_last_player_is_silent(self, household: Household) -> None:
        home = household.home
        await plays(household, KITCHEN, playing=True)
        await home.shows(SCHEDULES, "off")
        await plays(household, BEDROOM, playing=True)
        await plays(household, KITCHEN, playing=False)
        assert home.state(SCHEDULES) == "off"

        await plays(household, BEDROOM, playing=False)

        await home.shows(SCHEDULES, "on")

    async def test_what_a_person_has_switched_off_stays_off(self, household: Household) -> None:
        home = household.home
        await home.call("switch.turn_off", SCHEDULES)
        await home.shows(SCHEDULES, "off")
        seen = len(home.history(SCHEDULES))

        await plays(household, KITCHEN, playing=True)
        await plays(household, KITCHEN, playing=False)
        await home.ended("automation.streaming")

        assert len(home.history(SCHEDULES)) == seen
        await home.call("switch.turn_on", SCHEDULES)
        await home.shows(SCHEDULES, "on")

    async def test_whoever_switches_on_meanwhile_has_the_last_word(self, household: Household) -> None:
        home = household.home
        await plays(household, KITCHEN, playing=True)
        await home.shows(SCHEDULES, "off")
        await home.call("switch.turn_on", SCHEDULES)
        await home.ended("automation.streaming")

        await plays(household, KITCHEN, playing=False)

        assert home.state(SCHEDULES) == "on"
