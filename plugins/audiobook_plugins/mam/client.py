"""Speaks to the site: search, user data, torrents, the seedbox address. Documented interfaces only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from audiobook_daemon import Context, HttpAnswer, Unavailable
from audiobook_plugins.mam.account import Account, read_account
from audiobook_plugins.mam.answers import read_download, read_json
from audiobook_plugins.mam.config import MamConfig
from audiobook_plugins.mam.parse import Row, read_page
from audiobook_plugins.mam.reading import members, text
from audiobook_plugins.mam.session import Call, Session

_MOST_PAGES = 10
_MOST_ROWS = 5000
_SMALLEST_PAGE, _LARGEST_PAGE = 5, 100
_ACCOUNT_AGE = timedelta(minutes=5)


class Client:
    """The calls the plugin needs; every one of them may raise AuthFailed or Unavailable."""

    def __init__(self, config: MamConfig, context: Context) -> None:
        self._config = config
        self._context = context
        self._session = Session(config, context)
        self._account: tuple[datetime, Account] | None = None
        self._downloads = 0

    async def rows(
        self,
        question: Mapping[str, object],
        per_page: int,
        enough: Callable[[Sequence[Row]], bool],
        *,
        pages: int = _MOST_PAGES,
    ) -> list[Row]:
        """Search page by page until `enough` says so, the answer ends, or so many `pages` are read.

        `question` becomes the `tor` part of the request. A row that comes twice is kept once.
        """
        per_page = min(max(per_page, _SMALLEST_PAGE), _LARGEST_PAGE)
        found: dict[object, Row] = {}
        start = 0
        for _ in range(pages):
            # The site reads the page size beside `tor` in a JSON body and inside `tor` in some others.
            tor = {**question, "startNumber": str(start), "perpage": per_page}
            body = {"tor": tor, "perpage": per_page, "isbn": "true", "mediaInfo": "true"}
            url = f"{self._config.url}/tor/js/loadSearchJSONbasic.php"
            page = read_page(await self._session.ask(Call(url, json=body), read_json))
            before = len(found)
            for row in page.rows:
                found.setdefault(str(row.get("id")), row)
            start += page.received
            rows = list(found.values())
            if len(found) == before or enough(rows) or (page.found is not None and start >= page.found):
                break
        return list(found.values())

    async def newest(self, question: Mapping[str, object], limit: int) -> list[Row]:
        """Read the first rows of an answer, as many as asked for but 5000 at most."""
        limit = min(limit, _MOST_ROWS)
        # New uploads push known rows on to the next page, so there may be one page more than rows ask for.
        pages = -(-limit // _LARGEST_PAGE) + 1
        rows = await self.rows(question, limit, lambda found: len(found) >= limit, pages=pages)
        return rows[:limit]

    async def account(self, *, fresh: bool = False) -> Account:
        """Read the user data; they are kept for five minutes unless they must be `fresh`."""
        return (await self.account_within(timedelta() if fresh else _ACCOUNT_AGE))[1]

    async def account_within(self, age: timedelta) -> tuple[datetime, Account]:
        """Return the user data with the moment they were read; those that are younger than `age` are not read again."""
        now = self._context.now()
        if self._account is None or not timedelta() <= now - self._account[0] < age:
            call = Call(f"{self._config.url}/jsonLoad.php", params=(("snatch_summary", "true"),))
            account = await self._session.ask(call, lambda answer: read_account(read_json(answer)))
            self._account = (now, account)
            self._downloads = 0
        return self._account

    @property
    def downloads(self) -> int:
        """Torrents fetched since the user data were read; the site counts them late."""
        return self._downloads

    async def torrent(self, number: int) -> bytes:
        """Fetch a .torrent file; never with `fl`, which would spend a freeleech wedge. May raise Refused too."""
        url = f"{self._config.url}/tor/download.php"
        call = Call(url, params=(("tid", str(number)),), pace=self._config.download_pace)
        content = await self._session.ask(call, read_download)
        self._downloads += 1
        return content

    async def address(self) -> str:
        """Ask which address this machine has for the site; this call needs no session and carries none."""
        answer = await self._context.http.request(
            "GET",
            f"{self._config.tracker_url}/json/jsonIp.php",
            headers={"User-Agent": self._config.user_agent},
        )
        address = text(members(answer.check().json()).get("ip"))
        if address is None:
            raise Unavailable("MyAnonamouse does not say which address this machine has.")
        return address

    async def register_address(self) -> str | None:
        """Make this machine's address the account's seedbox; None if the last change is less than an hour old."""
        call = Call(f"{self._config.tracker_url}/json/dynamicSeedbox.php")
        return await self._session.ask(call, _read_registration)

    async def close(self) -> None:
        """Let the call under way end."""
        await self._session.close()


def _read_registration(answer: HttpAnswer) -> str | None:
    if answer.status == 429:
        return None
    document = read_json(answer)
    told = document if isinstance(document, dict) else {}
    if told.get("Success") is not True:
        raise Unavailable(f"MyAnonamouse did not register the address: {text(told.get('msg')) or 'no reason given'}.")
    return text(told.get("ip")) or ""
