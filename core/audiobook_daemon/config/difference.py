"""What a reload has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from audiobook_daemon.config.model import Configuration, General

T = TypeVar("T")

NEEDS_RESTART = ("database", "plugin_folders", "standby")
"""Sections that are read once, when the daemon starts; of `log` the format is."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Names that are new, gone, or stand for something else now, each in the order of its file."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two configurations; a disabled instance or job counts as absent."""

    instances: Changes = Changes()
    jobs: Changes = Changes()
    sections: tuple[str, ...] = ()
    """Other changed sections, which hold as soon as the new configuration is used."""
    restart: tuple[str, ...] = ()
    """Changed sections that hold after a restart only."""

    def __bool__(self) -> bool:
        return bool(self.instances or self.jobs or self.sections or self.restart)


def difference(old: Configuration, new: Configuration) -> Difference:
    """Compare what two configurations ask for; comments, order and unneeded quotes make none."""
    held = held_back(old, new)
    return Difference(
        instances=_changes(
            {one.name: one for one in old.instances if one.enabled},
            {one.name: one for one in new.instances if one.enabled},
        ),
        jobs=_changes(
            {job.name: job for job in old.jobs if job.enabled}, {job.name: job for job in new.jobs if job.enabled}
        ),
        sections=_differing(old, held),
        restart=_differing(held, new),
    )


def held_back(old: Configuration, new: Configuration) -> Configuration:
    """Return the new configuration as far as it can be used without a restart."""
    kept: dict[str, object] = {name: getattr(old, name) for name in NEEDS_RESTART}
    kept["log"] = new.log.model_copy(update={"format": old.log.format})
    return new.model_copy(update=kept)


def _differing(old: Configuration, new: Configuration) -> tuple[str, ...]:
    return tuple(name for name in General.model_fields if getattr(old, name) != getattr(new, name))


def _changes(old: Mapping[str, T], new: Mapping[str, T]) -> Changes:
    return Changes(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name in new if name in old and old[name] != new[name]),
    )
