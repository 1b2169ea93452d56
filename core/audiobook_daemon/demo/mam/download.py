"""Hands out .torrent files, and refuses in every way the site refuses."""

from __future__ import annotations

import math
import re
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from audiobook_daemon.demo.mam import pages
from audiobook_daemon.demo.mam.account import MamAccount
from audiobook_daemon.demo.mam.torrent import MamTorrent

FREEZE = timedelta(days=1)


class DownloadDesk:
    """The download page of one account: who got what, how fast, and whether more is allowed now.

    More than `burst` torrents within `window` are answered with 429; the waiting time is told in Retry-After if
    `tell_wait` is set.
    """

    def __init__(self, account: MamAccount, now: Callable[[], datetime]) -> None:
        self.burst = 10
        self.window = timedelta(seconds=10)
        self.tell_wait = True
        self.snatched_lag = timedelta(minutes=10)
        """How long the site takes to notice a download in `my_snatched`."""
        self.counts: Counter[int] = Counter()
        """How often each torrent was handed out, by its number."""
        self.wedges_spent: Counter[int] = Counter()
        """Freeleech wedges spent by downloads with `fl`, by torrent number."""
        self.frozen_until: datetime | None = None
        self._account = account
        self._now = now
        self._recent: deque[datetime] = deque()
        self._first: dict[int, datetime] = {}

    def snatched(self, torrent: MamTorrent) -> bool:
        """Whether the site says by now that the account has this torrent."""
        first = self._first.get(torrent.id)
        return torrent.snatched or (first is not None and self._now() - first >= self.snatched_lag)

    def hand_out(self, torrent: MamTorrent | None, *, wedge: bool) -> web.Response:
        """Answer a download; `wedge` spends a freeleech wedge, whatever it is spent on."""
        now = self._now()
        wait = self._wait(now)
        if wait is not None:
            headers = {"Retry-After": str(math.ceil(wait.total_seconds()))} if self.tell_wait else {}
            return _page("", 429, headers)
        if torrent is None:
            return _page(pages.GONE, 404)
        if torrent.vip and not self._account.vip(now):
            return _page(pages.VIP_ONLY, 403)
        if self._frozen(torrent, now):
            until = self.frozen_until or now
            return _page(pages.frozen(until - FREEZE, until - now))
        self._note(torrent, now, wedge=wedge)
        name = re.sub(r"[^A-Za-z0-9 ._-]+", "", torrent.title).strip() or str(torrent.id)
        return web.Response(
            body=torrent.torrent,
            content_type="application/x-bittorrent",
            headers={"Content-Disposition": f'attachment; filename="{name}.torrent"'},
        )

    def _wait(self, now: datetime) -> timedelta | None:
        while self._recent and now - self._recent[0] >= self.window:
            self._recent.popleft()
        if len(self._recent) >= self.burst:
            return self.window - (now - self._recent[0])
        return None

    def _frozen(self, torrent: MamTorrent, now: datetime) -> bool:
        if self.frozen_until is not None and now < self.frozen_until:
            return True
        if torrent.id not in self._first and self._account.unsatisfied >= self._account.unsatisfied_limit:
            self.frozen_until = now + FREEZE
            return True
        return False

    def _note(self, torrent: MamTorrent, now: datetime, *, wedge: bool) -> None:
        self._recent.append(now)
        self.counts[torrent.id] += 1
        if torrent.id not in self._first:
            self._first[torrent.id] = now
            self._account.unsatisfied += 1
        if wedge and self._account.wedges > 0:
            self._account.wedges -= 1
            self.wedges_spent[torrent.id] += 1


def _page(text: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, content_type="text/html", text=text, headers=headers)
