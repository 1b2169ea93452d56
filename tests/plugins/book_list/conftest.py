"""Lists in files and on a small site, and providers that know a few numbers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pytest

from audiobook_daemon import Answers, Book, Context, Facts, Given, Http, MetadataProvider, Silent
from audiobook_plugins.book_list import BookList
from audiobook_plugins.book_list.config import BookListConfig

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Providers:
    """The other instances: what one of them states about every book, and who is silent."""

    facts: list[Facts] = field(default_factory=list)
    silent: tuple[Silent, ...] = ()
    there: bool = True
    asked: list[Book] = field(default_factory=list)

    async def __call__(
        self, hook: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> Answers[T]:
        assert cast("object", hook) is MetadataProvider.describe
        book = kwargs["book"]
        assert isinstance(book, Book)
        self.asked.append(book)
        given = (Given("google_books", tuple(self.facts)),) if self.there else ()
        return cast("Answers[T]", Answers(given, self.silent))


@pytest.fixture
def providers() -> Providers:
    return Providers()


@pytest.fixture
def book_list(context_for: Callable[..., Context], hasty_http: Http, providers: Providers) -> Callable[..., BookList]:
    """Make an instance with a configuration as people write it."""

    def make(**stated: object) -> BookList:
        log = logging.getLogger("audiobook_daemon.book_list")
        context = replace(context_for("book_list", http=hasty_http), ask=providers, log=log)
        return BookList(BookListConfig.model_validate(stated), context)

    return make


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Write a list to a file."""

    def write(content: str | bytes) -> str:
        file = tmp_path / "list"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(file)

    return write
