"""The report about the library: what the command line writes, as a page; and its file in any form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal
from weakref import WeakKeyDictionary

from aiohttp import web

from audiobook_daemon.catalogue.findings import Grade
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.report import Report, make_report
from audiobook_daemon.upkeep.report.advice import first_steps
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Pages

pages = Pages()
_FRESH = timedelta(minutes=10)
_ENDINGS = {"html": ("html", "text/html"), "markdown": ("md", "text/markdown"), "json": ("json", "application/json")}
_SHOWN_SERIES = 12
_SHOWN_BOOKS = 25


class Reports:
    """Makes a report once and keeps it for some minutes: of a large library it takes seconds."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Database, Report] = WeakKeyDictionary()
        self._making = asyncio.Lock()

    async def get(self, desk: Desk, *, anew: bool = False) -> Report:
        """Return the report of a library, not older than some minutes."""
        async with self._making:
            now = desk.lent.now()
            report = self._made.get(desk.database)
            if anew or report is None or now - report.made > _FRESH:
                report = await make_report(desk.database, now)
                self._made[desk.database] = report
            return report


_reports = Reports()


class ReportAsked(Asked):
    """Whether what is kept will do."""

    anew: bool = False


class FileAsked(Asked):
    """In which form."""

    form: Literal["html", "markdown", "json"] = "html"


@pages.shows("/report", template="report.html.j2", title="Report")
async def show_report(desk: Desk, asked: ReportAsked) -> Mapping[str, object]:
    """The library in numbers, and what is worth doing."""
    report = await _reports.get(desk, anew=asked.anew)
    return {
        "report": report,
        "totals": report.totals,
        "steps": first_steps(report),
        "open_series": [one for one in report.series if one.missing][:_SHOWN_SERIES],
        "wrong": Grade.WRONG,
        "most_books": _SHOWN_BOOKS,
    }


@pages.shows("/report/file", template="", title="Report")
async def send_report(desk: Desk, asked: FileAsked) -> web.StreamResponse:
    """The report as a file to keep or to send to somebody."""
    from audiobook_daemon.upkeep.report.rendering import render  # noqa: PLC0415

    report = await _reports.get(desk)
    ending, content_type = _ENDINGS[asked.form]
    text = await asyncio.to_thread(render, report, asked.form)
    name = f"library-report-{report.made:%Y-%m-%d}.{ending}"
    return web.Response(
        text=text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
