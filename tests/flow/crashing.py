"""Lets the daemon work in one life after the other, each ended by SIGKILL as soon as it has come a little further.

As a program with the words CONFIG MOMENT BOOKS it forks a new process for each life, so that only the imports are
shared. The moment of death is

* `before`: a change of state is written but not committed,
* `after`: a change of state is committed and nobody was told,
* `outside`: the world has changed and the database does not know: a torrent was added, a folder staged or published,
  a book admitted or edited.

It ends when a life has put BOOKS books on the shelf, and prints how many lives that took.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.daemon import Daemon, find_plugins, read_configuration
from audiobook_daemon.host import Host
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline import placing
from audiobook_daemon.service import Redaction, set_up_logging
from audiobook_daemon.shelving import Plan, publish, stage
from audiobook_daemon.store import utc_now
from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.connections import Connections

T = TypeVar("T")

COMMANDS = ("add", "admit", "update")
MOST_LIVES = 1000
PAUSE = 0.02
SECONDS_A_LIFE = 180


def main() -> int:
    """Be the program."""
    logging.captureWarnings(capture=True)
    return lives(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))


def lives(config: Path, moment: str, books: int) -> int:
    configuration = read_configuration(config, find_plugins(config, os.environ), os.environ)  # imports the plugins
    Connections(read_address(configuration.database), utc_now)  # imports the driver
    for life in range(1, MOST_LIVES):
        child = os.fork()
        if child == 0:
            os._exit(asyncio.run(live(config, moment, books)))
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            print(life)
            return os.WEXITSTATUS(status)
        if os.WTERMSIG(status) != signal.SIGKILL:
            break
    return 1


async def live(config: Path, moment: str, books: int) -> int:
    set_up_logging(Redaction(), level="warning")
    match moment:
        case "before":
            die_before_a_commit()
        case "after":
            die_after_a_commit()
        case "outside":
            die_after_an_act(config.with_name("deaths"))
    async with asyncio.timeout(SECONDS_A_LIFE), Daemon.assembled(config) as daemon:

        async def do(*verbs: str) -> dict[WantState, int]:
            for verb in verbs:
                run, _ = await daemon.doors.do(verb, {}, "start")
                if run.error:
                    raise SystemExit(f"{verb}: {run.error}")
            return await daemon.database.wants.counts()

        wants = await daemon.database.wants.counts()
        while sum(wants.values()) < books:
            wants = await do("gather")
        while wants[WantState.SHELVED] < books:
            wants = await do("choose", "grab", "watch", "verify", "shelve")
            await asyncio.sleep(PAUSE)
        await do("gather")
    return 0


def die_before_a_commit() -> None:
    """One change is let through, or no life would come any further."""
    write = Connections.write
    spared = 1

    async def write_or_die(self: Connections, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async def work_and_die(connection: AsyncConnection) -> T:
            nonlocal spared
            result = await work(connection)
            if is_change(result):
                if not spared:
                    die()
                spared -= 1
            return result

        return await write(self, work_and_die)

    replace(Connections, "write", write_or_die)


def die_after_a_commit() -> None:
    write = Connections.write

    async def write_and_die(self: Connections, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        result = await write(self, work)
        if is_change(result):
            die()
        return result

    replace(Connections, "write", write_and_die)


def die_after_an_act(deaths: Path) -> None:
    """Die of each act once; the file of `deaths` says what was died of already."""
    deaths.touch()
    ask_one = Host.ask_one

    def die_once(act: str) -> None:
        if act not in deaths.read_text().splitlines():
            with deaths.open("a") as file:
                file.write(f"{act}\n")
            die()

    async def ask_and_die(self: Host, instance: str, hook: Callable[..., Any], **arguments: Any) -> object:  # noqa: ANN401
        answer = await ask_one(self, instance, hook, **arguments)
        if hook.__name__ in COMMANDS:
            torrent = arguments.get("torrent")
            die_once(f"{hook.__name__} {torrent.name if torrent else arguments.get('folder') or arguments['item']}")
        return answer

    def and_die(function: Callable[..., T]) -> Callable[..., T]:
        def act_and_die(plan: Plan, *more: Any, **named: Any) -> T:  # noqa: ANN401
            result = function(plan, *more, **named)
            die_once(f"{function.__name__} {plan.folder}")
            return result

        return act_and_die

    replace(Host, "ask_one", ask_and_die)
    replace(placing, "stage", and_die(stage))
    replace(placing, "publish", and_die(publish))


def is_change(result: object) -> bool:
    """Whether a transaction has added or changed a want."""
    if isinstance(result, tuple) and result and isinstance(result[0], Want):
        return result[1] is True
    return isinstance(result, Want)


def replace(owner: object, name: str, function: Callable[..., object]) -> None:
    setattr(owner, name, function)


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives this")
