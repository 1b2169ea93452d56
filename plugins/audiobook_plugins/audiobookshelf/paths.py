"""Turns the server's paths into paths of this machine, and a folder here into the server's words."""

from __future__ import annotations

import os
from collections.abc import Iterable


class PathMap:
    """Replaces the longest known remote prefix; paths below no known prefix stay as they are."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        prefixes = [(remote.rstrip("/"), local.rstrip("/")) for remote, local in pairs]
        self._prefixes = sorted(prefixes, key=lambda pair: len(pair[0]), reverse=True)

    def local(self, remote: str) -> str | None:
        """Name a remote path as this machine does; None for what is no sound absolute path."""
        if not remote.startswith("/") or "\0" in remote or ".." in remote.split("/"):
            return None
        for prefix, local in self._prefixes:
            if remote == prefix or remote.startswith(f"{prefix}/"):
                return f"{local}{remote[len(prefix) :]}" or "/"
        return remote


def relative_to(root: str, folder: str) -> str | None:
    """Name a folder relative to a root above it, with `/`; None if it does not lie below."""
    relative = os.path.relpath(os.path.normpath(folder), os.path.normpath(root))
    outside = relative in {".", ".."} or relative.startswith("../") or not folder.startswith("/")
    return None if outside else relative
