"""Serves the GraphQL endpoint: who asks, how often, and what."""

from __future__ import annotations

import json
from collections.abc import Iterable

from aiohttp import web

from audiobook_daemon.demo.hardcover import refusals
from audiobook_daemon.demo.hardcover.catalogue import HardcoverCatalogue
from audiobook_daemon.demo.hardcover.document import BadQuery, Field, read_document
from audiobook_daemon.demo.hardcover.rows import Tables
from audiobook_daemon.demo.hardcover.search import search
from audiobook_daemon.demo.hardcover.tables import answer
from audiobook_daemon.demo.standin import StandIn

_MOST_FIELDS, _MOST_SEARCHES = 5, 1
_PER_MINUTE, _DAY = 60, 86_400
_TABLES = frozenset({"books", "editions", "series", "book_series", "authors", "me", "list_books"})
_PERSONAL = frozenset({"me", "list_books"})


class HardcoverStandIn(StandIn):
    """Plays Hardcover for the owner of `token`.

    `quota` is what is left of the day's questions (each top-level field is one) and `minute` of the minute's, None
    without end. `scopes` are the rights of the token. The next `timeouts` questions take too long. Every other search
    is answered with an encoded text.
    """

    def __init__(self, catalogue: HardcoverCatalogue, *, token: str, quota: int | None = None) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.token = token
        self.quota = quota
        self.minute: int | None = None
        self.scopes = {"books", "library"}
        self.timeouts = 0
        self.asked: list[str] = []
        """The top-level fields that were asked for, the newest last."""
        self.user_agents: set[str] = set()
        self._searches = 0

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The one endpoint."""
        return (web.post("/v1/graphql", self._ask),)

    async def _ask(self, request: web.Request) -> web.Response:
        self.user_agents.add(request.headers.get("User-Agent", ""))
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return refusals.graphql_error("Malformed Authorization header", "invalid-headers")
        if token != self.token:
            return refusals.invalid_token()
        fields = await _read(request)
        if isinstance(fields, web.Response):
            return fields
        refusal = self._refuse(fields) or self._charge(len(fields))
        reply = refusal or self._answer(fields)
        self._tell_limits(reply)
        return reply

    def _refuse(self, fields: tuple[Field, ...]) -> web.Response | None:
        searches = sum(field.name == "search" for field in fields)
        if len(fields) > _MOST_FIELDS or searches > _MOST_SEARCHES:
            return refusals.forbidden("top_level_limit_exceeded", "Too many top-level queries in one request.")
        if "library" not in self.scopes and any(field.name in _PERSONAL for field in fields):
            return refusals.insufficient_scope("library")
        if self.timeouts:
            self.timeouts -= 1
            return refusals.timed_out()
        return None

    def _charge(self, count: int) -> web.Response | None:
        if self.minute is not None:
            if self.minute < count:
                return refusals.too_many(42)
            self.minute -= count
        if self.quota is not None:
            if self.quota < count:
                self.quota = 0
                return refusals.too_many(_DAY // 2)
            self.quota -= count
        return None

    def _answer(self, fields: tuple[Field, ...]) -> web.Response:
        tables = Tables(self.catalogue)
        self.asked += [field.name for field in fields]
        try:
            return web.json_response({"data": {field.name: self._part(tables, field) for field in fields}})
        except BadQuery as error:
            return refusals.graphql_error(str(error))

    def _part(self, tables: Tables, field: Field) -> object:
        if field.name == "search":
            self._searches += 1
            return search(self.catalogue, field, encoded=self._searches % 2 == 0)
        if field.name not in _TABLES:
            raise BadQuery(f"field '{field.name}' not found in type: 'query_root'")
        return answer(getattr(tables, field.name), field)

    def _tell_limits(self, reply: web.Response) -> None:
        minute = _PER_MINUTE if self.minute is None else self.minute
        day = 5000 if self.quota is None else self.quota
        reply.headers["RateLimit-Policy"] = '"Free";q=60;w=60;burst=10, "daily";q=5000;w=86400'
        reply.headers["RateLimit"] = f'"Free";r={minute};t=42, "daily";r={day};t={_DAY // 2}'


async def _read(request: web.Request) -> tuple[Field, ...] | web.Response:
    try:
        asked = json.loads(await request.text())
        variables = asked.get("variables") or {}
        return read_document(asked["query"], variables)
    except (ValueError, KeyError, TypeError, AttributeError):
        return web.json_response({"error": "invalid_query"}, status=400)
    except BadQuery as error:
        return refusals.graphql_error(str(error), "parse-failed")
