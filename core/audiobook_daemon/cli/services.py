"""The services the daemon works with: how they do, how often they were asked, and what the daemon was told to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audiobook_daemon.cli.asking import answer_of
from audiobook_daemon.cli.listing import Listing
from audiobook_daemon.cli.printing import local, print_json, say
from audiobook_daemon.cli.reading import read_file
from audiobook_daemon.config import describe
from audiobook_daemon.control import NotRunning
from audiobook_daemon.plugin import roles_of
from audiobook_daemon.shelving.sizes import in_words
from audiobook_daemon.store import AccountHour, CallsOfDay, Database, utc_now

_KNOWN_FOR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a tracker as it stood when it was last asked."""

    name: str
    standing: AccountHour


def instances(path: Path, *, as_json: bool) -> None:
    """Print every instance: how it does as the running daemon saw it last, else what the file says."""
    with suppress(NotRunning):
        told = answer_of(path, {"tell": "instances"})["data"]
        assert isinstance(told, list)
        _INSTANCES.show(told, as_json=as_json)
        return
    configuration, types = read_file(path)
    _INSTANCES.show(
        [
            {
                "name": one.name,
                "type": one.type,
                "roles": [role.__name__ for role in roles_of(types.get(one.type))] if one.enabled else [],
                "health": None,
                "error": "The daemon is not running." if one.enabled else "It is switched off.",
                "version": None,
            }
            for one in configuration.instances
        ],
        as_json=as_json,
    )


def examine(path: Path, name: str, *, as_json: bool) -> int:
    """Let the running daemon ask the service behind an instance now; 1 if not all is well."""
    told = answer_of(path, {"tell": "test", "instance": name})["data"]
    assert isinstance(told, Mapping)
    well = not any(finding["level"] == "failure" for finding in told["findings"]) and told["health"] == "ready"
    if as_json:
        print_json(told)
        return 0 if well else 1
    say(": ".join(str(told[name]) for name in ("name", "health", "error") if told[name]))
    for finding in told["findings"]:
        say(f"  {finding['level']}: {finding['text']} {finding['remedy'] or ''}".rstrip())
    return 0 if well else 1


def log(path: Path, limit: int, *, as_json: bool) -> None:
    """Print the last lines of the log."""
    lines = answer_of(path, {"tell": "log", "limit": limit})["data"]
    assert isinstance(lines, list)
    if as_json:
        print_json(lines)
    else:
        say("\n".join(lines) or "Nothing was logged yet; lines are kept where `web` is configured.")


def trackers(path: Path, *, as_json: bool) -> None:
    """Print how the accounts at the trackers stood when they were last asked."""
    configuration, _ = read_file(path)

    async def read(database: Database) -> Sequence[Account]:
        since = utc_now() - _KNOWN_FOR
        found = [(one.name, await database.accounts.since(one.name, since)) for one in configuration.instances]
        return [Account(name, hours[-1]) for name, hours in found if hours]

    _ACCOUNTS.read(path, read, as_json=as_json)


def usage(path: Path, days: int, limit: int, *, as_json: bool) -> None:
    """Print how often was asked, as it was written down within the last days; today is one of them."""

    async def read(database: Database) -> Sequence[CallsOfDay]:
        since = datetime.now(UTC).date() - timedelta(days=days - 1)
        return (await database.usage.since(since))[:limit]

    _USAGE.read(path, read, as_json=as_json)


def configuration(path: Path) -> None:
    """Print what the file says, with the defaults filled in and without secrets."""
    print_json(describe(read_file(path)[0]))


def _instance(told: Mapping[str, object]) -> Sequence[object]:
    return told["name"], told["type"], told["roles"], told["health"], told["version"], told["error"]


def _account(one: Account) -> Sequence[object]:
    now = one.standing
    ratio = None if now.ratio is None else f"{now.ratio:.2f}"
    sizes = [None if size is None else in_words(size) for size in (now.uploaded, now.downloaded)]
    slots = None if now.slots is None else f"{now.unsatisfied or 0}/{now.slots}"
    return one.name, local(now.hour), ratio, *sizes, now.points, now.wedges, slots


def _calls(one: CallsOfDay) -> Sequence[object]:
    return one.kind, one.name, one.calls, one.failures


_INSTANCES: Listing[Mapping[str, object]] = Listing(
    ["instance", "type", "for", "does", "version", ""], _instance, "No instances are configured."
)
_ACCOUNTS: Listing[Account] = Listing(
    ["tracker", "asked", "ratio", "up", "down", "points", "wedges", "unsatisfied"],
    _account,
    "No tracker was asked yet; `audiobook-daemon do trackers` asks them.",
)
_USAGE: Listing[CallsOfDay] = Listing(["", "name", "asked", "failed"], _calls, "Nothing was counted in these days.")
