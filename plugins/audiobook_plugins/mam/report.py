"""Tells people about the account. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from audiobook_daemon import Finding, Level
from audiobook_plugins.mam.account import Account


def account_sentence(account: Account, now: datetime) -> str:
    """Put the account into one line."""
    parts = [account.rank or "unknown class"]
    if account.ratio is not None:
        parts.append(f"ratio {account.ratio:.2f}")
    if account.unsatisfied is not None:
        limit = "" if account.limit is None else f" of {account.limit}"
        parts.append(f"{account.unsatisfied}{limit} unsatisfied")
    if account.vip(now):
        until = "" if account.vip_until is None else f" until {account.vip_until:%Y-%m-%d}"
        parts.append(f"VIP{until}")
    if account.points is not None:
        parts.append(f"{account.points} bonus points")
    if account.wedges is not None:
        parts.append(f"{account.wedges} freeleech wedges")
    return ", ".join(parts) + "."


def account_data(account: Account, now: datetime) -> dict[str, object]:
    """Make JSON of the account."""
    return {
        "username": account.username,
        "class": account.rank,
        "ratio": account.ratio,
        "uploaded": account.uploaded,
        "downloaded": account.downloaded,
        "unsatisfied": account.unsatisfied,
        "unsatisfied_limit": account.limit,
        "hit_and_runs": account.hit_and_runs,
        "vip": account.vip(now),
        "vip_until": None if account.vip_until is None else account.vip_until.isoformat(),
        "bonus_points": account.points,
        "wedges": account.wedges,
        "connectable": account.connectable,
    }


def findings(account: Account, reserve: int) -> Sequence[Finding]:
    """Say that the session works, and what about the account will stop downloads soon."""
    told = f"The session works: {account.rank or 'unknown class'}"
    if account.ratio is not None:
        told += f", ratio {account.ratio:.2f}"
    if account.unsatisfied is not None and account.limit is not None:
        told += f", {account.unsatisfied} of {account.limit} unsatisfied torrents"
    found = [Finding(Level.OK, f"{told}.")]
    if account.unsatisfied is not None and account.limit is not None and account.unsatisfied + reserve >= account.limit:
        text = f"No download will start: only {max(0, account.limit - account.unsatisfied)} slots are free."
        found.append(
            Finding(Level.WARNING, text, "Wait until torrents have seeded 72 hours, or lower `reserve_slots`.")
        )
    if account.ratio is not None and account.ratio < 1.0:
        text = f"The ratio {account.ratio:.2f} is below 1, which the site's rules forbid."
        found.append(Finding(Level.WARNING, text, "Seed more, or buy upload credit on the site."))
    if account.hit_and_runs:
        text = f"{account.hit_and_runs} torrents are counted as hit-and-run."
        found.append(Finding(Level.WARNING, text, "Start them again in the download client."))
    if account.connectable is False:
        text = "The site cannot reach the download client."
        found.append(Finding(Level.WARNING, text, "Forward its port, or check that its address is registered."))
    return found
