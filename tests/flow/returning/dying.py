"""Does one action in a daemon of its own and dies by SIGKILL right after a step: `dying.py CONFIG STEP ACTION JSON`.

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


async def main(config: Path, step: str, action: str, arguments: dict[str, object]) -> None:
    act: Callable[..., object] = getattr(moving, step)

    def act_and_die(*given: object) -> None:
        act(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(moving, step, act_and_die)
    async with Daemon.assembled(config) as daemon:
        run, _ = await daemon.doors.do(action, arguments, "cli")
        raise SystemExit(run.error or "nobody died")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(sys.argv[4])))
