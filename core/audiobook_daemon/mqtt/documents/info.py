"""Who the daemon is, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from audiobook_daemon.doors import DaemonInfo
from audiobook_daemon.models import InstanceStatus, JobStatus
from audiobook_daemon.mqtt.documents.shape import MOST_NAMES, described, names
from audiobook_daemon.mqtt.payloads import moment

API = 1
"""Grows when a document breaks with what it was; additions do not count."""


@described
class InfoDocument(TypedDict):
    """The daemon itself."""

    version: str
    """The version of the program."""
    api: int
    """The version of these topics and documents; it grows only when something is taken away or means something else."""
    node_id: str
    """The base topic with underscores; the name of this daemon among the devices of Home Assistant."""
    started_at: str | None
    """When the daemon started."""
    plugins: list[str]
    """The types of plugins in use."""
    jobs: list[str]
    """The jobs of the schedule; each has its topic `job/<job>`."""
    services: list[str]
    """The instances of plugins; each has its topic `service/<service>`."""
    commands: list[str]
    """What may be requested, as patterns below `request/`."""


def info_document(
    info: DaemonInfo,
    jobs: Sequence[JobStatus],
    instances: Sequence[InstanceStatus],
    *,
    node_id: str,
    commands: Sequence[str],
) -> InfoDocument:
    """Say who the daemon is and what can be asked of it."""
    return {
        "version": info.version,
        "api": API,
        "node_id": node_id,
        "started_at": moment(info.started),
        "plugins": names(sorted({instance.type for instance in instances}), MOST_NAMES),
        "jobs": names([job.name for job in jobs], MOST_NAMES),
        "services": names([instance.name for instance in instances], MOST_NAMES),
        "commands": list(commands),
    }
