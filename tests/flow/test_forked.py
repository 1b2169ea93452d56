"""A forked process is what a new one would be: its words, surroundings, streams, warnings and end are its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import warnings
from importlib.util import find_spec

import pytest
from tests.forked import IMPORTED, fork

WITHIN = 60


def echo() -> int:
    """Say what was heard, and end with a number."""
    print(sys.argv[1:], sorted(os.environ), sys.stdin.read())
    print("complaint", file=sys.stderr)
    return 3


def warn() -> None:
    """Warn, which nobody may."""
    warnings.warn("careful", UserWarning, stacklevel=1)


def linger() -> None:
    """Never end."""
    time.sleep(WITHIN)


async def test_it_has_its_own_words_surroundings_streams_and_status() -> None:
    process = await fork(f"{__name__}:echo", "a", "b c", environment={"HOME": "/nowhere"})
    process.write("heard")
    assert await process.communicate() == (b"['a', 'b c'] ['HOME'] heard\n", b"complaint\n")
    assert await process.wait() == 3


async def test_each_has_its_own_status_while_others_start_and_end() -> None:
    async def live() -> int:
        process = await fork(f"{__name__}:echo")
        process.close()
        while process.returncode is None:
            await asyncio.sleep(0)
        return await process.wait()

    assert await asyncio.gather(*(live() for _ in range(20))) == [3] * 20


async def test_a_warning_ends_it() -> None:
    process = await fork(f"{__name__}:warn")
    told, complaint = await process.communicate()
    assert (told, await process.wait()) == (b"", 1)
    assert complaint.endswith(b"UserWarning: careful\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_signal_ends_it(number: signal.Signals) -> None:
    process = await fork(f"{__name__}:linger")
    assert process.returncode is None
    process.send_signal(number)
    assert await process.wait() == -number


def test_all_that_the_server_of_forks_imports_exists() -> None:
    """It would pass over what does not, and every fork would import it again."""
    assert [name for name in IMPORTED if find_spec(name) is None] == []
