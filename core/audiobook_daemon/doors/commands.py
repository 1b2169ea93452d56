"""What the commands ask of the daemon, and the words in which it may refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from audiobook_daemon.actions import Mistake
from audiobook_daemon.doors.source import SettingValue
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import InstanceStatus, Run, Want


class CommandRefused(AudiobookDaemonError):
    """A request was understood and is not carried out; its text goes to the sender.

    `hint` says what would help, `mistakes` are the single things to mend.
    """

    code: ClassVar[str] = "conflict"

    def __init__(self, message: str, *, hint: str | None = None, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.hint, self.mistakes = hint, tuple(mistakes)


class NotFound(CommandRefused):
    """There is no such job, action, instance or want."""

    code = "not_found"


class Conflict(CommandRefused):
    """It cannot be done now: the job runs already, the want stands in another state."""

    code = "conflict"


class Paused(CommandRefused):
    """The daemon or the job is paused."""

    code = "paused"


class Misconfigured(CommandRefused):
    """The configuration has mistakes and was not taken over; the old one goes on."""

    code = "invalid_configuration"


class Repeated(CommandRefused):
    """The same was asked for before with the same key and is not done again; `run` is what came of it then."""

    def __init__(self, run: Run, want: Want | None = None) -> None:
        super().__init__(f"It was asked for before with this key, as run {run.id}.")
        self.run, self.want = run, want


@dataclass(frozen=True, slots=True)
class BookWish:
    """A book as a person asks for it: by title, or by an ASIN or ISBN alone."""

    title: str | None = None
    author: str | None = None
    narrator: str | None = None
    """The reader that is liked best."""
    asin: str | None = None
    isbn: str | None = None


class Doors(Protocol):
    """Implemented by the daemon; every method may raise NotFound, Conflict or Paused.

    Where there is a `key`, the same key is not carried out twice, not even after a restart: the second time raises
    Repeated, and Conflict if something else is asked for with it. A key counts as long as its run is kept.
    """

    async def run_job(self, name: str, trigger: str, *, key: str | None = None) -> str:
        """Start a job and return the id of its run at once."""

    async def run_action(
        self, name: str, arguments: Mapping[str, object], trigger: str, *, key: str | None = None
    ) -> str:
        """Start an action and return the id of its run at once; raises BadArguments."""

    async def show_run(self, run_id: str) -> Run:
        """Return how a run stands, or how it ended."""

    async def cancel_run(self, run_id: str) -> Run:
        """End a run that is under way and return how far it had come; Conflict if it has ended already."""

    async def cancel_job(self, name: str) -> Run:
        """End the run of a job that is under way; Conflict if the job does not run."""

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        """Resume or pause a job for good."""

    async def set_schedule_enabled(self, enabled: bool) -> None:
        """Resume or pause the whole schedule for good."""

    async def set_settings(self, values: Mapping[str, object]) -> Mapping[str, SettingValue]:
        """Change settings and return all as they stand then; BadArguments names the wrong ones, and none is changed."""

    async def reset_settings(self, names: Sequence[str]) -> Mapping[str, SettingValue]:
        """Let the file count again for these settings (for all without names), and return all as they stand then."""

    async def set_auto_grab(self, instance: str, allowed: bool) -> None:
        """Let the books of a list be grabbed without consent, or no longer; NotFound if it is no list."""

    async def reload(self) -> str:
        """Read the configuration again and say what has changed; raises Misconfigured."""

    async def approve(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        """Accept the release a want has under review, or one of its candidates by number."""

    async def reject(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        """Refuse the release a want has under review, or one of its candidates by number."""

    async def show_want(self, want_id: int) -> Want:
        """Return a want."""

    async def give_up_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Look for a book no longer; it can be revived."""

    async def request_book(self, wish: BookWish, *, key: str | None = None) -> Want:
        """Make a want of a person's wish and return it, or the present one if there is one."""

    async def drop_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Give a want up on a person's word."""

    async def revive_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Make a closed want open again."""

    async def search_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Let the next choosing look for this want, whatever it waits for."""

    async def check_instance(self, name: str) -> InstanceStatus:
        """Ask an instance whether it is well, and return how it is."""
