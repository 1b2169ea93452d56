"""Pages behind a reverse proxy that serves them below a path."""

from __future__ import annotations

import re

import pytest
from tests.core.web.conftest import CONFIGURATION, KEY, Served
from tests.core.web.pages.visiting import visiting


@pytest.fixture
def configuration() -> str:
    return CONFIGURATION.replace(f"keys: [{KEY}]", f"keys: [{KEY}], prefix: /books")


async def test_every_link_and_form_begins_with_the_prefix_and_forms_come_back_to_their_page(served: Served) -> None:
    address = served.address.removesuffix("/books")
    async with visiting(Served(served.daemon, f"{address}/books", served.session)) as visitor:
        for path in ("/", "/jobs", "/settings", "/history", "/login"):
            seen = await visitor.sees(path)
            assert seen.status == 200, path
            links = re.findall(r'(?:href|src|action|data-live-stream)="(/[^"]*)"', seen.text)
            assert links
            assert [link for link in links if not link.startswith("/books/")] == [], path
        seen = await visitor.does("/settings", "/schedule/pause")
        assert seen.path == "/books/settings"
        assert seen.said
