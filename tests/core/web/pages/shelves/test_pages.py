"""The pages about books, as a served daemon writes them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.web.conftest import KEY, Served
from tests.core.web.openapi.world import AUTHOR_KEY, SERIES_KEY, furnish
from tests.core.web.pages.shelves.looking import look, send

from audiobook_daemon.models import Book, LibraryItem, WantState
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import GapKind, GapState

_COPIES = ("/library/duplicates", "/library/trash")
READ_KEY = "a-key-that-may-look-only"
PAGES = (
    *(
        "/review",
        "/wanted",
        "/wanted?state=all",
        "/wanted?state=shelved&q=flood",
        "/wanted/1",
        "/wanted/3",
        "/wanted/5",
    ),
    *("/library", "/library?q=ebb", "/library?show=incomplete&sort=title", "/library/1", "/library/4"),
    *("/library/duplicates", "/library/duplicates?show=ignored", "/library/trash"),
    *("/series", "/series?show=unknown", "/series?q=tide&sort=name", "/series/1", "/series/2"),
    *("/authors", "/authors?show=partial", "/authors/1", "/authors/2", "/missing", "/missing?show=unreleased"),
)


@pytest.fixture
async def furnished(served: Served) -> Served:
    """A served daemon that knows something of everything."""
    await furnish(served.daemon.database)
    return served


@pytest.fixture
def configuration(configuration: str) -> str:
    """With a second key, for somebody who may look only."""
    return configuration.replace(f"keys: [{KEY}]", f"keys: [{KEY}, {{name: guest, key: {READ_KEY}, scope: read}}]")


async def test_every_page_is_whole_and_leads_to_pages_that_are_there(furnished: Served) -> None:
    seen = {path: await look(furnished, path) for path in PAGES}
    assert {path: page.status for path, page in seen.items()} == dict.fromkeys(PAGES, 200)
    rooms = ("/library/", "/series/", "/authors/", "/wanted/")
    led_to = {path for page in seen.values() for room in rooms for path in page.links(room)} - set(PAGES)
    assert {path: (await look(furnished, path)).status for path in led_to} == dict.fromkeys(led_to, 200)


async def test_every_page_is_whole_where_nothing_is_known(served: Served) -> None:
    for path in ("/review", "/wanted", "/library", "/library?q=nothing", "/series", "/authors", "/missing", *_COPIES):
        page = await look(served, path)
        assert (path, page.status) == (path, 200)
        assert any(one.get("class") == "empty" for _, one in page.tags)


async def test_what_is_not_there_or_cannot_be_asked_is_told_in_a_page(served: Served) -> None:
    asked = {
        **dict.fromkeys(("/library/99", "/series/99", "/authors/99", "/wanted/99"), 404),
        **dict.fromkeys(("/library?sort=sideways", "/wanted?state=lost", "/series?offset=-1", "/library?q=%00"), 422),
        "/library/99999999999": 422,
    }
    for path, status in asked.items():
        page = await look(served, path)
        assert (path, page.status) == (path, status)
        assert page.links("/library") == ["/library"]


async def test_the_library_is_shown_part_by_part_with_nothing_lost_or_doubled(served: Served) -> None:
    books = [LibraryItem("shelf", f"{number:03}", Book(f"Volume {number:03}")) for number in range(130)]
    await served.daemon.database.books.upsert([keyed(book) for book in books])
    path, parts = "/library?sort=title", []
    while path:
        page = await look(served, path)
        parts.append(page.books())
        following = [one.get("href") or "" for tag, one in page.tags if tag == "a" and one.get("rel") == "next"]
        path = following[0] if following else ""
    assert [len(part) for part in parts] == [60, 60, 10]
    assert len({link for part in parts for link in part}) == 130


async def test_a_book_is_found_by_the_beginnings_of_words_and_the_search_stays_in_its_field(furnished: Served) -> None:
    page = await look(furnished, "/library?q=alo+lone")
    assert page.books() == ["/library/3"]
    (field,) = [one for tag, one in page.tags if tag == "input" and one.get("name") == "q"]
    assert field["value"] == "alo lone"


async def test_the_places_of_a_series_tell_what_is_owned_missing_and_to_come(furnished: Served) -> None:
    page = await look(furnished, "/series?q=tide+wardens")
    blocks = [one["class"] for tag, one in page.tags if tag == "li" and one.get("class")]
    assert [block for block in blocks if block in {"owned", "missing", "ignored", "unreleased"}] == [
        *("owned", "missing", "ignored", "unreleased"),
    ]
    assert "Flood (missing)" in page.words


async def test_one_click_takes_a_release_and_a_second_one_is_told_that_it_is_done(furnished: Served) -> None:
    review = await look(furnished, "/review")
    assert review.forms("/wanted/1/accept") == ["/wanted/1/accept"] * 2
    status, said = await send(furnished, "/wanted/1/accept", candidate="1", back="/review")
    assert (status, said) == (303, "'Flood' (want 1) is accepted.")
    want = await furnished.daemon.database.wants.get(1)
    assert want
    assert (want.state, want.approved) == (WantState.CHOSEN, True)
    await send(furnished, "/wanted/1/give_up", back="/review")
    status, said = await send(furnished, "/wanted/1/give_up", back="/review")
    assert "cannot be given up" in said
    assert (await look(furnished, "/review")).forms("/wanted/") == []


async def test_a_download_is_called_off_where_it_stands_and_nowhere_else(furnished: Served) -> None:
    assert "/wanted/3/cancel" in (await look(furnished, "/wanted/3")).forms()
    assert "/wanted/5/cancel" not in (await look(furnished, "/wanted/5")).forms()
    _, said = await send(furnished, "/wanted/5/cancel", back="/wanted/5")
    assert "on the shelf already" in said


async def test_a_release_that_no_person_may_take_has_no_button(furnished: Served) -> None:
    database = furnished.daemon.database
    (decision,) = await database.decisions.for_want(1, limit=1)
    release = decision.candidates[0].release
    await database.blocklist.add(1, release.source, release.key, None, "unreadable", "It could not be unpacked.")
    page = await look(furnished, "/wanted/1")
    assert "tried before: It could not be unpacked" in page.words
    assert page.forms("/wanted/1/accept") == ["/wanted/1/accept"]


async def test_a_book_can_be_wanted_by_its_title(served: Served) -> None:
    status, said = await send(served, "/wanted", title="Emma", author="Jane Austen", back="/wanted")
    assert (status, said) == (303, "Emma is wanted now, as want 1.")
    status, said = await send(served, "/wanted", title="  ", back="/wanted")
    assert "needs a title" in said
    assert len(await served.daemon.database.wants.list()) == 1


async def test_a_book_owned_elsewhere_is_written_down_changed_archived_and_put_back(served: Served) -> None:
    status, said = await send(served, "/library", title="Emma", author="Jane Austen", back="/library")
    assert (status, "Emma" in said) == (303, True)
    page = await look(served, "/library/1")
    assert "written down by hand" in page.words
    assert "/library/1/lock" not in page.forms()
    await send(served, "/library/1/set", field="narrators", value="Ida Voice", back="/library/1")
    assert "Ida Voice" in (await look(served, "/library/1")).words
    for place, path in (("/library/1", "/library/1/undo"), ("/history?show=corrections", "/corrections/1/undo")):
        assert path in (await look(served, place)).forms()
    _, said = await send(served, "/corrections/1/undo", back="/history?show=corrections")
    assert "1 of 1 corrections wholly taken back" in said
    item = await served.daemon.database.book_lists.get(1)
    assert item
    assert item.item.narrators == ()
    await send(served, "/library/1/archive", back="/library/1")
    assert (await look(served, "/library")).books() == []
    assert (await look(served, "/library?show=archived")).books() == ["/library/1"]
    assert "/library/1/archive" not in (await look(served, "/library/1")).forms()
    await send(served, "/library/1/restore", back="/library/1")
    assert (await look(served, "/library")).books() == ["/library/1"]
    _, said = await send(served, "/wanted", title="Emma", author="Jane Austen", back="/wanted")
    assert "is owned already" in said


async def test_a_missing_book_is_wanted_or_ignored_from_the_page_of_its_series(furnished: Served) -> None:
    gaps = furnished.daemon.database.gaps
    missing, ignored = [
        one.id for state in (GapState.FOUND, GapState.IGNORED) for one in await gaps.list([state], kind=GapKind.SERIES)
    ]
    page = await look(furnished, "/series/1")
    assert f"/gaps/{missing}/want" in page.forms()
    assert f"/gaps/{ignored}/want" in page.forms()
    assert f"/gaps/{ignored}/ignore" not in page.forms()
    await send(furnished, f"/gaps/{missing}/ignore", back="/series/1")
    await send(furnished, f"/gaps/{ignored}/want", back="/series/1")
    found = {one.id: one.state for one in await gaps.list(kind=GapKind.SERIES)}
    assert (found[missing], found[ignored]) == (GapState.IGNORED, GapState.WANTED)


async def test_a_book_that_its_series_and_its_author_lack_is_said_once_naming_both(furnished: Served) -> None:
    page = await look(furnished, "/missing")
    wants = page.forms("/gaps/")
    assert len(wants) == 2  # to want it, and never to
    assert (page.links("/series/1"), page.links("/authors/1")) == (["/series/1"], ["/authors/1"])
    assert "Missing 1 On their way 0 Not out yet 1 Not wanted 1" in " ".join(page.words.split())
    await send(furnished, next(path for path in wants if path.endswith("/ignore")), back="/missing")
    assert (await look(furnished, "/missing")).forms("/gaps/") == []


async def test_a_person_says_how_many_books_a_series_has_and_takes_it_back(furnished: Served) -> None:
    await send(furnished, "/series/1/total", total="9", back="/series/1")
    said = await furnished.daemon.database.series.get(1)
    assert said
    assert (said.total, said.stated.total) == (9, 9)
    _, refused = await send(furnished, "/series/1/total", total="none", back="/series/1")
    assert "total" in refused
    await send(furnished, "/series/1/total", total="", back="/series/1")
    taken_back = await furnished.daemon.database.series.get(1)
    assert taken_back
    assert taken_back.stated.total is None


async def test_a_person_says_how_many_books_an_author_has_and_who_it_is_elsewhere(furnished: Served) -> None:
    async def stated() -> tuple[int | None, dict[str, str]]:
        found = await furnished.daemon.database.authors.get(1)
        assert found
        return found.stated.total, dict(found.stated.ids)

    _, said = await send(furnished, "/authors/1/stated", total="9", goodreads="45935", back="/authors/1")
    assert said == "What you say of 'Mira Holt' counts from now on."
    assert await stated() == (9, {"goodreads": "45935"})
    fields = {
        one.get("name"): one.get("value") for tag, one in (await look(furnished, "/authors/1")).tags if tag == "input"
    }
    assert (fields["total"], fields["goodreads"], fields["google_books"]) == ("9", "45935", "")
    _, refused = await send(furnished, "/authors/1/stated", total="none", back="/authors/1")
    assert "total" in refused
    assert await stated() == (9, {"goodreads": "45935"})
    await send(furnished, "/authors/1/stated", total="", goodreads="", google_books="gb7", back="/authors/1")
    assert await stated() == (None, {"google_books": "gb7"})


async def test_two_names_become_one_series_by_one_click(furnished: Served) -> None:
    assert "/series/proposals/1/accept" in (await look(furnished, "/series")).forms()
    _, said = await send(furnished, "/series/proposals/1/accept", back="/series")
    assert said == "Both are 'The Tide Wardens' from now on."
    assert (await look(furnished, "/series")).forms("/series/proposals/") == []
    assert await furnished.daemon.database.series.by_key(SERIES_KEY)


async def test_what_is_followed_can_be_followed_no_longer_and_again(furnished: Served) -> None:
    follows = furnished.daemon.database.follows
    for path, key in (("/series/1", SERIES_KEY), ("/authors/1", AUTHOR_KEY)):
        assert f"{path}/unfollow" in (await look(furnished, path)).forms()
        await send(furnished, f"{path}/unfollow", back=path)
        assert key not in {one.key for one in await follows.all()}
        assert f"{path}/follow" in (await look(furnished, path)).forms()
        await send(furnished, f"{path}/follow", back=path)
        assert key in {one.key for one in await follows.all()}


async def test_what_a_library_does_not_answer_is_told_and_changes_nothing(furnished: Served) -> None:
    facts = furnished.daemon.database.facts
    before = await facts.fields_of(1)
    for path, more in (("set", {"value": "Emma"}), ("lock", {}), ("unlock", {})):
        status, said = await send(furnished, f"/library/1/{path}", field="title", back="/library/1", **more)
        assert status == 303
        assert said
    assert await facts.fields_of(1) == before


async def test_whoever_may_only_look_sees_everything_and_can_change_nothing(furnished: Served) -> None:
    for path in PAGES:
        page = await look(furnished, path, READ_KEY)
        assert (path, page.status, page.forms()) == (path, 200, [])
    for path in ("/wanted/1/accept", "/wanted", "/library/1/undo", "/gaps/1/want", "/series/1/follow"):
        status, _ = await send(furnished, path, READ_KEY, candidate="1", title="Emma", correction="1")
        assert (path, status) == (path, 403)
    want = await furnished.daemon.database.wants.get(1)
    assert want
    assert want.state is WantState.REVIEW


async def test_a_book_whose_files_are_missing_or_that_lacks_much_says_so(furnished: Served) -> None:
    page = await look(furnished, "/library/4")
    assert "no longer finds the files" in page.words
    assert "Narrator" in page.words
    item = replace(LibraryItem("shelf", "e", Book("Bare")), cover=False)
    await furnished.daemon.database.books.upsert([keyed(item)])
    shelf = await look(furnished, "/library?q=bare")
    assert [one for tag, one in shelf.tags if tag == "img"] == []
