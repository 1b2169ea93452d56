"""The report about the library: what the command line writes, as a page; and its file in any form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Literal

from aiohttp import web

from audiobook_daemon.catalogue.findings import Grade
from audiobook_daemon.upkeep.report import Report
from audiobook_daemon.upkeep.report.advice import first_steps
from audiobook_daemon.upkeep.thinking import think
from audiobook_daemon.web.answers import Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Pages

pages = Pages()
_PATIENCE = 3.0
"""Seconds for which one looks at nothing; of a large library a report takes longer, and the page comes again."""
_ENDINGS = {"html": ("html", "text/html"), "markdown": ("md", "text/markdown"), "json": ("json", "application/json")}
_SHOWN_SERIES = 12
_SHOWN_BOOKS = 25


class FileAsked(Asked):
    """In which form."""

    form: Literal["html", "markdown", "json"] = "html"


@pages.shows("/report", template="report.html.j2", title="Report")
async def show_report(desk: Desk, _: Nothing) -> Mapping[str, object]:
    """The library in numbers, and what is worth doing."""
    report = await _report(desk, _PATIENCE)
    if report is None:
        return {"report": None, "come_again": True}
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
    from audiobook_daemon.upkeep.report.rendering import render  # noqa: PLC0415 - it loads jinja2

    report = await desk.lent.figures.report.get()
    ending, content_type = _ENDINGS[asked.form]
    text = await think(render, report, asked.form)
    name = f"library-report-{report.made:%Y-%m-%d}.{ending}"
    return web.Response(
        text=text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def _report(desk: Desk, seconds: float) -> Report | None:
    """The report, or None if it is still being made after so many seconds; it is made to its end all the same."""
    making = asyncio.ensure_future(desk.lent.figures.report.get())
    done, _ = await asyncio.wait([making], timeout=seconds)
    if done:
        return making.result()
    making.add_done_callback(lambda made: made.cancelled() or made.exception())
    return None
