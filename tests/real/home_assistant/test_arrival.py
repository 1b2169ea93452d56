"""A book on its way to the shelf, as Home Assistant sees it: events, figures, the cover and the newest version."""

from __future__ import annotations

import pytest
from tests.real.home_assistant.household import Household

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

EVENT, COVER = "event.audiobook_daemon_book_event", "image.audiobook_daemon_last_added_cover"


async def test_a_shelved_book_is_an_event_a_figure_and_a_picture(household: Household) -> None:
    home = household.home
    await household.run("library")
    ((books,),) = household.rows("SELECT count(*) FROM books WHERE NOT missing")
    await home.shows("sensor.audiobook_daemon_books", str(books))

    want = await household.approve_one()
    await household.shelve(want)

    await home.sees(lambda: types(household)[-1:] == ["book_imported"], "the event", EVENT)
    arrived = [one.attributes for one in home.history(EVENT) if one.attributes.get("event_type") == "book_imported"]
    assert [one["want_id"] for one in arrived].count(want) == 1
    await household.run("library")
    await home.shows("sensor.audiobook_daemon_books", str(books + 1))
    await home.sees(lambda: home.state(COVER) not in {"unknown", None}, "a cover", COVER)
    picture = await home.http.picture(home.attribute(COVER, "entity_picture"))
    assert picture[:3] == b"\xff\xd8\xff"
    assert len(picture) <= 256 * 1024


async def test_the_version_that_runs_is_the_newest_that_is_known(household: Household) -> None:
    update = "update.audiobook_daemon_update"

    await household.home.shows(update, "off")

    assert household.home.attribute(update, "installed_version") == household.home.attribute(update, "latest_version")


def types(household: Household) -> list[str]:
    """Every event of books that was seen, the oldest first."""
    seen = [state for state in household.home.history(EVENT) if state.state not in {"unknown", "unavailable"}]
    return [str(state.attributes["event_type"]) for state in seen]
