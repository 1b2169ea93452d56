"""Says which torrents are not seeded, a sentence for each client and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audiobook_daemon.upkeep.standings.duties import Duty, Lapse

_NAMED = 5
_LONGEST = 80
_WORDS = {
    Lapse.STOPPED: ("is stopped in {}", "are stopped in {}"),
    Lapse.FAILED: ("cannot be seeded for a fault in {}", "cannot be seeded for a fault in {}"),
    Lapse.GONE: ("is gone from {}", "are gone from {}"),
}


def neglected(tracker: str, seconds: int | None, duties: Iterable[Duty]) -> tuple[str, ...]:
    """Say what a tracker may hold against us; it wants torrents seeded for so many `seconds`."""
    groups: dict[tuple[str, Lapse], list[str]] = {}
    for duty in duties:
        if tracker in duty.trackers and duty.lapse in _WORDS:
            groups.setdefault((duty.client, duty.lapse), []).append(duty.name or duty.id)
    until = "seeded long enough" if seconds is None else f"seeded for {seconds / 3600:g} hours"
    return tuple(
        f"{_counted(names)} {_WORDS[lapse][len(names) > 1].format(client)} before "
        f"{'they were' if len(names) > 1 else 'it was'} {until}: {_listed(names)}."
        for (client, lapse), names in groups.items()
    )


def _counted(names: Sequence[str]) -> str:
    return "1 torrent" if len(names) == 1 else f"{len(names)} torrents"


def _listed(names: Sequence[str]) -> str:
    shown = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…" for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
