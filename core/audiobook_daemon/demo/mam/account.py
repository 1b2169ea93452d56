"""The account behind the session, and what `/jsonLoad.php` tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from audiobook_daemon.demo.mam.rows import human_size

_VIP_CLASSES = frozenset({"VIP", "Elite VIP"})

# Key and name. The double blank is the site's own.
_PILES = (
    ("inactHnr", "Not Seeding - H&R - Not Yet Satisfied"),
    ("inactSat", "Not Seeding - Satisfied"),
    ("inactUnsat", "Not Seeding - Not Yet Satisfied"),
    ("leeching", "Leeching Torrents"),
    ("sSat", "Seeding - Satisfied"),
    ("seedHnr", "Seeding - H&R - Not Yet Satisfied"),
    ("seedUnsat", "Seeding - Not Yet Satisfied"),
    ("unsat", "Unsatisfied"),
    ("upAct", "Seeding -  Uploads"),
    ("upInact", "Not Seeding - Uploads"),
)


class SummaryShape(StrEnum):
    """Where `/jsonLoad.php?snatch_summary` puts the summary."""

    NESTED = "nested"
    """Under `snatch_summary`, since September 2026."""
    FLAT = "flat"
    """Beside the basic members, until then; every pile has a member `red`."""


@dataclass(slots=True)
class MamAccount:
    """The state of the account; downloads and wedges change it, and a test may set it as it likes."""

    uid: int = 999001
    username: str = "demo_mouse"
    classname: str = "Power User"
    uploaded: int = 2_535_473_464_934
    """Bytes."""
    downloaded: int = 601_245_581_312
    """Bytes."""
    seedbonus: int = 41_234
    wedges: int = 3
    vip_until: datetime | None = None
    country_code: str = "xx"
    unsatisfied: int = 0
    """Torrents that have not seeded their 72 hours; rises with every download of a new torrent."""
    unsatisfied_limit: int = 100
    """When that many are unsatisfied, the next download freezes downloading for a day."""
    hit_and_run: int = 0
    connectable: bool = True

    def vip(self, now: datetime) -> bool:
        """Whether VIP torrents are open to the account."""
        return self.classname in _VIP_CLASSES or (self.vip_until is not None and self.vip_until > now)

    def document(self, now: datetime, summary: SummaryShape | None) -> dict[str, object]:
        """The answer of `/jsonLoad.php`; `summary` is None unless it was asked for."""
        basic: dict[str, object] = {
            "uid": self.uid,
            "username": self.username,
            "classname": self.classname,
            "ratio": round(self.uploaded / self.downloaded, 3) if self.downloaded else "Inf.",
            "uploaded": _size(self.uploaded),
            "uploaded_bytes": self.uploaded,
            "downloaded": _size(self.downloaded),
            "downloaded_bytes": self.downloaded,
            "seedbonus": min(self.seedbonus, 99_999),
            "wedges": self.wedges,
        }
        if self.vip_until is not None:
            basic["vip_until"] = self.vip_until.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        basic["country_code"] = self.country_code
        match summary:
            case None:
                return basic
            case SummaryShape.NESTED:
                return basic | {"snatch_summary": self._nested(now)}
            case SummaryShape.FLAT:
                return basic | self._flat(now)

    def _nested(self, now: datetime) -> dict[str, object]:
        return {
            "connectable": self._connectable,
            "created": int(now.timestamp()),
            "created_at": now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            **self._piles(),
            "ipv6_mac": False,
            "partial": False,
            "recently_deleted": 0,
            "v6_connectable": None,
        }

    def _flat(self, now: datetime) -> dict[str, object]:
        piles = {key: pile | {"red": False} for key, pile in self._piles().items()}
        created = int(now.timestamp())
        return {
            "connectable": self._connectable,
            "created": created,
            "update": created + 900,
            "recently_deleted": 0,
            **piles,
        }

    @property
    def _connectable(self) -> str:
        return "yes" if self.connectable else "no"

    def _piles(self) -> dict[str, dict[str, object]]:
        counts = {"unsat": self.unsatisfied, "seedUnsat": self.unsatisfied, "inactHnr": self.hit_and_run}
        piles: dict[str, dict[str, object]] = {
            "duplicates": {"name": "Duplicate peer entries", "count": 0},
            "ite": {"name": "Important Tracker Errors", "count": 0, "latest": 0},
            "reseed": {"name": "Reseed requests", "count": 0, "inactive": 0},
        }
        for key, name in _PILES:
            count = counts.get(key, 0)
            piles[key] = {"name": name, "count": count, "size": count * 300_000_000 or None}
        piles["unsat"]["limit"] = self.unsatisfied_limit
        return piles


def _size(size: int) -> str:
    """Bytes as the user data have them: two decimals, but three for TiB."""
    unit = human_size(size).rpartition(" ")[2]
    power = ("B", "KiB", "MiB", "GiB", "TiB").index(unit)
    return f"{round(size / 1024**power, 3 if unit == 'TiB' else 2)} {unit}"
