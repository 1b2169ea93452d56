"""Does one action in a daemon of its own and dies by SIGKILL right after a step; its words are CONFIG STEP ACTION JSON.

STEP is a function of the room that moves folders, such as `move_to_trash`.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.pipeline.returning import moving


async def do_and_die(config: Path, step: str, action: str, arguments: dict[str, object]) -> None:
    act: Callable[..., object] = getattr(moving, step)

    def act_and_die(*given: object) -> None:
        act(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(moving, step, act_and_die)
    async with Daemon.assembled(config) as daemon:
        run, _ = await daemon.doors.do(action, arguments, "cli")
        raise SystemExit(run.error or "nobody died")


def main() -> None:
    """Be the program."""
    asyncio.run(do_and_die(Path(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(sys.argv[4])))
