"""Listens, and stops without waiting for those who only look on."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.reception import Reception
from audiobook_daemon.web.settings import WebSettings

_log = logging.getLogger(__name__)
TRY_AGAIN = 30.0
"""Seconds until an address that another program has is tried again."""


class WebServer:
    """Serves until it is cancelled; where it listens and whom it lets in can change meanwhile."""

    def __init__(self, settings: WebSettings, lent: Lent) -> None:
        self._settings, self._lent = settings, lent
        self.port: int | None = None
        """The one that is listened on; None while there is none."""
        self.trouble: str | None = None
        """Why none was listened on when that was tried last; None if one was."""
        self.tried = asyncio.Event()
        """Set when the address is listened on for the first time, or turned out to be taken."""
        self._reception: Reception | None = None
        self._listener: asyncio.Server | None = None
        self._moving = asyncio.Lock()
        self._stirred = asyncio.Event()
        """Set when it may be worth a look whether the address is listened on."""
        self._leaving: set[asyncio.Task[None]] = set()
        """Receptions that give their last answers."""

    async def run(self) -> None:
        """Serve for ever; while another program has the address, it is asked for again now and then."""
        async with self._open():
            while True:
                self._stirred.clear()
                patience: float | None = None
                try:
                    await self._listen()
                except OSError as error:
                    patience, self.trouble = TRY_AGAIN, _cannot_listen(self._settings, error)
                    self.tried.set()
                    _log.error("%s", self.trouble)
                with suppress(TimeoutError):
                    async with asyncio.timeout(patience):
                        await self._stirred.wait()

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[str, None]:
        """Serve until the block ends, and lend the address; raises OSError if it cannot be listened on."""
        async with self._open():
            yield await self._listen()

    @asynccontextmanager
    async def changing(self, settings: WebSettings) -> AsyncGenerator[None, None]:
        """Go by other settings once the block has ended well; after an error in it nothing has changed.

        Another address is listened on before the block begins, and the one before is left after it; raises
        ConfigurationError if it cannot be had. Whoever is connected still gets an answer, unless it takes long and only
        reads, and comes anew for the next one, with a key that must count then.
        """
        async with self._moving:
            if self._reception is None:
                yield
                self._settings = settings
                return
            before, lent = self._listener, replace(self._lent, live=self._lent.live.successor())
            reception = await Reception.opened(settings, lent)
            try:
                if (settings.host, settings.port) != (self._settings.host, self._settings.port):
                    await self._listen_beside(settings)
                yield
            except BaseException:
                await self._listen_as_before(before)
                await reception.close()
                raise
            self._settings, self._lent = settings, lent
            await self._take_in(reception, before)

    async def _listen_beside(self, settings: WebSettings) -> None:
        """Listen at another address beside the present one, unless the two are in each other's way."""
        before = self._listener
        try:
            self._listener = await self._listener_at(settings)
            return
        except OSError as error:
            if error.errno != errno.EADDRINUSE or before is None or settings.port != self._settings.port:
                raise ConfigurationError(_cannot_listen(settings, error)) from error
        before.close()  # 127.0.0.1 and 0.0.0.0 cannot both be listened on at one port
        try:
            self._listener = await self._listener_at(settings)
        except OSError as error:
            raise ConfigurationError(_cannot_listen(settings, error)) from error

    async def _listen_as_before(self, before: asyncio.Server | None) -> None:
        if self._listener is not before and self._listener is not None:
            self._listener.close()
        self._listener = before
        if before is not None and not before.is_serving():
            self._listener = self.port = None
            with suppress(OSError):  # somebody else was quicker: `run` asks for it again
                self._listener = await self._listener_at(self._settings)
                self._tell_address()
            self._stirred.set()

    async def _take_in(self, reception: Reception, before: asyncio.Server | None) -> None:
        """Bring new connections to another reception, and let the one until now give its last answers meanwhile."""
        leaving, self._reception = self._reception, reception
        assert leaving is not None
        task = asyncio.create_task(leaving.close())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
        if self._listener is not before:
            if before is not None:
                before.close()
            self._tell_address()
        self._stirred.set()
        await self._say_if_locked()

    @asynccontextmanager
    async def _open(self) -> AsyncGenerator[None, None]:
        async with self._moving:
            self._reception = await Reception.opened(self._settings, self._lent)
        try:
            yield
        finally:
            async with self._moving:
                self.port = None
                if self._listener is not None:
                    self._listener.close()
                reception, self._reception, self._listener = self._reception, None, None
                await asyncio.gather(reception.close(), *self._leaving)

    async def _listen(self) -> str:
        """Listen if that is not done already, and return the address."""
        async with self._moving:
            if self._listener is not None:
                return self._address()
            self._listener = await self._listener_at(self._settings)
            self._tell_address()
            await self._say_if_locked()
            return self._address()

    async def _listener_at(self, settings: WebSettings) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._enter, settings.host, settings.port)

    def _enter(self) -> asyncio.BaseProtocol:
        assert self._reception is not None, "nobody listens without a reception"
        return self._reception.enter()

    async def _say_if_locked(self) -> None:
        if not self._settings.keys and not await self._lent.database.keys.all():
            _log.warning("No key opens the web server yet; `audiobook-daemon keys add NAME` makes one.")

    def _tell_address(self) -> None:
        assert self._listener is not None
        self.port, self.trouble = self._listener.sockets[0].getsockname()[1], None
        self.tried.set()
        _log.info("Listening on %s.", self._address())

    def _address(self) -> str:
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        return f"http://{host}:{self.port}{self._settings.prefix}"


def _cannot_listen(settings: WebSettings, error: OSError) -> str:
    """Say why an address cannot be listened on, and what to do."""
    return (
        f"The web server cannot listen on {settings.host}:{settings.port} ({error.strerror or error}). Choose another "
        "address in web.listen, or end the program that has it."
    )
