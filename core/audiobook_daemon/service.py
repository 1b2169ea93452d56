"""The daemon as a service of the system: logging without secrets, word to systemd, signals."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Literal

_LOG = logging.getLogger(__name__)

MASK = "***"
OWN_LOGGERS = ("audiobook_daemon", "audiobook_plugins")
_SHORTEST_SECRET = 4
"""Shorter texts would be found everywhere; a secret that short protects nothing."""
_CUT = "\N{HORIZONTAL ELLIPSIS}"
"""What texts end with that were too long; perhaps in the middle of a secret."""
_NAMES = r"pass_?key|mam_id|api_?key|token|password|passwd|secret|torrent_pass|auth_?key"
_PATTERNS = (
    re.compile(rf"(?i)((?:{_NAMES})(?:\s?=\s?|%3D|[\"']\s*:\s*[\"'])[\"']?)[^\s&#\"',;<>)\]}}]+"),
    re.compile(r"(?i)(\bBearer\s+)(?=\S*\d|\S{20})[A-Za-z0-9._~+/=-]+"),
    re.compile(r"(?i)(\bAuthorization:\s*Basic\s+)[A-Za-z0-9+/=]+"),
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
    re.compile(r"(/)[0-9A-Za-z]{16,}(?=/announce\b)"),
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.NOTSET, 7))


class Redaction(logging.Filter):
    """Takes secrets out of log records and other texts: the registered values, and what looks like one.

    As a filter of a handler it rewrites message, arguments, exception and stack before anything is written.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets: list[str] = []
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Register a value that must never be seen; the longest are replaced first."""
        if len(secret) >= _SHORTEST_SECRET and secret not in self._secrets:
            self._secrets = sorted([*self._secrets, secret], key=len, reverse=True)

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        if text.endswith(_CUT):
            text = self._without_beginning(text.removesuffix(_CUT)) + _CUT
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        for pattern in _PATTERNS:
            text = pattern.sub(rf"\1{MASK}", text)
        return text

    def _without_beginning(self, text: str) -> str:
        """Take away the beginning of a secret with which a text ends."""
        for secret in self._secrets:
            for length in range(min(len(secret), len(text)), _SHORTEST_SECRET - 1, -1):
                if text.endswith(secret[:length]):
                    return text[:-length] + MASK
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always let through."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # the arguments do not fit the message: a mistake, but none to stop for
            message = f"{record.msg} {record.args}"
        # Titles come from strangers: no escape sequence and no turned writing of theirs reaches a terminal.
        record.msg, record.args = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", self.clean(message)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


class TextLines(logging.Formatter):
    """Lines for people: time, level, place, message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", datefmt="%Y-%m-%d %H:%M:%S")


class JournalLines(logging.Formatter):
    """Lines for the journal of systemd, which knows the time itself and wants the priority in front of each line."""

    def __init__(self) -> None:
        super().__init__("%(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with its priority, as in `<3>`, in front of every line."""
        priority = next(number for level, number in _PRIORITIES if record.levelno >= level)
        return "\n".join(f"<{priority}>{line}" for line in super().format(record).splitlines() or [""])


class RecentLines(logging.Handler):
    """Keeps the newest lines in memory, without secrets, for people who cannot read the log itself."""

    most = 2000
    longest = 4000
    """Characters of one line; a traceback may be longer."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=self.most)
        self.addFilter(redaction)
        self.setFormatter(TextLines())

    @property
    def hears(self) -> bool:
        """Whether it keeps what is logged now."""
        return self in logging.getLogger().handlers

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep what is logged until the block ends."""
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self._lines.append(self.format(record)[: self.longest])

    def newest(self, limit: int) -> tuple[str, ...]:
        """Return the newest lines, the oldest of them first."""
        return tuple(self._lines)[-limit:]


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; `exception` is there only if there was one."""
        line: dict[str, str] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:  # put there by the redaction
            line["exception"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(
    redaction: Redaction,
    *,
    level: str = "info",
    style: Literal["text", "json"] = "text",
    stream: IO[str] | None = None,
) -> logging.Handler:
    """Send every log line to `stream` (stderr), without secrets; return the handler, for whoever wants to remove it.

    Libraries are not heard below `info`: their debug lines show what they are given, session cookies among it.
    """
    output = sys.stderr if stream is None else stream
    handler = logging.StreamHandler(output)
    handler.addFilter(redaction)
    if style == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(JournalLines() if leads_to_journal(output) else TextLines())
    logging.getLogger().addHandler(handler)
    set_level(level)
    logging.captureWarnings(capture=True)
    return handler


def set_level(level: str) -> None:
    """Write from now on what is at least so important; libraries are not heard below `info`."""
    logging.getLogger().setLevel("INFO" if level == "debug" else level.upper())
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else logging.NOTSET)


def leads_to_journal(stream: IO[str]) -> bool:
    """Tell whether a stream is connected to the journal of systemd, as JOURNAL_STREAM says."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


class ServiceManager:
    """Tells systemd how the daemon is doing; without systemd every call does nothing."""

    def __init__(self) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "")

    def ready(self, status: str) -> None:
        """Say that the daemon works (again, after a reload)."""
        self._notify("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """Say that the configuration is being read again; `ready` must follow."""
        self._notify("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def stopping(self) -> None:
        """Say that the daemon stops of its own will."""
        self._notify("STOPPING=1")

    async def keep_watchdog(self) -> None:
        """Show signs of life twice per watchdog interval, until cancelled; ends at once if there is no watchdog."""
        interval = watchdog_interval()
        while interval is not None:
            self._notify("WATCHDOG=1")
            await asyncio.sleep(interval / 2)

    def _notify(self, *lines: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        message = "\n".join(line.replace("\n", " ") for line in lines).encode()
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to_systemd:
                to_systemd.connect(address)
                to_systemd.send(message)
        except OSError as error:
            _LOG.warning("systemd at %s cannot be told %s: %s", self._address, lines[0], error)


def watchdog_interval() -> float | None:
    """Return the seconds within which systemd wants a sign of life from this process, None if it does not."""
    wanted, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not wanted.isdigit() or int(wanted) == 0 or (process and process != str(os.getpid())):
        return None
    return int(wanted) / 1e6


@contextmanager
def handling_signals(stop: Callable[[], None], reload: Callable[[], None]) -> Iterator[None]:
    """Call `stop` on SIGTERM and SIGINT and `reload` on SIGHUP, on the running loop, until the block ends."""
    loop = asyncio.get_running_loop()
    handlers = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGHUP: reload}
    for number, callback in handlers.items():
        loop.add_signal_handler(number, callback)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)
