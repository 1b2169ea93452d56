"""A small web site on loopback, and other instances that rank genres."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pytest
from aiohttp import web

from audiobook_daemon import Answers, Book, ChartEntry, ChartRequest, ChartSource, Context, Given, Http, Silent
from audiobook_plugins.top10 import TopTen
from audiobook_plugins.top10.config import TopTenConfig

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Charts:
    """The other instances: what each says about each genre, in the order of the configuration."""

    books: dict[str, dict[str, int]] = field(default_factory=dict)
    """Instance, genre, number of books."""
    silent: dict[str, str] = field(default_factory=dict)
    silent_genres: frozenset[str] = frozenset()
    asked: list[ChartRequest] = field(default_factory=list)

    async def __call__(
        self, hook: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> Answers[T]:
        assert cast("object", hook) is ChartSource.chart
        request = kwargs["request"]
        assert isinstance(request, ChartRequest)
        self.asked.append(request)
        given = tuple(
            Given(name, _chart(name, request, genres.get(request.genre, 0)))
            for name, genres in self.books.items()
            if request.genre not in self.silent_genres
        )
        silent = {**self.silent, **({"mam": "it rests"} if request.genre in self.silent_genres else {})}
        return cast("Answers[T]", Answers(given, tuple(Silent(name, reason) for name, reason in silent.items())))


def _chart(instance: str, request: ChartRequest, count: int) -> Sequence[ChartEntry]:
    return tuple(
        ChartEntry(rank, Book(f"{request.genre} {rank} of {instance}", ("Some Body",)), ("A Reader",), 3600.0 * rank)
        for rank in range(1, min(count, request.limit) + 1)
    )


@dataclass
class Site:
    """Answers each path with what a test put there."""

    address: str = ""
    pages: dict[str, tuple[int, Mapping[str, str], str | bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> str:
        self.pages[path] = (status, headers or {}, body)
        return f"{self.address}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        status, headers, body = self.pages[request.path]
        return web.Response(status=status, headers=headers, body=body)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    host, port = runner.addresses[0][:2]
    site.address = f"http://{host}:{port}"
    yield site
    await runner.cleanup()


@pytest.fixture
def charts() -> Charts:
    return Charts()


@pytest.fixture
def top_ten(context_for: Callable[..., Context], hasty_http: Http, charts: Charts) -> Callable[..., TopTen]:
    """Make a plugin with a configuration as people write it."""

    def make(**stated: object) -> TopTen:
        context = replace(
            context_for("top10", http=hasty_http), ask=charts, log=logging.getLogger("audiobook_daemon.top10")
        )
        return TopTen(TopTenConfig.model_validate(stated), context)

    return make
