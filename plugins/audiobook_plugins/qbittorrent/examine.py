"""What the doctor looks at: version, login, category, and whether the downloads can really be read here."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from audiobook_daemon import Finding, Level
from audiobook_plugins.qbittorrent.client import Client
from audiobook_plugins.qbittorrent.config import QBittorrentConfig
from audiobook_plugins.qbittorrent.parse import Version
from audiobook_plugins.qbittorrent.paths import PathMap

_OLDEST = (2, 8, 18)


async def examine(client: Client, config: QBittorrentConfig, paths: PathMap) -> tuple[list[Finding], Version]:
    """Ask qBittorrent and the file system; raises AuthFailed or Unavailable if qBittorrent cannot be asked."""
    version = await client.version()
    number = ".".join(str(part) for part in version.web_api)
    findings = [Finding(Level.OK, f"qBittorrent {version.program} (Web API {number}) at {config.url} lets us in.")]
    if version.web_api < _OLDEST:
        findings.append(
            Finding(
                Level.WARNING,
                f"qBittorrent {version.program} is older than 4.5, the oldest version this plugin is tested with.",
                "Update qBittorrent.",
            )
        )
    findings.append(_readable(await _save_path(client, config), paths))
    return findings, version


async def _save_path(client: Client, config: QBittorrentConfig) -> str:
    """Where new downloads go, as qBittorrent names it."""
    if config.save_path is not None and PurePosixPath(config.save_path).is_absolute():
        return config.save_path
    default = (await client.default_save_path()).rstrip("/")
    if config.save_path is not None:
        return f"{default}/{config.save_path}"
    path = await client.category_path(config.category) or config.category
    return path if PurePosixPath(path).is_absolute() or ":" in path else f"{default}/{path}"


def _readable(remote: str, paths: PathMap) -> Finding:
    local = paths.local(remote)
    if local is None:
        return Finding(
            Level.FAILURE,
            f"qBittorrent saves to {remote!r}, which is no full path.",
            "Set `save_path`, or the save path of the category, to a full path.",
        )
    here = remote if local == remote else f"{remote}, here {local}"
    # The category's own folder is made with the first download; what must be there is the folder above it.
    existing = Path(local) if Path(local).exists() else Path(local).parent
    if not existing.is_dir():
        return Finding(
            Level.FAILURE,
            f"qBittorrent saves to {here}: there is no such folder on this machine.",
            "If qBittorrent runs elsewhere or in a container, tell with `paths` what the folder is called here.",
        )
    if not os.access(existing, os.R_OK | os.X_OK):
        return Finding(
            Level.FAILURE,
            f"qBittorrent saves to {here}: this daemon may not read the folder.",
            "Give the daemon's user the right to read it.",
        )
    return Finding(Level.OK, f"Downloads go to {here}, which can be read.")
