"""What can be found out about this machine without asking anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

PortOpen = Callable[[str, int], bool]
"""Whether something listens on this host and port."""

LOOPBACK = "127.0.0.1"
_MQTT = 1883
_QBITTORRENT = (8080, 8081, 8090)
_AUDIOBOOKSHELF = (13378, 13377)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an initial configuration is filled with; None is unknown."""

    timezone: str | None = None
    mqtt_port: int | None = None
    qbittorrent_port: int | None = None
    audiobookshelf_port: int | None = None


def look_around(port_open: PortOpen, environ: Mapping[str, str]) -> Surroundings:
    """Find the time zone and the services that listen on loopback at their usual ports."""

    def first_open(ports: tuple[int, ...]) -> int | None:
        return next((port for port in ports if port_open(LOOPBACK, port)), None)

    return Surroundings(
        timezone=system_timezone(environ),
        mqtt_port=first_open((_MQTT,)),
        qbittorrent_port=first_open(_QBITTORRENT),
        audiobookshelf_port=first_open(_AUDIOBOOKSHELF),
    )


def system_timezone(environ: Mapping[str, str], etc: Path = Path("/etc")) -> str | None:
    """Name the time zone of this machine (TZ, /etc/timezone, /etc/localtime), or None if it has none we know."""
    for candidate in (environ.get("TZ", "").removeprefix(":"), _first_line(etc / "timezone"), _link(etc / "localtime")):
        if candidate and _known(candidate):
            return candidate
    return None


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _first_line(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _link(path: Path) -> str:
    try:
        return str(path.readlink()).rpartition("zoneinfo/")[2]
    except OSError:
        return ""
