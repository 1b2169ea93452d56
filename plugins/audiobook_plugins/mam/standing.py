"""How the account stands, and what endangers it, by the site's rules. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from audiobook_daemon import Standing
from audiobook_plugins.mam.account import Account
from audiobook_plugins.mam.parse import SEED_TIME

LEAST_RATIO = 1.0
"""By the rules 1.4 and 2.4."""
_CLOSE = 1.1
"""So many times the least ratio is still close to it."""
_SLOTS_WITHOUT_VIP = 100
"""What a Power User has; VIP members become one when it ends."""
_SOON = timedelta(days=7)


def standing_of(account: Account, at: datetime, now: datetime, *, reserve: int, fetched: int) -> Standing:
    """Say how an account stood `at` the moment it was read.

    `reserve` slots are kept for a person; `fetched` torrents came since then, which the site has not counted yet.
    """
    free = None
    if account.limit is not None and account.unsatisfied is not None:
        free = max(0, account.limit - account.unsatisfied - fetched - reserve)
    return Standing(
        at=at,
        rank=account.rank,
        ratio=account.ratio,
        least_ratio=LEAST_RATIO,
        uploaded=account.uploaded,
        downloaded=account.downloaded,
        points=account.points,
        wedges=account.wedges,
        vip_until=account.vip_until,
        unsatisfied=account.unsatisfied,
        slots=account.limit,
        free_slots=free,
        seed_time=SEED_TIME,
        hit_and_runs=account.hit_and_runs,
        connectable=account.connectable,
        dangers=tuple(_dangers(account, free, reserve, now)),
    )


def _dangers(account: Account, free: int | None, reserve: int, now: datetime) -> Iterator[str]:
    if account.ratio is not None and account.ratio < LEAST_RATIO:
        yield f"The ratio {account.ratio:.2f} is below {LEAST_RATIO:g}, which the site's rules forbid; seed more."
    elif account.ratio is not None and account.ratio < LEAST_RATIO * _CLOSE:
        yield f"The ratio {account.ratio:.2f} is close to {LEAST_RATIO:g}, the least that the site's rules allow."
    if free == 0:
        kept = f", and {reserve} are kept for you (`reserve_slots`)" if reserve else ""
        yield (
            f"No slot is free: {account.unsatisfied} of {account.limit} are taken by torrents that have not been "
            f"seeded 72 hours yet{kept}."
        )
    if account.hit_and_runs:
        counted = "1 torrent counts" if account.hit_and_runs == 1 else f"{account.hit_and_runs} torrents count"
        yield f"{counted} as hit-and-run; let the download client seed again what it stopped too soon."
    if account.connectable is False:
        yield "The site cannot reach the download client; forward its port, or see that its address is registered."
    if _slots_end_with_vip(account, now):
        yield (
            f"VIP ends on {account.vip_until:%Y-%m-%d}; without it {_SLOTS_WITHOUT_VIP} torrents may be unsatisfied, "
            f"and {account.unsatisfied} are."
        )


def _slots_end_with_vip(account: Account, now: datetime) -> bool:
    """Whether VIP ends soon and the account would then be over its limit, which freezes its downloads."""
    if account.vip_until is None or account.limit is None or account.unsatisfied is None:
        return False
    return now < account.vip_until < now + _SOON and account.limit > _SLOTS_WITHOUT_VIP < account.unsatisfied
