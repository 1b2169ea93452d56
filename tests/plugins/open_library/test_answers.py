"""What Open Library says when it does not answer, and what it is told of us."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from audiobook_daemon import AuthFailed, AuthorQuestion, Book, Context, Level, PluginError, SeriesQuestion, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.open_library import OpenLibraryStandIn
from audiobook_daemon.testing import FakeSite, Reply
from audiobook_plugins.open_library import OpenLibrary
from audiobook_plugins.open_library.config import OpenLibraryConfig

Factory = Callable[..., OpenLibrary]
KILN = Book("Kiln", ("K. D. Marsh",))
FAULTS = [fault for fault in Fault if fault not in {Fault.DRIP, Fault.HUGE, Fault.NOT_FOUND}]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_bad_answer_is_no_empty_one(library: OpenLibraryStandIn, books: Factory, fault: Fault) -> None:
    plugin = books()
    library.faults.always(fault)
    for question in (
        plugin.describe(KILN),
        plugin.series_of(SeriesQuestion("Fire and Clay")),
        plugin.works_by(AuthorQuestion("Vera Kolb")),
    ):
        with pytest.raises((Unavailable, AuthFailed)):
            await question
    library.faults.clear()
    assert await plugin.describe(KILN)


async def test_a_site_that_dawdles_or_is_gone_is_unavailable(library: OpenLibraryStandIn, books: Factory) -> None:
    plugin = books()
    library.faults.next(Fault.DRIP)
    with pytest.raises(Unavailable):
        await plugin.describe(KILN)
    await library.stop()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await plugin.describe(KILN)
    await library.start()
    assert await plugin.describe(KILN)


async def test_too_many_questions_are_not_repeated_soon(library: OpenLibraryStandIn, books: Factory) -> None:
    library.quota = 1
    with pytest.raises(Unavailable, match="fewer questions") as caught:
        await books().describe(KILN)
    assert caught.value.retry_after == 300


async def test_it_is_told_whom_to_write_to(library: OpenLibraryStandIn, books: Factory) -> None:
    await books().describe(KILN)
    (agent,) = library.user_agents
    assert agent.startswith("audiobook-daemon/")
    assert agent.endswith(" (librarian@example.org)")


async def test_strangers_are_told_what_to_do(library: OpenLibraryStandIn, books: Factory) -> None:
    with pytest.raises(AuthFailed, match="Set `contact`"):
        await books(contact=None).describe(KILN)
    findings = await books(contact=None).check()
    assert [finding.level for finding in findings] == [Level.WARNING, Level.FAILURE]
    assert "Set `contact`" in str(findings[0].remedy)


async def test_strangers_who_are_answered_ask_slowly(library: OpenLibraryStandIn, books: Factory) -> None:
    library.strangers = True
    assert await books(contact=None).describe(KILN)
    assert [finding.level for finding in await books(contact=None).check()] == [Level.WARNING, Level.OK]
    assert OpenLibraryConfig().seconds >= 1.0
    assert 1 / 3 <= OpenLibraryConfig(contact="https://example.org/me").seconds < 0.5
    assert OpenLibraryConfig(pace=0).seconds == 0


@pytest.mark.parametrize(
    "section",
    [{"contact": "me"}, {"contact": "a@b"}, {"contact": "me@example.org) evil (x"}, {"url": "openlibrary.org"}],
)
def test_a_wrong_section_is_refused(section: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OpenLibraryConfig.model_validate(section)


@pytest.mark.parametrize(
    "target", ["https://evil.example.org/x", "//evil.example.org/search.json", "http://127.0.0.1:1/"]
)
async def test_a_redirect_to_another_site_is_not_followed(
    fake_site: FakeSite, context_for: Callable[..., Context], target: str
) -> None:
    fake_site.answer("GET", "/search.json", Reply(status=302, headers={"Location": target}))
    plugin = OpenLibrary(OpenLibraryConfig(url=fake_site.url, contact="a@example.org", pace=0), context_for("it"))
    with pytest.raises(Unavailable, match="another site"):
        await plugin.describe(KILN)
    assert len(fake_site.asked) == 1


async def test_redirects_without_end_end(fake_site: FakeSite, context_for: Callable[..., Context]) -> None:
    fake_site.answer("GET", "/search.json", Reply(status=302, headers={"Location": "/search.json"}))
    circle = {"type": {"key": "/type/redirect"}, "location": "/works/OL1W"}
    fake_site.answer("GET", "/works/OL1W.json", circle)
    plugin = OpenLibrary(OpenLibraryConfig(url=fake_site.url, contact="a@example.org", pace=0), context_for("it"))
    with pytest.raises(Unavailable, match="without end"):
        await plugin.describe(KILN)
    with pytest.raises(Unavailable, match="without end"):
        await plugin._client.record("/works/OL1W")


async def test_nothing_is_sent_but_title_author_series_and_ids(library: OpenLibraryStandIn, books: Factory) -> None:
    owned = (Book("Kiln", ("K. D. Marsh",)), Book("My secret diary", ("K. D. Marsh",)))
    plugin = books()
    await plugin.works_by(AuthorQuestion("K. D. Marsh", owned))
    await plugin.series_of(SeriesQuestion("Fire and Clay", ("K. D. Marsh",), owned))
    assert not [path for path in library.asked if "diary" in path]


async def test_the_log_stays_quiet(books: Factory, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "audiobook_daemon"):
        await books().describe(KILN)
    assert caplog.records == []


async def test_every_error_is_a_sentence(library: OpenLibraryStandIn, books: Factory) -> None:
    library.faults.always(Fault.SERVER_ERROR)
    with pytest.raises(PluginError, match=r"\.$"):
        await books().describe(KILN)
