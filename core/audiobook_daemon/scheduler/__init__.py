"""Runs jobs at their times and keeps their history."""

from audiobook_daemon.scheduler.cron import check_cron, next_after, previous_before
from audiobook_daemon.scheduler.pauses import WHOLE, Pauses
from audiobook_daemon.scheduler.recording import RunLog
from audiobook_daemon.scheduler.runner import AlreadyRunning, KeyTaken, Repeated, Runner, Step
from audiobook_daemon.scheduler.scheduler import JobSpec, Scheduler, UnknownJob

__all__ = [
    "WHOLE",
    "AlreadyRunning",
    "JobSpec",
    "KeyTaken",
    "Pauses",
    "Repeated",
    "RunLog",
    "Runner",
    "Scheduler",
    "Step",
    "UnknownJob",
    "check_cron",
    "next_after",
    "previous_before",
]
