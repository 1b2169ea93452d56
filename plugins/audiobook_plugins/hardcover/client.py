"""Speaks to Hardcover: one question after the other, within the limits of the plan."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from audiobook_daemon import Context, Unavailable, lenient
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.answers import read_data
from audiobook_plugins.hardcover.budget import Budget
from audiobook_plugins.hardcover.config import HardcoverConfig

Row = Mapping[str, object]
AT_A_TIME = 25
"""How many books are asked for at once: a well-known one has dozens of recordings."""
_PAGE, _MOST_PAGES = 50, 40
_SECONDS = 35.0
"""Hardcover itself gives up after thirty."""


class Client:
    """The questions the plugin needs. All may raise AuthFailed and Unavailable."""

    def __init__(self, config: HardcoverConfig, context: Context) -> None:
        self._http = context.http
        self._url = f"{config.url}/v1/graphql"
        self._token = config.token.get_secret_value()
        self.budget = Budget(config.daily, context.now)
        context.http.pace(config.pace)

    async def search(self, query: str, kind: str, count: int = 10) -> object:
        """Look for books, series or authors; returns the results, which may be an encoded text."""
        found = (await self._ask(queries.SEARCH, query=query, type=kind, count=count)).get("search")
        if not isinstance(found, dict):
            raise Unavailable("Hardcover answered a search without results.")
        return found.get("results")

    async def rows(self, query: str, /, **variables: object) -> list[Row]:
        """Ask for the rows of the one table a query names."""
        data = await self._ask(query, **variables)
        rows = next(iter(data.values()), None)
        if not isinstance(rows, list):
            raise Unavailable("Hardcover answered without the rows that were asked for.")
        return list(lenient.objects(rows))

    async def pages(self, query: str, /, **variables: object) -> list[Row]:
        """Ask for all rows, page by page."""
        found: list[Row] = []
        for page in range(_MOST_PAGES):
            rows = await self.rows(query, **variables, limit=_PAGE, offset=page * _PAGE)
            found += rows
            if len(rows) < _PAGE:
                break
        return found

    async def of_books(self, query: str, ids: Sequence[int]) -> list[Row]:
        """Ask for the rows of some books, not too many at once."""
        return [row async for part in self._portions(query, ids) for row in part]

    async def _portions(self, query: str, ids: Sequence[int]) -> AsyncIterator[list[Row]]:
        for start in range(0, len(ids), AT_A_TIME):
            yield await self.rows(query, ids=list(ids[start : start + AT_A_TIME]))

    async def _ask(self, query: str, /, **variables: object) -> Row:
        self.budget.spend()
        answer = await self._http.request(
            "POST",
            self._url,
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=_SECONDS,
            attempts=2,
        )
        self.budget.heed(answer.headers)
        try:
            return read_data(answer)
        except Unavailable as error:
            if error.retry_after is not None:
                self.budget.close(error.retry_after)
            raise
