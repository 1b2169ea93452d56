"""What the commands ask of the daemon, and the words in which it may refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import InstanceStatus, Want


class CommandRefused(AudiobookDaemonError):
    """A request was understood and is not carried out; its text goes to the sender."""

    code: ClassVar[str] = "conflict"


class NotFound(CommandRefused):
    """There is no such job, action, instance or want."""

    code = "not_found"


class Conflict(CommandRefused):
    """It cannot be done now: the job runs already, the want stands in another state."""

    code = "conflict"


class Paused(CommandRefused):
    """The daemon or the job is paused."""

    code = "paused"


class Doors(Protocol):
    """Implemented by the daemon; every method may raise NotFound, Conflict or Paused."""

    async def run_job(self, name: str, trigger: str) -> str:
        """Start a job and return the id of its run at once."""

    async def run_action(self, name: str, arguments: Mapping[str, object], trigger: str) -> str:
        """Start an action and return the id of its run at once; raises UnknownAction or BadArguments."""

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        """Resume or pause a job for good."""

    async def approve(self, want_id: int, candidate: int | None = None) -> Want:
        """Accept the release a want has under review, or one of its candidates by number."""

    async def reject(self, want_id: int, candidate: int | None = None) -> Want:
        """Refuse the release a want has under review, or one of its candidates by number."""

    async def give_up_want(self, want_id: int) -> Want:
        """Look for a book no longer; it can be revived."""

    async def request_book(self, title: str, author: str | None) -> int:
        """Make a want of a person's wish and return its id; the id of the present one if there is one."""

    async def drop_want(self, want_id: int) -> Want:
        """Give a want up on a person's word."""

    async def revive_want(self, want_id: int) -> Want:
        """Make a closed want open again."""

    async def search_want(self, want_id: int) -> Want:
        """Let the next choosing look for this want, whatever it waits for."""

    async def check_instance(self, name: str) -> InstanceStatus:
        """Ask an instance whether it is well, and return how it is."""
