"""Translates between the daemon and MyAnonamouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon import (
    AuthFailed,
    ChartEntry,
    ChartRequest,
    ChartSource,
    Context,
    Finding,
    Indexer,
    Level,
    Outcome,
    Plugin,
    PluginError,
    Price,
    Query,
    Refused,
    Release,
    ReleaseFeed,
    Standing,
    Torrent,
    Tracker,
    Unavailable,
    action,
    hookimpl,
    read_torrent,
)
from audiobook_plugins.mam.chart import rank
from audiobook_plugins.mam.client import Client
from audiobook_plugins.mam.config import MamConfig
from audiobook_plugins.mam.news import newest_first
from audiobook_plugins.mam.parse import Row, read_releases
from audiobook_plugins.mam.questions import chart_question, news_question, search_question
from audiobook_plugins.mam.report import account_data, account_sentence, findings
from audiobook_plugins.mam.seedbox import Seedbox
from audiobook_plugins.mam.standing import standing_of

_SLOT_PAUSE = 3600.0
_STANDING_AGE = timedelta(minutes=20)
"""The site changes these numbers no sooner."""


class MyAnonamouse(Plugin[MamConfig], Indexer, ChartSource, ReleaseFeed, Tracker):
    """Searches MyAnonamouse, ranks its genres, tells what is new there, fetches its torrents and minds the account."""

    def __init__(self, config: MamConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._seedbox = Seedbox(self._client, context)

    async def start(self) -> None:
        """Register the address, if wanted; everything else waits for the first question."""
        await self._keep_seedbox()

    async def stop(self) -> None:
        """Wait for the call under way: its answer may hold the next session cookie."""
        await self._client.close()

    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        """Find audiobooks by the words of title, series or author, or by words anywhere."""
        question = search_question(query)
        if question is None:
            return []
        rows = await self._client.rows(question, query.limit, lambda found: len(found) >= query.limit)
        return await self._priced(self._read(rows[: query.limit]))

    @hookimpl
    async def chart(self, request: ChartRequest) -> Sequence[ChartEntry]:
        """Rank a genre by snatches."""
        question = chart_question(request, self.context.now())
        if question is None or request.limit <= 0:
            return ()
        rows = await self._client.rows(
            question, 100, lambda found: len(rank(self._read(found), request.limit)) >= request.limit
        )
        return rank(self._read(rows), request.limit)

    @hookimpl
    async def latest(self, since: datetime | None, limit: int) -> Sequence[Release]:
        """List the newest audiobooks."""
        if limit <= 0:
            return ()
        rows = await self._client.newest(news_question(since), limit)
        return await self._priced(newest_first(self._read(rows), since))

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        """Fetch the .torrent file, unless the account's unsatisfied slots are full."""
        number = release.extra.get("tid", release.key)
        if not (number.isascii() and number.isdigit()):
            raise Refused(f"{release.title!r} carries no torrent number of MyAnonamouse.", "gone")
        await self._keep_seedbox()
        await self._leave_reserve()
        content = await self._client.torrent(int(number))
        try:
            return read_torrent(content)
        except Refused as error:
            if error.code != "not_a_torrent":
                raise
            raise Unavailable("MyAnonamouse sent a damaged or cut .torrent file.") from error

    @hookimpl
    async def standing(self) -> Standing:
        """Say how the account stands; the site is asked every 20 minutes at most, however often this is."""
        at, account = await self._client.account_within(_STANDING_AGE)
        return standing_of(
            account,
            at,
            self.context.now(),
            reserve=self.config.reserve_slots,
            fetched=self._client.downloads,
        )

    async def check(self) -> Sequence[Finding]:
        """Ask for the account, and for the seedbox address if it is kept here."""
        try:
            account = await self._client.account(fresh=True)
            seedbox = await self._seedbox.keep(now_please=True) if self.config.update_seedbox else None
        except PluginError as error:
            return (Finding(Level.FAILURE, str(error)),)
        found = findings(account, self.config.reserve_slots)
        return (*found, Finding(Level.OK, seedbox)) if seedbox else found

    @action
    async def account(self) -> Outcome:
        """Show the account: class, ratio, unsatisfied torrents, VIP, bonus points."""
        account = await self._client.account(fresh=True)
        return Outcome(account_sentence(account, self.context.now()), data=account_data(account, self.context.now()))

    @action
    async def seedbox(self) -> Outcome:
        """Register this machine's address as the account's seedbox now."""
        if not self.config.update_seedbox:
            raise Refused(
                "Set `update_seedbox: true` first; it is right only if the download client shares the address."
            )
        return Outcome(await self._seedbox.keep(now_please=True), processed=1, succeeded=1)

    def _read(self, rows: Sequence[Row]) -> list[Release]:
        context = self.context
        return read_releases(rows, context.name, self.config.url, context.now(), context.log)

    async def _priced(self, releases: Sequence[Release]) -> Sequence[Release]:
        """Say what the VIP torrents cost this account; unknown if it cannot be asked now."""
        if not any(release.vip_only and release.price is Price.UNKNOWN for release in releases):
            return releases
        try:
            vip = (await self._client.account()).vip(self.context.now())
        except Unavailable as error:
            self.context.log.info("The price of VIP torrents stays unknown: %s", error)
            return releases
        price = Price.FREE if vip else Price.PAID
        return [
            replace(release, price=price) if release.vip_only and release.price is Price.UNKNOWN else release
            for release in releases
        ]

    async def _leave_reserve(self) -> None:
        account = await self._client.account()
        if account.unsatisfied is None or account.limit is None:
            return
        used = account.unsatisfied + self._client.downloads
        if used + self.config.reserve_slots >= account.limit:
            raise Unavailable(
                f"{used} of the account's {account.limit} slots for torrents not yet seeded 72 hours are used, and "
                f"{self.config.reserve_slots} are kept free (`reserve_slots`); downloading goes on when some are done.",
                _SLOT_PAUSE,
            )

    async def _keep_seedbox(self) -> None:
        if not self.config.update_seedbox:
            return
        try:
            await self._seedbox.keep()
        except (Unavailable, AuthFailed) as error:
            self.context.log.warning("The seedbox address was not registered: %s", error)
