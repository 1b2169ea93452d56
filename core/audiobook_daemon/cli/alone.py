"""An action or a job without a running daemon: one is put together for the moment."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.actions import Progress, reporting
from audiobook_daemon.cli.asking import Answer
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.scheduler import runner
from audiobook_daemon.service import Redaction, set_up_logging


async def answer_alone(path: Path, question: Mapping[str, object], progress: Progress) -> Answer:
    """Let an action or a job run and return what came of it; raises AudiobookDaemonError."""
    redaction = Redaction()
    set_up_logging(redaction, level="warning").addFilter(_is_not_the_end_of_a_run)
    async with Daemon.assembled(path, redaction=redaction) as daemon:
        with reporting(progress):
            await daemon.plan()
            if "job" in question:
                run, outcome = await daemon.doors.do_job(str(question["job"]), "cli")
            else:
                arguments = question["arguments"]
                assert isinstance(arguments, Mapping)
                run, outcome = await daemon.doors.do(str(question["action"]), arguments, "cli")
    if run.error:
        raise AudiobookDaemonError(run.error)
    return {
        "summary": run.summary,
        "outcome": run.outcome.value,
        "processed": run.processed,
        "succeeded": run.succeeded,
        "failed": run.failed,
        "data": outcome.data if outcome else None,
    }


def _is_not_the_end_of_a_run(record: logging.LogRecord) -> bool:
    """How the one run of this command ended is printed; it need not stand in the log as well."""
    return record.name != runner.__name__ or record.levelno != logging.WARNING
