"""The services behind addresses; the only place that knows apprise. It blocks, so each call has a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import warnings
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from audiobook_daemon import AuthFailed
from audiobook_plugins.notify.addresses import Address
from audiobook_plugins.notify.messages import Message

if TYPE_CHECKING:
    from apprise import NotifyBase

_TALKATIVE = ("urllib3", "requests", "requests_oauthlib", "oauthlib")
"""Loggers beneath apprise that would show addresses, and with them tokens."""
_STATUS = re.compile(r"\berror=(\d{3})\b")


class NotTold(Exception):
    """A service did not take a message; the text names no secret."""


class _Ear(logging.Filter):
    """Hears what apprise says in a thread, lets none of it through, and keeps nothing but the HTTP status."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[int, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Note a status; the text may hold secrets and is thrown away."""
        if record.thread is not None and (match := _STATUS.search(record.getMessage())):
            self.statuses[record.thread] = int(match[1])
        return False


_EAR = _Ear()
_NOBODY = logging.NullHandler()


class Service:
    """One address; a call that hangs is left alone after its time, and no other is begun beside it.

    `late` is told of the messages that arrived after all.
    """

    def __init__(self, address: Address, told: NotifyBase, late: Callable[[str, str], None]) -> None:
        self.address = address
        self.name = str(told.service_name)
        self._told = told
        self._late = late
        self._running: asyncio.Future[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a call still hangs."""
        return self._running is not None

    async def tell(self, message: Message, limit: float) -> None:
        """Send a message; raises NotTold."""
        if self.busy:
            raise NotTold(f"{self.address} has not answered yet")
        self._running = future = asyncio.get_running_loop().create_future()
        future.add_done_callback(self._ended)
        threading.Thread(target=self._work, args=(message, future), name=f"notify {self.address}", daemon=True).start()
        try:
            async with asyncio.timeout(limit):
                await asyncio.shield(future)
        except TimeoutError:
            self._report_late(future, message)
            raise NotTold(f"{self.address} took more than {limit:g} seconds") from None
        except asyncio.CancelledError:
            self._report_late(future, message)
            raise

    async def settled(self, limit: float) -> None:
        """Wait a while for a call that is under way."""
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=limit)

    def _report_late(self, future: asyncio.Future[None], message: Message) -> None:
        def report(done: asyncio.Future[None]) -> None:
            if not done.cancelled() and done.exception() is None:
                self._late(message.id, self.address.id)

        future.add_done_callback(report)

    def _ended(self, future: asyncio.Future[None]) -> None:
        self._running = None
        if not future.cancelled():
            future.exception()  # seen, also when nobody waits for it any more

    def _work(self, message: Message, future: asyncio.Future[None]) -> None:
        error = self._sent(message)

        def finish() -> None:
            if future.done():
                return
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)

        try:
            future.get_loop().call_soon_threadsafe(finish)
        except RuntimeError:  # the daemon has ended meanwhile
            return

    def _sent(self, message: Message) -> NotTold | None:
        thread = threading.get_ident()
        _EAR.statuses.pop(thread, None)
        try:
            if self._told.notify(**_written_for(self._told, message)):
                return None
        except Exception as error:  # noqa: BLE001 - a hundred services, each with mistakes of its own
            return NotTold(f"{self.address} failed ({type(error).__name__})")
        finally:
            status = _EAR.statuses.pop(thread, None)
        if status is None:
            return NotTold(f"{self.address} could not be reached, or did not take the message")
        phrase = next((f" ({known.phrase})" for known in HTTPStatus if known == status), "")
        return NotTold(f"{self.address} answered {status}{phrase}")


async def find_services(addresses: Sequence[Address], late: Callable[[str, str], None]) -> list[Service]:
    """Load apprise and return the service of each address; raises AuthFailed for what a person has to mend."""
    try:
        told = await asyncio.to_thread(_made, addresses)
    except ImportError as error:
        raise AuthFailed(
            "Messages need the Python package apprise beside the daemon: install audiobook-daemon with its extra "
            "`notify`, as in `pip install 'audiobook-daemon[notify]'`."
        ) from error
    for address, service in zip(addresses, told, strict=True):
        if service is None:
            raise AuthFailed(
                f"The {address} is none that apprise understands, or a part of it is missing; "
                "https://appriseit.com/services/ shows how each is written."
            )
    return [
        Service(address, service, late) for address, service in zip(addresses, told, strict=True) if service is not None
    ]


def _made(addresses: Sequence[Address]) -> list[NotifyBase | None]:
    _silence()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import apprise  # noqa: PLC0415 - optional, and loaded by those alone who use it

        quiet: dict[str, Any] = {"pgp_autogen": False, "pem_autogen": False, "interpret_emojis": False}
        asset = apprise.AppriseAsset(storage_mode=apprise.PersistentStoreMode.MEMORY, secure_logging=True, **quiet)
        asset.app_id = "audiobook-daemon"
        return [apprise.Apprise.instantiate(address.url, asset=asset) for address in addresses]


def _silence() -> None:
    """Let nothing of these libraries reach the log."""
    for name in ("apprise", *_TALKATIVE):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
        logger.addHandler(_NOBODY)
    logging.getLogger("apprise").addFilter(_EAR)


def _colour(message: Message) -> str:
    if not message.well:
        return "warning"
    return "success" if message.kind == "shelved" else "info"


def _written_for(told: NotifyBase, message: Message) -> dict[str, Any]:
    """Write a plain text in the format of a service, as apprise does before it calls one: titles come from strangers.

    A service that is called with the plain text itself may take it for HTML.
    """
    from apprise import NotifyFormat  # noqa: PLC0415 - optional
    from apprise.conversion import convert_between  # noqa: PLC0415 - optional

    convert: Callable[[NotifyFormat, NotifyFormat, str], str] = convert_between
    target = told.resolve_format(NotifyFormat.TEXT)
    title = message.title
    return {
        "body": convert(NotifyFormat.TEXT, target, message.body),
        "title": title if told.title_maxlen > 0 else convert(NotifyFormat.TEXT, target, title),
        "notify_type": _colour(message),
        "body_format": target,
        "body_passthrough": False,
    }
