from __future__ import annotations

import asyncio
from dataclasses import replace

from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.outgoing import MOST_CLEARED, Outgoing


def state(value: str, topic: str = "state") -> Message:
    return Message(topic, value.encode(), retained=True)


def event(value: str) -> Message:
    return Message("event", value.encode())


def drained(outgoing: Outgoing) -> list[bytes]:
    taken = []
    while message := outgoing.first():
        taken.append(message.payload)
        outgoing.done(message)
    return taken


async def test_only_the_newest_value_of_a_kept_topic_waits() -> None:
    outgoing = Outgoing()
    for value in ("1", "2", "3"):
        outgoing.put(state(value))
    assert drained(outgoing) == [b"3"]


async def test_an_unchanged_value_is_not_sent_again_until_all_is_repeated() -> None:
    outgoing = Outgoing()
    outgoing.put(state("1"))
    outgoing.put(state("x", "other"))
    assert drained(outgoing) == [b"1", b"x"]
    outgoing.put(state("1"))
    assert drained(outgoing) == []
    outgoing.repeat()
    assert drained(outgoing) == [b"1", b"x"]


async def test_a_cleared_topic_is_cleared_once_and_not_repeated() -> None:
    outgoing = Outgoing()
    outgoing.put(state("1"))
    outgoing.put(state(""))
    assert not outgoing.keeps("state")
    assert drained(outgoing) == [b""]
    outgoing.repeat()
    assert drained(outgoing) == []


async def test_the_oldest_events_are_given_up_and_counted() -> None:
    outgoing = Outgoing(limit=3)
    for number in range(5):
        outgoing.put(event(str(number)))
    assert outgoing.dropped == 2
    assert drained(outgoing) == [b"2", b"3", b"4"]


async def test_a_value_that_changes_while_it_is_sent_is_sent_again() -> None:
    outgoing = Outgoing()
    outgoing.put(state("1"))
    sending = outgoing.first()
    assert sending is not None
    outgoing.put(state("2"))
    outgoing.done(sending)
    assert drained(outgoing) == [b"2"]


async def test_an_unsent_message_is_still_there_after_a_lost_connection() -> None:
    outgoing = Outgoing()
    outgoing.put(event("1"))
    assert (await outgoing.take()).payload == b"1"
    assert outgoing.recall() == 1
    assert (await outgoing.take()).payload == b"1"


async def test_next_waits_for_a_message() -> None:
    outgoing = Outgoing()
    waiting = asyncio.create_task(outgoing.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    outgoing.put(event("1"))
    assert (await waiting).payload == b"1"


async def test_events_are_bounded_by_their_size_too() -> None:
    outgoing = Outgoing(most_bytes=3000)
    for number in range(5):
        outgoing.put(event(str(number) * 1000))
    assert outgoing.dropped == 3
    assert [value[:1] for value in drained(outgoing)] == [b"3", b"4"]
    outgoing.put(replace(event("5"), correlation=b"?" * 3000))
    assert outgoing.dropped == 4


async def test_what_is_under_way_is_not_given_up_and_comes_again_in_its_order() -> None:
    outgoing = Outgoing(limit=3)
    for number in range(3):
        outgoing.put(event(str(number)))
    under_way = [await outgoing.take(), await outgoing.take()]
    outgoing.put(event("3"))
    assert outgoing.dropped == 1
    outgoing.done(under_way[1])
    assert outgoing.recall() == 1
    assert drained(outgoing) == [b"0", b"3"]


async def test_a_value_the_broker_refuses_is_not_repeated_but_a_new_one_is_tried() -> None:
    outgoing = Outgoing()
    outgoing.put(state("too big"))
    refused = outgoing.first()
    assert refused is not None
    outgoing.refuse(refused)
    outgoing.repeat()
    assert drained(outgoing) == []
    outgoing.put(state("smaller"))
    assert drained(outgoing) == [b"smaller"]


async def test_topics_to_be_cleared_are_bounded() -> None:
    outgoing = Outgoing()
    for number in range(1500):
        outgoing.put(state("", f"job/{number}"))
    assert len(drained(outgoing)) == 1000
    assert outgoing.dropped == 0


async def test_what_is_withdrawn_is_emptied_and_takes_no_value_any_more() -> None:
    outgoing = Outgoing()
    for topic in ("books/state", "books/info", "bookshop/state"):
        outgoing.put(state("1", topic))
    outgoing.put(state("2", "books/state"))
    drained(outgoing)
    assert outgoing.withdraw("books")
    for topic in ("books/state", "books/wants", "bookshop/state"):
        outgoing.put(state("3", topic))
    outgoing.put(Message("books/event", b"told"))
    waiting = asyncio.create_task(outgoing.drained())
    await asyncio.sleep(0)
    assert not waiting.done()
    assert sorted(drained(outgoing)) == [b"", b"", b"3", b"told"]
    await waiting
    assert not outgoing.withdraw("books")


async def test_nothing_that_is_withdrawn_is_left_however_much_it_is() -> None:
    outgoing = Outgoing()
    topics = [f"books/job/{number}" for number in range(MOST_CLEARED + 5)]
    for topic in topics:
        outgoing.put(state("1", topic))
    assert outgoing.withdraw("books")
    emptied = set()
    while message := outgoing.first():
        assert not message.payload
        emptied.add(message.topic)
        outgoing.done(message)
    assert emptied == set(topics)
