"""Answers are kept for their time, errors never, and old answers serve in need."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from audiobook_daemon import AnswerCache, AuthFailed, Context, Facts, SeriesPlace, Unavailable
from audiobook_daemon.testing import RamMemory

FACTS = Facts("site", title="Emma", authors=("Jane Austen",), series=(SeriesPlace("Novels", "2.5"),), runtime=3.5)


class Site:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.memory = RamMemory()
        self.asked = 0
        self.reply: Sequence[Facts] | Exception = (FACTS,)
        none = cast(Any, None)
        self.context = Context("site", none, self.memory, logging.getLogger("site"), lambda: self.now, none)

    async def ask(self) -> Sequence[Facts]:
        self.asked += 1
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def answer(self, question: object = "emma", *, days: float = 30) -> tuple[Facts, ...]:
        return await AnswerCache(self.context, "describe", Facts, days=days).answer(question, self.ask)


@pytest.fixture
def site() -> Site:
    return Site()


async def test_a_fresh_answer_is_not_asked_for_again(site: Site) -> None:
    assert await site.answer() == await site.answer() == (FACTS,)
    assert site.asked == 1
    site.now += timedelta(days=31)
    await site.answer()
    assert site.asked == 2


async def test_each_question_has_its_own_answer(site: Site) -> None:
    await site.answer(["emma", "us"])
    await site.answer(["emma", "de"])
    assert site.asked == 2


async def test_nothing_found_is_kept_for_a_day_only(site: Site) -> None:
    site.reply = ()
    assert await site.answer() == await site.answer() == ()
    assert site.asked == 1
    site.now += timedelta(days=1)
    site.reply = (FACTS,)
    assert await site.answer() == (FACTS,)


async def test_an_error_is_never_kept(site: Site) -> None:
    site.reply = Unavailable("down")
    with pytest.raises(Unavailable):
        await site.answer()
    site.reply = (FACTS,)
    assert await site.answer() == (FACTS,)


async def test_an_old_answer_serves_while_the_site_is_down(site: Site) -> None:
    await site.answer()
    site.now += timedelta(days=400)
    site.reply = Unavailable("down")
    assert await site.answer() == (FACTS,)
    site.reply = AuthFailed("the key has run out")
    with pytest.raises(AuthFailed):
        await site.answer()


@pytest.mark.parametrize("junk", [None, 3, "x", {}, {"at": "never", "found": []}, {"at": "2026-02-28T00:00:00+00:00"}])
async def test_a_damaged_memory_is_an_empty_one(site: Site, junk: object) -> None:
    await site.answer()
    (key,) = site.memory.values
    await site.memory.put(key, junk)
    assert await site.answer() == (FACTS,)


async def test_an_answer_from_the_future_is_asked_for_again(site: Site) -> None:
    await site.answer()
    site.now -= timedelta(days=2)
    await site.answer()
    assert site.asked == 2
