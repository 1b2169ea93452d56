"""`audiobook-daemon demo`: the daemon at work in a world of its own, for somebody to watch."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from audiobook_daemon.demo.interruption import Interruption
from audiobook_daemon.demo.live import LiveShow
from audiobook_daemon.demo.performance import perform, serving
from audiobook_daemon.demo.services import CAN_BE_REAL
from audiobook_daemon.demo.show import NO_TERMINAL_WIDTH, Show
from audiobook_daemon.demo.world import DemoWorld


def run(*, folder: Path | None, books: int | None, once: bool, standins: bool) -> int:
    """Run the demo and return the exit status: 0 only if every wanted book is in the library.

    Everything lies in `folder`, or in a temporary one that is removed. On a terminal, without `once`, it stays up
    afterwards until Ctrl-C. Raises FolderInUse and ProgramFailed.
    """
    terminal = sys.stdout.isatty()
    console = Console(highlight=False, width=None if terminal else NO_TERMINAL_WIDTH)
    show = LiveShow(console) if terminal else Show(console)
    real = () if standins else CAN_BE_REAL
    with Interruption() as interruption, ExitStack() as stack:
        # Removed only after the event loop and its threads have ended, for these might still be writing.
        place = folder or Path(stack.enter_context(TemporaryDirectory(prefix="audiobook-daemon-demo-")))
        world = DemoWorld(place, books=books, real=real, pages=True)
        show.open(place, kept=folder is not None)
        try:
            return asyncio.run(_run(world, show, interruption, stay=terminal and not once))
        except asyncio.CancelledError:
            show.note("Interrupted. Everything is stopped.")
            return interruption.status


async def _run(world: DemoWorld, show: Show, interruption: Interruption, *, stay: bool) -> int:
    async with AsyncExitStack() as stack:
        # Only what stands in this block may be interrupted; leaving the stack ends the programs and must be whole.
        with interruption.cancelling():
            await stack.enter_async_context(world)
            show.introduce(world)
            daemon = await stack.enter_async_context(serving(world, show))
            status = await perform(world, daemon, show)
            if stay:
                show.invite(world)
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    show.note("Everything is stopped.")
        return status
