"""A contract has to find the mistake: careless plugins fail it, each at the test that is meant for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

import pytest

from audiobook_daemon import (
    AuthFailed,
    AuthorQuestion,
    Bibliography,
    Book,
    ChartEntry,
    ChartRequest,
    ChartSource,
    Context,
    Download,
    DownloadClient,
    DownloadState,
    Event,
    Facts,
    ImportList,
    MetadataProvider,
    Notifier,
    Plugin,
    PluginConfig,
    Policy,
    Release,
    SeriesQuestion,
    SeriesRecord,
    Stance,
    Torrent,
    Unavailable,
    Verdict,
    Wish,
    Work,
    hookimpl,
)
from audiobook_daemon.testing import (
    Asked,
    BibliographyContract,
    ChartSourceContract,
    DownloadClientContract,
    FakeSite,
    ImportListContract,
    MetadataProviderContract,
    NotifierContract,
    PlugIn,
    PolicyContract,
    Reply,
    Trouble,
)

EMMA = Book("Emma", ("Jane Austen",))
HASH = "ab" * 20
Check = Callable[[Any, PlugIn, FakeSite], Coroutine[Any, Any, None]]


class Address(PluginConfig):
    url: str


class Sound(Plugin[Address], MetadataProvider, Bibliography, ImportList, ChartSource, Policy, Notifier, DownloadClient):
    """Plays many roles before one small site, and carefully."""

    async def books(self) -> list[Book]:
        body = (await self.context.http.request("GET", f"{self.config.url}/books")).check().json()
        if not isinstance(body, dict) or not isinstance(body.get("titles"), list):
            raise Unavailable("The site sent something other than its titles.")
        return [Book(str(title)) for title in body["titles"]]

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        return [Facts(self.context.name, title=found.title, score=1.0) for found in await self.books()]

    async def listed(self) -> tuple[Work, ...]:
        return tuple(Work(book, self.context.name) for book in await self.books())

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        return [SeriesRecord(self.context.name, asked.name, works=await self.listed())]

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        return await self.listed()

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        return [Wish(book, self.context.name) for book in await self.books()]

    @hookimpl
    async def chart(self, request: ChartRequest) -> Sequence[ChartEntry]:
        if request.genre != "romance":
            return []
        return [ChartEntry(rank, book) for rank, book in enumerate(await self.books(), 1)]

    @hookimpl
    async def judge(self, wish: Wish, release: Release) -> Verdict | None:
        return Verdict("known", Stance.SUPPORT, f"{len(await self.books())} are known.", self.context.name)

    @hookimpl
    async def notify(self, event: Event) -> None:
        await self.books()

    @hookimpl
    async def add(self, torrent: Torrent, release: Release) -> Download:
        (await self.context.http.request("PUT", f"{self.config.url}/downloads", json=[torrent.info_hash])).check()
        return Download(self.context.name, torrent.info_hash, DownloadState.QUEUED)

    @hookimpl
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        body = (await self.context.http.request("GET", f"{self.config.url}/downloads")).check().json()
        if not isinstance(body, dict):
            raise Unavailable("The site sent something other than its downloads.")
        return [Download(self.context.name, id, DownloadState.QUEUED) for id in body if id in ids]  # noqa: A001

    @hookimpl
    async def remove(self, id: str, *, files: bool = False) -> None:  # noqa: A002
        (await self.context.http.request("DELETE", f"{self.config.url}/downloads", json=[id])).check()


class OfSound:
    plugin: Any = Sound
    book = EMMA
    genre = "romance"
    series = SeriesQuestion("Novels")
    author = AuthorQuestion("Jane Austen")
    wish = Wish(EMMA)
    release = Release("tracker", "1", "Emma")
    torrent = Torrent(HASH, "Emma", content=b"")

    def config(self, site: FakeSite) -> Address:
        return Address(url=site.url)

    def script(self, site: FakeSite) -> None:
        kept: dict[str, int] = {}

        def change(asked: Asked) -> Reply:
            for name in cast(list[str], asked.json()):
                (kept.setdefault(name, 1) if asked.method == "PUT" else kept.pop(name, None))
            return Reply(status=204)

        site.answer("GET", "/books", {"titles": ["Emma", "Persuasion"]})
        site.answer("GET", "/downloads", lambda _: dict(kept))
        site.answer("PUT", "/downloads", change)
        site.answer("DELETE", "/downloads", change)


class TestMetadataProvider(OfSound, MetadataProviderContract):
    """The contract holds for a plugin that keeps it."""


class TestBibliography(OfSound, BibliographyContract):
    pass


class TestImportList(OfSound, ImportListContract):
    pass


class TestChartSource(OfSound, ChartSourceContract):
    pass


class TestPolicy(OfSound, PolicyContract):
    pass


class TestNotifier(OfSound, NotifierContract):
    pass


class TestDownloadClient(OfSound, DownloadClientContract):
    pass


class Swallowing(Sound):
    """Takes trouble for an empty answer."""

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        try:
            return await super().describe(book)
        except Unavailable:
            return []


class Trusting(Sound):
    """Takes every answer for what it should be."""

    async def books(self) -> list[Book]:
        body = cast(Any, (await self.context.http.request("GET", f"{self.config.url}/books")).check().json())
        return [Book(title) for title in body["titles"]]


class Anonymous(Sound):
    """Does not say who it is."""

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        return [Facts("sound", title=found.title) for found in await self.books()]


class Impatient(Sound):
    """Makes one error of all: neither a person nor the time the site asks for is known any more."""

    async def books(self) -> list[Book]:
        try:
            return await super().books()
        except (AuthFailed, Unavailable) as error:
            raise Unavailable(str(error)) from error


class Locking(Sound):
    """Does not give back its lock when it is cancelled."""

    def __init__(self, config: Address, context: Context) -> None:
        super().__init__(config, context)
        self._lock = asyncio.Lock()

    async def books(self) -> list[Book]:
        await self._lock.acquire()
        found = await super().books()
        self._lock.release()
        return found


class Sharing(Sound):
    """Keeps in the class what belongs to the instance."""

    last: list[str] = []  # noqa: RUF012

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        self.last.append(self.context.name)
        return [Facts(self.last[0], title=found.title) for found in await self.books()]


class StartingOnce(Sound):
    """Cannot be started twice."""

    begun = False

    async def start(self) -> None:
        if self.begun:
            raise RuntimeError("started already")
        self.begun = True


class Listening(Sound):
    """Thinks that every event is one of those it knows."""

    @hookimpl
    async def notify(self, event: Event) -> None:
        if type(event) is not Event:
            raise KeyError(type(event).__name__)
        await super().notify(event)


class OneAtATime(Sound):
    """Takes two calls at once for a mistake."""

    telling = False

    @hookimpl
    async def notify(self, event: Event) -> None:
        if self.telling:
            raise RuntimeError("it is being told of something else")
        self.telling = True
        try:
            await super().notify(event)
        finally:
            self.telling = False


class AllOrNothing(Sound):
    """Takes no ids for all ids."""

    @hookimpl
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        return await super().status(ids or [HASH])


class Strict(Sound):
    """Takes a known download for a mistake."""

    known = False

    @hookimpl
    async def add(self, torrent: Torrent, release: Release) -> Download:
        if self.known:
            raise Unavailable("It is there already.")
        self.known = True
        return await super().add(torrent, release)


def trouble(kind: Trouble) -> Check:
    return lambda contract, plug_in, site: contract.test_a_site_in_trouble_is_unavailable(plug_in, site, kind)


def the(name: str) -> Check:
    return lambda contract, plug_in, site: getattr(contract, f"test_{name}")(plug_in, site)


@pytest.mark.parametrize(
    ("plugin", "contract", "check"),
    [
        (Swallowing, TestMetadataProvider, trouble(Trouble.ERROR)),
        (Swallowing, TestMetadataProvider, trouble(Trouble.HTML)),
        (Trusting, TestMetadataProvider, trouble(Trouble.OTHER_JSON)),
        (Impatient, TestMetadataProvider, trouble(Trouble.TOO_MANY)),
        (Anonymous, TestMetadataProvider, the("answers")),
        (Impatient, TestMetadataProvider, the("refused_credentials_wait_for_a_person")),
        (Locking, TestMetadataProvider, the("a_cancelled_call_leaves_it_usable")),
        (Sharing, TestMetadataProvider, the("two_instances_side_by_side")),
        (StartingOnce, TestMetadataProvider, the("it_may_be_started_again")),
        (Listening, TestNotifier, the("an_unknown_event_is_no_mistake")),
        (Listening, TestNotifier, the("many_in_one_are_no_mistake")),
        (OneAtATime, TestNotifier, the("events_at_the_same_time")),
        (AllOrNothing, TestDownloadClient, the("unknown_downloads_are_left_out")),
        (Strict, TestDownloadClient, the("adding_twice_is_adding_once")),
    ],
)
async def test_the_contract_finds_the_mistake(
    plugin: type, contract: type, check: Check, plug_in: PlugIn, fake_site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = contract()
    monkeypatch.setattr(contract, "plugin", Sound)
    await check(kept, plug_in, fake_site)
    fake_site.heal()
    monkeypatch.setattr("audiobook_daemon.testing.contract._PATIENCE", 0.2)  # what is sound has as long as it needs
    monkeypatch.setattr(contract, "plugin", plugin)
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        await check(kept, plug_in, fake_site)
    assert not isinstance(caught.value, asyncio.CancelledError | KeyboardInterrupt | SystemExit)
