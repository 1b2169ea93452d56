"""What arrives at a real receiver, and when."""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
import sys
import threading
from datetime import timedelta

import pytest
from tests.plugins.conftest import Clock, MemoryInRam
from tests.plugins.notify.conftest import BERLIN, Inbox, Make, book, gaps, in_need, url_of

from audiobook_daemon import (
    AuthFailed,
    Event,
    EventsCondensed,
    LibraryReturned,
    LibraryShrunk,
    Run,
    RunFinished,
    RunOutcome,
    Standing,
    StandingSeen,
    Unavailable,
    UpdateFound,
    WantState,
)
from audiobook_daemon.testing import Asked, Reply, Trouble
from audiobook_plugins.notify import courier, ledger
from audiobook_plugins.notify.addresses import mistake_in
from audiobook_plugins.notify.services import Service

Reply500, Reply400 = Reply(status=500), Reply(status=400)
NIGHT = {"quiet_hours": "22:00-07:00"}
EVERYTHING = {
    "events": ["shelved", "grabbed", "review", "failed", "gaps", "service", "job", "library", "tracker", "update"]
}


def job(clock: Clock, outcome: RunOutcome) -> Event:
    run = Run("1", "hunt", "schedule", clock(), outcome, clock(), summary="All is well.", error="The disk is full.")
    return RunFinished(clock(), run)


def tracker(clock: Clock, *dangers: str) -> Event:
    return StandingSeen(clock(), "mam", Standing(clock(), ratio=0.9, free_slots=0, dangers=dangers), None)


async def test_every_kind_has_words_of_its_own(make: Make, inbox: Inbox, clock: Clock) -> None:
    phone = make(**EVERYTHING)
    await phone.start()
    told: list[tuple[Event, str, str]] = [
        (book(), "Shelved: Dune by Frank Herbert", "Read by Scott Brick"),
        (book(WantState.DOWNLOADING), "Downloading: Dune by Frank Herbert", "From mam; wanted because: on a list"),
        (book(WantState.GIVEN_UP), "Given up: Dune by Frank Herbert", "Two would do."),
        (book(WantState.WANTED, code="stalled"), "Failed: Dune by Frank Herbert", "Another release is looked for."),
        (gaps(), "3 missing books found", "- Dune Messiah (Dune)"),
        (in_need(), "qbittorrent needs you", "The password is wrong."),
        (job(clock, RunOutcome.FAILED), "Job hunt failed", "The disk is full."),
        (job(clock, RunOutcome.SUCCESS), "Job hunt works again", "All is well."),
        (LibraryShrunk(clock(), "shelf", 900, 800), "shelf has lost 800 books", "Is a disk missing?"),
        (LibraryReturned(clock(), "shelf", 900), "shelf is complete again", "It holds 900 books."),
        (tracker(clock, "The ratio is below 1."), "mam: your account is in danger", "The ratio is below 1."),
        (tracker(clock), "mam: out of danger", "Ratio 0.90"),
        (UpdateFound(clock(), "9.9", "https://example.org"), "audiobook-daemon 9.9 is out", "https://example.org"),
    ]
    for event, title, text in told:
        await phone.notify(event)
        last = inbox.received()[-1]
        assert last["title"] == title
        assert text in last["message"]
    assert len(inbox.received()) == len(told)


async def test_a_book_to_decide_on_comes_with_its_candidates(make: Make, inbox: Inbox) -> None:
    phone = make()
    await phone.start()
    await phone.notify(book(WantState.REVIEW))
    (message,) = inbox.received()
    assert message["title"] == "Decide: Dune by Frank Herbert"
    assert "1. Dune (Unabridged) (Scott Brick, m4b, 612 MB, mam)\n   The title fits." in message["message"]
    assert "2. Dune, read again (Simon Vance, mp3, 400 MB, prowlarr)\n   Cheaper." in message["message"]
    assert message["message"].endswith("Answer: audiobook-daemon do accept 4")


async def test_what_is_not_asked_for_is_not_told(make: Make, inbox: Inbox) -> None:
    phone = make(events=["failed"])
    await phone.start()
    for event in (book(), gaps(), in_need(), Event(book().at)):
        await phone.notify(event)
    assert inbox.received() == []


async def test_a_person_words_messages(make: Make, inbox: Inbox) -> None:
    words = {"shelved": {"title": "{{ instance }}: {{ title|upper }}", "body": "{{ series }}, {{ at }}"}}
    phone = make(BERLIN, templates=words)
    await phone.start()
    await phone.notify(book())
    (message,) = inbox.received()
    assert (message["title"], message["message"]) == ("phone: DUNE", "Dune #1, 2026-03-01 13:00")


async def test_a_template_that_fails_with_a_real_event_costs_no_message(
    make: Make, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    phone = make(templates={"shelved": {"body": "{{ 1 / (title|length - 3) }}"}})
    await phone.start()
    for title in ("Emma", "Ivy", "Una"):
        await phone.notify(book(title=title))
    assert inbox.received()[0]["message"] == "1.0"
    assert "Read by Scott Brick" in inbox.received()[1]["message"]
    assert caplog.text.count("the template shelved.body fails (division by zero)") == 1


async def test_long_texts_are_cut_visibly(make: Make, inbox: Inbox) -> None:
    phone = make()
    await phone.start()
    await phone.notify(book(title="Dune " * 500, reason="x" * 9000))
    (message,) = inbox.received()
    assert len(message["title"]) == 250
    assert message["title"].endswith("…")


async def test_every_address_gets_a_message_and_each_once(make: Make, inbox: Inbox) -> None:
    phone = make(urls=(url_of(inbox.site), url_of(inbox.site, "second")))
    await phone.start()
    event = book()
    for _ in range(3):
        await phone.notify(event)  # as after an answer that got lost
    assert len(inbox.received()) == len(inbox.received("/second")) == 1


async def test_one_address_that_fails_delays_no_other_and_doubles_nothing(make: Make, inbox: Inbox) -> None:
    inbox.site.answer("POST", "/second", Reply500, Reply500, "ok")
    phone = make(urls=(url_of(inbox.site), url_of(inbox.site, "second")))
    await phone.start()
    event = book()
    with pytest.raises(Unavailable, match=r"address 2 \(json://\) answered 500 \(Internal Server Error\)") as caught:
        await phone.notify(event)
    assert caught.value.retry_after
    while True:
        try:
            await phone.notify(event)
        except Unavailable:
            continue
        break
    assert len(inbox.received("/second")) == 3
    assert len(inbox.received()) == 1
    assert {"Shelved: Dune by Frank Herbert"} == set(inbox.titles("/second"))


async def test_what_waits_while_a_receiver_is_down_arrives_in_order_after_a_restart(
    make: Make, inbox: Inbox, clock: Clock
) -> None:
    inbox.site.spoil(Trouble.OVERLOADED)
    before = make()
    await before.start()
    titles = [f"Book {number}" for number in range(5)]
    for number, title in enumerate(titles):
        with pytest.raises(Unavailable, match="It is kept"):
            await before.notify(book(title=title, at=clock() + timedelta(seconds=number)))
    await before.stop()
    seen = len(inbox.received())
    inbox.site.heal()
    after = make()
    await after.start()
    await inbox.reach(seen + 5)
    assert inbox.titles()[seen:] == [f"Shelved: {title} by Frank Herbert" for title in titles]
    await after.stop()
    third = make()
    await third.start()
    await third.flush()
    assert len(inbox.received()) == seen + 5


async def test_a_receiver_that_hangs_is_asked_by_one_thread_only_and_its_late_answer_counts(
    make: Make, inbox: Inbox
) -> None:
    inbox.site.hold()
    phone = make(urls=(f"{url_of(inbox.site)}?rto=300",), timeout=1)
    await phone.start()
    threads = threading.active_count()
    event = book()
    with pytest.raises(Unavailable, match="took more than 1 seconds"):
        await phone.notify(event)
    for _ in range(3):
        with pytest.raises(Unavailable, match="took more than 1 seconds"):
            await phone.notify(event)
    assert threading.active_count() <= threads + 1
    inbox.site.release()
    async with asyncio.timeout(60):
        while phone._ledger.pages.out:
            await asyncio.sleep(0.01)
    await phone.notify(event)
    assert len(inbox.received()) == 1


async def test_a_message_that_alone_is_refused_stands_in_nobodys_way(
    make: Make, inbox: Inbox, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def picky(asked: Asked) -> object:
        return Reply400 if b"Poison" in asked.body else "ok"

    inbox.site.answer("POST", "/", picky)
    phone = make()
    await phone.start()
    with pytest.raises(Unavailable):
        await phone.notify(book(title="Poison"))
    for number in range(8):
        await phone.notify(book(title=f"Book {number}", at=clock() + timedelta(seconds=number)))
    assert [title for title in inbox.titles() if "Book" in title] == [
        f"Shelved: Book {number} by Frank Herbert" for number in range(8)
    ]
    assert "takes other messages but not one of them" in caplog.text
    assert phone._ledger.pages.out == ()


async def test_what_waits_is_bounded_and_what_was_lost_is_counted(
    make: Make, inbox: Inbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_OUT", 10)
    inbox.site.spoil(Trouble.ERROR)
    phone = make()
    await phone.start()
    for number in range(15):
        with pytest.raises(Unavailable):
            await phone.notify(book(title=f"Book {number}", at=clock() + timedelta(seconds=number)))
    assert len(phone._ledger.pages.out) == 10
    assert any("5 messages were given up" in finding.text for finding in await phone.check())
    seen = len(inbox.received())
    inbox.site.heal()
    await phone.flush()
    assert inbox.titles()[seen:] == [f"Shelved: Book {number} by Frank Herbert" for number in range(5, 15)]


async def test_old_news_is_given_up(make: Make, inbox: Inbox, clock: Clock) -> None:
    inbox.site.spoil(Trouble.ERROR)
    phone = make()
    await phone.start()
    with pytest.raises(Unavailable):
        await phone.notify(book())
    await phone.stop()
    clock.advance(4 * 86400)
    inbox.site.heal()
    seen = len(inbox.received())
    phone = make()
    await phone.start()
    await phone.flush()
    assert len(inbox.received()) == seen


async def test_a_mended_address_gets_what_waited_for_the_broken_one(make: Make, inbox: Inbox) -> None:
    inbox.site.answer("POST", "/old", Reply500)
    before = make(urls=(url_of(inbox.site), url_of(inbox.site, "old")))
    await before.start()
    with pytest.raises(Unavailable):
        await before.notify(book())
    await before.stop()
    after = make(urls=(url_of(inbox.site), url_of(inbox.site, "second")))
    await after.start()
    await inbox.reach(1, "/second")
    assert len(inbox.received()) == 1


async def test_quiet_hours_keep_what_comes_over_a_restart_and_tell_it_in_one(
    make: Make, inbox: Inbox, clock: Clock
) -> None:
    clock.advance(11 * 3600)
    before = make(**NIGHT, urgent=["tracker"])
    await before.start()
    for number in range(3):
        await before.notify(book(title=f"Book {number}", at=clock()))
    await before.notify(gaps(clock()))
    assert inbox.received() == []
    await before.notify(tracker(clock, "The ratio is below 1."))
    assert inbox.titles() == ["mam: your account is in danger"]
    await before.stop()
    after = make(**NIGHT)
    await after.start()
    await after.check()
    clock.advance(8 * 3600)
    after._wake.set()
    await inbox.reach(2)
    message = inbox.received()[-1]
    assert message["title"] == "In the quiet hours: 4 messages"
    assert "On the shelf: 3\n- Book 0 by Frank Herbert" in message["message"]
    assert "Missing books: 1\n- 3 missing books found" in message["message"]
    await after.flush()
    assert len(inbox.received()) == 2


async def test_one_message_of_the_quiet_hours_stays_as_it_is(make: Make, inbox: Inbox, clock: Clock) -> None:
    clock.advance(11 * 3600)
    phone = make(**NIGHT)
    await phone.start()
    await phone.notify(book())
    assert (await phone.flush()).summary == "1 held back are sent, 0 messages still wait."
    assert inbox.titles() == ["Shelved: Dune by Frank Herbert"]


@pytest.mark.parametrize(("hours", "arrived"), [(6.9, 0), (7.1, 1), (31.1, 1)])
async def test_a_digest_is_sent_once_at_its_time_or_when_it_was_slept_through(
    make: Make, inbox: Inbox, clock: Clock, hours: float, arrived: int
) -> None:
    settings = {"digest": "daily at 20:00", "digest_events": ["shelved"]}
    phone = make(BERLIN, **settings)
    await phone.start()
    for number in range(30):
        await phone.notify(book(title=f"Book {number}", at=clock() + timedelta(seconds=number)))
    assert inbox.received() == []
    await phone.notify(in_need())
    assert inbox.titles() == ["qbittorrent needs you"]
    await phone.stop()
    clock.advance(hours * 3600)
    phone = make(BERLIN, **settings)
    await phone.start()
    await phone.notify(in_need(clock(), "mam"))  # which a round of sending follows
    titles = inbox.titles()
    assert titles.count("Digest: 30 messages") == arrived
    if arrived:
        text = next(one["message"] for one in inbox.received() if "Digest" in one["title"])
        assert text.count("- Book ") == 20
        assert "- and 10 more" in text


async def test_a_digest_that_falls_in_the_quiet_hours_waits_for_their_end(
    make: Make, inbox: Inbox, clock: Clock
) -> None:
    phone = make(digest="daily at 23:00", **NIGHT)
    await phone.start()
    await phone.notify(book())
    clock.advance(12 * 3600)
    phone._wake.set()
    await phone._next_round()
    assert inbox.received() == []
    clock.advance(7.1 * 3600)
    phone._wake.set()
    await inbox.reach(1)
    assert inbox.titles() == ["Digest: 1 message"]


async def test_a_flood_is_one_message(make: Make, inbox: Inbox, clock: Clock) -> None:
    phone = make(**EVERYTHING)
    await phone.start()
    examples = tuple(book(WantState.DOWNLOADING, f"Book {number}") for number in range(10))
    await phone.notify(EventsCondensed(clock(), 9_995, examples))
    (message,) = inbox.received()
    assert message["title"] == "Being downloaded: 9995 messages"
    assert "- Book 9 by Frank Herbert\n- and 9985 more" in message["message"]


async def test_a_test_message_goes_to_every_address_at_once(make: Make, inbox: Inbox, clock: Clock) -> None:
    clock.advance(11 * 3600)
    inbox.site.answer("POST", "/second", Reply500)
    phone = make(urls=(url_of(inbox.site), url_of(inbox.site, "second")), **NIGHT)
    with pytest.raises(Unavailable, match="has not started"):
        await phone.test()
    await phone.start()
    outcome = await phone.test()
    assert (outcome.succeeded, outcome.failed) == (1, 1)
    assert outcome.summary.startswith("1 of 2 addresses took a test message. address 2 (json://) answered 500")
    assert inbox.titles() == ["audiobook-daemon"]


async def test_nothing_secret_reaches_log_memory_or_error(
    make: Make, inbox: Inbox, memory: MemoryInRam, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "s3cr3t-of-the-receiver"
    url = url_of(inbox.site, secret).replace("://", f"://user:{secret}@")
    phone = make(urls=(url,))
    await phone.start()
    with pytest.raises(Unavailable, match="answered 404") as caught:
        await phone.notify(book())
    findings = [finding.text for finding in await phone.check()]
    outcome = await phone.test()
    await inbox.site.__aexit__()
    with pytest.raises(Unavailable, match="could not be reached") as gone:
        await phone.notify(book(title="Emma"))
    told = [caplog.text, str(memory.values), str(caught.value), str(gone.value), *findings, outcome.summary]
    assert not [text for text in told if secret in text]
    assert any("takes" not in text and re.search(r"address 1 \(json://\)", text) for text in findings)


async def test_a_service_that_fails_by_a_mistake_of_apprise_is_only_not_told(
    make: Make, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = make()
    await phone.start()
    (service,) = phone._services
    assert isinstance(service, Service)

    def fail(**_: object) -> bool:
        raise KeyError(inbox.site.url)

    monkeypatch.setattr(service._told, "notify", fail)
    with pytest.raises(Unavailable, match=r"address 1 \(json://\) failed \(KeyError\)\."):
        await phone.notify(book())


async def test_without_apprise_a_person_is_told_what_to_install(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(AuthFailed, match=r"pip install 'audiobook-daemon\[notify\]'"):
        await make().start()


@pytest.mark.parametrize("url", ["nonsense://s3cr3t/s3cr3t", "tgram://s3cr3t"])
async def test_an_address_that_is_none_is_named_by_its_number(
    make: Make, inbox: Inbox, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AuthFailed, match=r"address 2 \((nonsense|tgram)://\) is none that apprise") as caught:
        await make(urls=(url_of(inbox.site), url)).start()
    assert "s3cr3t" not in str(caught.value) + caplog.text


@pytest.mark.parametrize("room", ["blink1", "dbus", "glib", "gnome", "macosx", "syslog", "windows"])
def test_no_service_of_this_machine_is_left_out(room: str) -> None:
    """Every way of writing an address of a service that acts on this machine is refused."""
    module = importlib.import_module(f"apprise.plugins.{room}")
    services = [one for name, one in vars(module).items() if name.startswith("Notify") and hasattr(one, "protocol")]
    found: set[str] = set()
    for service in services:
        for protocols in (service.protocol, service.secure_protocol):
            found.update([protocols] if isinstance(protocols, str) else protocols or ())
    assert found
    assert {scheme for scheme in found if mistake_in(f"{scheme}://x") is None} == set()


@pytest.mark.parametrize(
    "url", ["tgram://123456789:abcdefg_hijklmnop/12315544", "mailto://u:p@example.org?format=html"]
)
async def test_what_strangers_write_is_no_markup(make: Make, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = make(urls=(url,))
    await phone.start()
    (service,) = phone._services
    sent: list[str] = []

    def send(*, body: str, **_: object) -> bool:
        sent.append(body)
        return True

    for name in [name for name in dir(service._told) if name.startswith("send_") or name == "send"]:
        monkeypatch.setattr(service._told, name, send)
    await phone.notify(book(WantState.GIVEN_UP, reason="1 < 2 & <script>alert(1)</script> <b>bold</b> the end"))
    (text,) = sent
    assert "<script" not in text
    assert "<b>bold" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert text.endswith(("the end", "the&nbsp;end"))


async def test_what_has_arrived_is_not_sent_again_when_that_cannot_be_written_down(
    make: Make, inbox: Inbox, memory: MemoryInRam, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    phone = make()
    await phone.start()
    inbox.site.hold()
    telling = asyncio.create_task(phone.notify(book()))
    await inbox.site.reached()

    async def full(key: str, value: object, *, secret: bool = True) -> None:
        raise OSError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(memory, "put", full)
        inbox.site.release()
        await telling
        async with asyncio.timeout(60):
            while "cannot keep account of what waits: The disk is full." not in caplog.text:
                await asyncio.sleep(0.01)
        with pytest.raises(OSError, match="disk is full"):
            await phone.notify(book(title="Emma"))
    await phone.notify(book(title="Emma"))
    assert inbox.titles() == ["Shelved: Dune by Frank Herbert", "Shelved: Emma by Frank Herbert"]


async def test_a_service_that_is_down_is_left_alone_for_longer_each_time(
    make: Make, inbox: Inbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "FIRST_REST", 10.0)
    monkeypatch.setattr(courier, "LONGEST_REST", 60.0)
    inbox.site.spoil(Trouble.OVERLOADED)
    phone = make()
    await phone.start()
    tried: list[int] = []
    event = book()
    for _ in range(14):
        with pytest.raises(Unavailable):
            await phone.notify(event)
        tried.append(len(inbox.received()))
        clock.advance(10.001)
    assert tried == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5]
    inbox.site.heal()
    clock.advance(60)
    await phone.notify(event)
    assert len(inbox.received()) == 6
