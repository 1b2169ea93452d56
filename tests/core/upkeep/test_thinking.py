"""What is computed beside everything else comes back as if it had been called, and holds nobody up at the end."""

from __future__ import annotations

import asyncio
import contextvars
import subprocess
import sys
import threading

import pytest

from audiobook_daemon.upkeep.thinking import think

WHO = contextvars.ContextVar("WHO", default="nobody")
LEFT_BEHIND = """
import asyncio, threading
from pathlib import Path
from audiobook_daemon.cli import running
from audiobook_daemon.upkeep.thinking import think

class Life:
    def __init__(self, path):
        self.path = path

    async def run(self):
        begun = threading.Event()
        task = asyncio.create_task(think(lambda: begun.set() or threading.Event().wait()))
        while not begun.is_set():
            await asyncio.sleep(0)
        print("stopped", self.path)
        return 3

running._Running = Life
running.run(Path("here"))
"""


def divide(number: int, *, by: int) -> tuple[float, str, bool]:
    return number / by, WHO.get(), threading.current_thread() is threading.main_thread()


async def test_the_answer_comes_back_from_another_thread_that_knows_the_context() -> None:
    WHO.set("somebody")
    assert await think(divide, 6, by=4) == (1.5, "somebody", False)


async def test_an_error_comes_back_as_well() -> None:
    with pytest.raises(ZeroDivisionError):
        await think(divide, 6, by=0)


async def test_who_has_given_up_waiting_is_told_nothing() -> None:
    go_on, over = threading.Event(), threading.Event()

    def wait() -> None:
        go_on.wait()
        over.set()

    waiting = asyncio.create_task(think(wait))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    while not over.is_set():
        await asyncio.sleep(0)


def test_the_daemon_ends_while_a_thread_still_thinks_and_what_it_said_is_written() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", LEFT_BEHIND], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "stopped here\n", "")
