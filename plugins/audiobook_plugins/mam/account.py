"""What `jsonLoad.php` tells about the account, in both shapes the site has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audiobook_plugins.mam.answers import SessionEnded
from audiobook_plugins.mam.reading import members, moment, number, text, whole

_VIP_CLASSES = frozenset({"vip", "elite vip"})


@dataclass(frozen=True, slots=True)
class Account:
    """The account as the site saw it some minutes ago."""

    username: str
    rank: str | None = None
    """The user class (`Power User`)."""
    ratio: float | None = None
    uploaded: int | None = None
    downloaded: int | None = None
    points: int | None = None
    wedges: int | None = None
    vip_until: datetime | None = None
    unsatisfied: int | None = None
    """Torrents that have not been seeded for 72 hours."""
    limit: int | None = None
    """How many of them the user class may have."""
    connectable: bool | None = None
    hit_and_runs: int | None = None

    def vip(self, now: datetime) -> bool:
        """Whether VIP torrents are free for it at this moment."""
        permanent = (self.rank or "").lower() in _VIP_CLASSES
        return permanent or (self.vip_until is not None and self.vip_until > now)


def read_account(document: object) -> Account:
    """Read the user data; raises SessionEnded for what the site sends to those who are not signed in."""
    user = document if isinstance(document, dict) else {}
    username = text(user.get("username"))
    if username is None:
        raise SessionEnded("MyAnonamouse tells nothing about the account, as it does when nobody is signed in.")
    summary = members(user.get("snatch_summary")) or user
    unsatisfied = members(summary.get("unsat"))
    runs = [whole(members(summary.get(pile)).get("count")) for pile in ("inactHnr", "seedHnr")]
    return Account(
        username=username,
        rank=text(user.get("classname")),
        ratio=number(user.get("ratio")),
        uploaded=whole(user.get("uploaded_bytes")),
        downloaded=whole(user.get("downloaded_bytes")),
        points=_rounded(user.get("seedbonus")),
        wedges=whole(user.get("wedges")),
        vip_until=moment(user.get("vip_until")),
        unsatisfied=whole(unsatisfied.get("count")),
        limit=whole(unsatisfied.get("limit")),
        connectable={"yes": True, "no": False}.get(str(summary.get("connectable")).lower()),
        hit_and_runs=None if None in runs else sum(count or 0 for count in runs),
    )


def _rounded(value: object) -> int | None:
    read = number(value)
    return None if read is None else round(read)
