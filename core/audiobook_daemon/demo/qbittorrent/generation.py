"""In what the generations of qBittorrent's Web API differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the Web API; what the outside sees of it."""

    version: str
    web_api: str
    paused_words: bool
    """4.x says pause, resume, pausedUP; 5.x says stop, start, stoppedUP."""
    bare_replies: bool
    """Up to 5.1 a login or an addition is answered with `Ok.` or `Fails.` and 200; later with status codes."""
    relative_while_checking: bool
    """4.5 gives a relative `content_path` while the state is checkingResumeData."""
    trims_tags: bool
    """4.5 keeps the blank in front of a tag of `a, b` when a torrent is added."""
    limit_fields: tuple[str, ...]
    """What `setShareLimits` cannot do without."""
    unfinished: int
    """`completion_on` of a torrent that is not finished."""

    @property
    def stop(self) -> str:
        """The name of the action that stops a torrent."""
        return "pause" if self.paused_words else "stop"

    @property
    def start(self) -> str:
        """The name of the action that starts a torrent."""
        return "resume" if self.paused_words else "start"

    @property
    def add_stopped(self) -> str:
        """The field that adds a torrent without starting it; the name of the other generation is ignored."""
        return "paused" if self.paused_words else "stopped"

    @property
    def stopped_state(self) -> str:
        """The beginning of the state of a stopped torrent."""
        return "paused" if self.paused_words else "stopped"

    @property
    def skip_checking(self) -> str:
        """The field that takes the data for granted."""
        return "skip_checking" if self.bare_replies else "seedMode"

    def cookie(self, port: int) -> str:
        """The name of the session's cookie."""
        return "SID" if self.bare_replies else f"QBT_SID_{port}"


_LIMITS = ("ratioLimit", "seedingTimeLimit")
_GENERATIONS = {
    "4.5.2": Generation(
        "v4.5.2",
        "2.8.19",
        paused_words=True,
        bare_replies=True,
        relative_while_checking=True,
        trims_tags=False,
        limit_fields=_LIMITS,
        unfinished=0,
    ),
    "5.1.0": Generation(
        "v5.1.0",
        "2.11.4",
        paused_words=False,
        bare_replies=True,
        relative_while_checking=False,
        trims_tags=True,
        limit_fields=(*_LIMITS, "inactiveSeedingTimeLimit"),
        unfinished=-1,
    ),
    "5.3.0": Generation(
        "v5.3.0",
        "2.16.2",
        paused_words=False,
        bare_replies=False,
        relative_while_checking=False,
        trims_tags=True,
        limit_fields=(*_LIMITS, "inactiveSeedingTimeLimit", "shareLimitAction", "shareLimitsMode"),
        unfinished=-1,
    ),
}


def generation_of(version: str) -> Generation:
    """Give the generation of a version; raises ValueError for one that is not played here."""
    if version not in _GENERATIONS:
        raise ValueError(f"There is no stand-in for qBittorrent {version}, only for {', '.join(_GENERATIONS)}.")
    return _GENERATIONS[version]
