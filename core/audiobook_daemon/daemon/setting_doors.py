"""What may be set and paused from outside; each is a run of the history, so that one sees who changed what."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from audiobook_daemon.actions import BadArguments, Mistake
from audiobook_daemon.config import AUTO_GRAB, UnknownSetting, Value, setting_called
from audiobook_daemon.doors import Conflict, NotFound
from audiobook_daemon.models import RunOutcome
from audiobook_daemon.scheduler import Step

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon

SHORT = frozenset({"adjust", "unadjust", "pause", "resume"})
"""Actions that several people may begin at the same time; they follow each other."""


class SettingDoors:
    """The part of the daemon's doors behind switches, selects and numbers."""

    _daemon: Daemon
    _trigger: str

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        """Pause or resume a job; raises NotFound."""
        known = [job.name for job in self._daemon.scheduler.statuses()]
        if name not in known:
            raise NotFound(f"There is no job called {name!r}. Jobs: {', '.join(sorted(known)) or 'none'}.")
        await self._set("resume" if enabled else "pause", {"job": name})

    async def set_schedule_enabled(self, enabled: bool) -> None:
        """Resume or pause the whole schedule."""
        await self._set("resume" if enabled else "pause", {})

    async def set_settings(self, values: Mapping[str, object]) -> Mapping[str, Value]:
        """Change settings, all or none, and return how all stand then; raises BadArguments with all that is wrong."""
        self._daemon.adjusting.examine(values)
        if values:
            await self._set("adjust", {"values": dict(values)})
        return self._daemon.adjusting.values()

    async def reset_settings(self, names: Sequence[str]) -> Mapping[str, Value]:
        """Let the file count again for these settings, for all without names; raises BadArguments."""
        for place, name in enumerate(names):
            try:
                setting_called(name, self._daemon.overlay.lists())
            except UnknownSetting as error:
                mistake = Mistake(f"names.{place}", f"there is no setting called {name!r}", error.hint)
                raise BadArguments(str(error), [mistake]) from error
        await self._set("unadjust", {"settings": list(names)})
        return self._daemon.adjusting.values()

    async def set_auto_grab(self, instance: str, allowed: bool) -> None:
        """Let the books of a list be grabbed without consent, or no longer; raises NotFound if it is no list."""
        lists = self._daemon.overlay.lists()
        if instance not in lists:
            known = f"Lists: {', '.join(lists)}." if lists else "There is none."
            raise NotFound(f"{instance!r} is no list of wishes. {known}")
        await self._set("adjust", {"setting": f"{AUTO_GRAB}{instance}", "value": allowed})

    async def _set(self, action: str, arguments: Mapping[str, object]) -> None:
        """Do it to its end, even if nobody waits for it any longer."""
        _, running = self._daemon.runner.begin(action, [Step(action, arguments)], self._trigger, alone=False)
        run, outcome = await asyncio.shield(running)
        if outcome is None or run.outcome is RunOutcome.FAILED:
            raise Conflict(run.error or f"{action} failed.")
