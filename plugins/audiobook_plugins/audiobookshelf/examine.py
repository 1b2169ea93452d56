"""What the doctor looks at: server, key, rights, library, and whether its folder can be used here."""

from __future__ import annotations

import os

from audiobook_daemon import Finding, Level
from audiobook_plugins.audiobookshelf.records import Account, Status

_ADMINS = frozenset({"root", "admin"})
_OLDEST = (2, 26)


def judge_server(status: Status, url: str) -> list[Finding]:
    """Say whether this is a server we know."""
    findings = [Finding(Level.OK, f"Audiobookshelf {status.serverVersion} answers at {url}.")]
    numbers = [int(part) if part.isdigit() else 0 for part in status.serverVersion.split(".")[:2]]
    if tuple(numbers) < _OLDEST:
        findings.append(
            Finding(
                Level.WARNING,
                f"Audiobookshelf {status.serverVersion} is older than 2.26, the first version with API keys.",
                "Update Audiobookshelf.",
            )
        )
    return findings


def judge_account(account: Account) -> list[Finding]:
    """Say whether the key may do what we need, and whether the server would write into linked files."""
    findings = []
    if account.user.type in _ADMINS:
        findings.append(Finding(Level.OK, "The API key is valid and belongs to an admin."))
    else:
        findings.append(
            Finding(
                Level.FAILURE,
                f"The API key belongs to a user of type {account.user.type!r}, who may not scan the library.",
                "Make an API key for an admin user.",
            )
        )
    if account.serverSettings.storeMetadataWithItem:
        findings.append(
            Finding(
                Level.WARNING,
                "Audiobookshelf stores metadata.json with the items; a hard-linked one would change the seeding copy.",
                'Switch off "Store metadata with item" in the server\'s settings.',
            )
        )
    return findings


def judge_root(root: str) -> Finding:
    """Say whether new books can be placed in the library's folder."""
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            Level.FAILURE,
            f"The library's folder {root} cannot be written by this daemon.",
            "Give the daemon's user the right to write there.",
        )
    return Finding(Level.OK, f"The library's folder is {root}, which can be written.")
