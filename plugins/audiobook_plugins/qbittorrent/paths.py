"""Turns the server's paths into paths of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")


class PathMap:
    """Replaces the longest known remote prefix; paths below no known prefix stay as they are."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        prefixes = [(_plain(remote).rstrip("/"), local.rstrip("/")) for remote, local in pairs]
        self._prefixes = sorted(prefixes, key=lambda pair: len(pair[0]), reverse=True)

    def local(self, remote: str) -> str | None:
        """Name a remote path as this machine does; None for what is no sound absolute path."""
        path = _plain(remote)
        if not _sound(path):
            return None
        for prefix, local in self._prefixes:
            if path == prefix or path.startswith(f"{prefix}/"):
                return f"{local}{path[len(prefix) :]}" or "/"
        return path


def _plain(path: str) -> str:
    return path.replace("\\", "/") if _WINDOWS.match(path) else path


def _sound(path: str) -> bool:
    absolute = path.startswith("/") or _WINDOWS.match(path) is not None
    return absolute and ".." not in path.split("/") and "\0" not in path
