"""The names that complete: read anew when the configuration has changed, else as they were kept."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from audiobook_daemon.version import __version__

_KEPT_SECONDS = 24 * 3600
"""After that long they are read again: a folder of plugins changes without the configuration."""


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named on a command line."""

    actions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Every action with the options it takes."""
    jobs: Sequence[str] = ()
    instances: Sequence[str] = ()
    settings: Sequence[str] = ()


def names(path: Path) -> Names:
    """Return the names; reading them takes a second, so that they are kept beside the user's other caches."""
    kept, mark = _place(path), _mark(path)
    with suppress(OSError, ValueError, TypeError, KeyError):
        if 0 <= time.time() - kept.stat().st_mtime < _KEPT_SECONDS:
            found = json.loads(kept.read_text("utf-8"))
            if found["of"] == mark:
                return Names(**found["names"])
    new = _read(path)
    with suppress(OSError):
        _keep(kept, {"of": mark, "names": asdict(new)})
    return new


def _place(path: Path) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "audiobook-daemon" / f"names-{sha256(bytes(path.absolute())).hexdigest()[:16]}.json"


def _mark(path: Path) -> list[object]:
    """What must be the same for the kept names to hold."""
    try:
        seen = path.stat()
    except OSError:
        return [__version__]
    return [__version__, seen.st_mtime_ns, seen.st_size]


def _keep(place: Path, found: Mapping[str, object]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=place.parent, encoding="utf-8", delete=False) as file:
        json.dump(found, file)
    Path(file.name).replace(place)


def _read(path: Path) -> Names:
    # All of the program is needed to know its actions; nothing of it once they are kept.
    from audiobook_daemon.actions import parameters_of  # noqa: PLC0415
    from audiobook_daemon.config import peek_names, settings_of  # noqa: PLC0415
    from audiobook_daemon.daemon import catalogue_of, declared, find_plugins  # noqa: PLC0415
    from audiobook_daemon.errors import AudiobookDaemonError  # noqa: PLC0415
    from audiobook_daemon.plugin import ImportList, action_methods, roles_of  # noqa: PLC0415

    actions = {name: list(model.model_fields) for name, model in declared().items()} | {"doctor": []}
    jobs: list[str] = []
    instances: dict[str, str] = {}
    lists: list[str] = []
    # A file that is wrong or that this user may not read still leaves the daemon's own names.
    with suppress(AudiobookDaemonError, OSError):
        types = find_plugins(path, os.environ)
        jobs, instances = peek_names(path, catalogue_of(types), os.environ)
        for name, kind in instances.items():
            for method, function in action_methods(types.get(kind)):
                action = f"{name}.{method}"
                actions[action] = list(parameters_of(action, function).model_fields)
            if ImportList in roles_of(types.get(kind)):
                lists.append(name)
    return Names(actions, jobs, list(instances), list(settings_of(lists)))
