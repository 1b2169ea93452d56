"""Listening, and what is said when that cannot be done."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.daemon.serving_web import lent_to_web, web_server
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.web import WebServer, WebSettings
from audiobook_daemon.web import server as room


async def test_an_address_that_is_taken_is_told_in_a_sentence_and_tried_again(
    served: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TRY_AGAIN", 0.01)
    assert served.daemon.configuration.web
    with socket.create_server(("127.0.0.1", 0)) as taken, caplog.at_level(logging.ERROR):
        port = taken.getsockname()[1]
        another = web_server(served.daemon, served.daemon.configuration.web, port=port)
        running = asyncio.create_task(another.run())
        async with asyncio.timeout(60):
            while not caplog.records:
                await asyncio.sleep(0.01)
        told = caplog.records[0]
        assert told.getMessage().startswith(f"The web server cannot listen on 127.0.0.1:{port} (")
        assert told.exc_info is None
        taken.close()
        async with asyncio.timeout(60):
            while another.port != port:
                await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_a_database_that_is_away_keeps_no_server_from_listening_nor_from_other_settings(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: object) -> None:
        raise DatabaseError("The database cannot be reached.")

    monkeypatch.setattr(type(served.daemon.database.keys), "all", away)
    server = WebServer(WebSettings(port=0), lent_to_web(served.daemon))
    async with server.serving():
        assert server.port
        async with server.changing(WebSettings(port=0, prefix="/books")):
            pass
        assert server.port
