"""The `jobs` section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from audiobook_daemon.config.checking import check
from audiobook_daemon.config.mistakes import suggestion
from audiobook_daemon.config.model import Job, Step
from audiobook_daemon.config.positions import Document, Way
from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import Duration, bad_name

CheckCron = Callable[[str], str | None]
"""Says in one sentence what is wrong with a cron expression, or None."""
KnownActions = Mapping[str, type[BaseModel] | None]
"""Every action by name; the model of its arguments, or None if that is not known yet."""

_STEP = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {"type": ["object", "null"]},
        },
    ]
}


class JobSection(Section):
    """Actions that are run one after the other at given times."""

    at: str = Field(min_length=1, examples=["0 3 * * sun", "*/30 * * * *"])
    """A cron expression: minute, hour, day of the month, month, day of the week (Sunday is 0 or sun)."""
    do: tuple[Annotated[object, WithJsonSchema(_STEP)], ...] = Field(min_length=1)
    """The actions: a name, or `{name: {argument: value}}`."""
    catch_up: Duration = timedelta(days=1)
    """A time missed by less than this (the machine was off) is made good once; 0 is never."""
    enabled: bool = True
    description: str | None = None


def read_jobs(document: Document, section: object, check_cron: CheckCron, known: KnownActions) -> tuple[Job, ...]:
    """Read the `jobs` section; mistakes go to the document, and only the valid jobs return."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        document.note(("jobs",), "should be a section with one entry for each job")
        return ()
    found = (_job(document, name, value, check_cron, known) for name, value in section.items())
    return tuple(job for job in found if job is not None)


def _job(document: Document, name: str, value: object, check_cron: CheckCron, known: KnownActions) -> Job | None:
    way: Way = ("jobs", name)
    if problem := bad_name(name):
        document.note(way, problem, key=True)
    data = value if isinstance(value, dict) else {}
    if isinstance(at := data.get("at"), str) and at:
        _check_time(document, (*way, "at"), at, check_cron)
    do = data.get("do")
    listed = do if isinstance(do, list) else []
    steps = [_step(document, (*way, "do", index), item, known) for index, item in enumerate(listed)]
    job = check(document, way, JobSection, value)
    if job is None or problem:
        return None
    return Job(name, job.at, tuple(step for step in steps if step), job.catch_up, job.enabled, job.description)


def _check_time(document: Document, way: Way, at: str, check_cron: CheckCron) -> None:
    if problem := check_cron(at):
        document.note(way, problem)
        return
    fields = at.split()
    if len(fields) >= 5 and "6" in fields[4].split(","):
        document.warn(way, "6 is Saturday here; write sat if that is meant, Sunday is 0 or sun")


def _step(document: Document, way: Way, item: object, known: KnownActions) -> Step | None:
    if isinstance(item, str):
        action, arguments = item, None
    elif isinstance(item, dict) and len(item) == 1:
        ((action, arguments),) = item.items()
    else:
        document.note(way, "should be the name of one action, or `{name: {argument: value}}`")
        return None
    named = (*way, action) if isinstance(item, dict) else way
    if action not in known:
        document.note(named, f"there is no action of this name{suggestion(action, known)}", key=True)
        return None
    if not isinstance(arguments, dict | None):
        document.note(named, "the arguments should be a section, as in `{choose: {limit: 20}}`")
        return None
    if (model := known[action]) is not None:
        check(document, named, model, arguments)
    return Step(action, arguments or {})
