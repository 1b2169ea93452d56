"""The report about the library."""

from __future__ import annotations

from audiobook_daemon.upkeep.report import Report
from audiobook_daemon.upkeep.thinking import think
from audiobook_daemon.web.answers import Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.files import Document
from audiobook_daemon.web.operation import Operations

operations = Operations("report", "/report")


@operations.add("GET", "")
async def get_report(desk: Desk, _asked: Nothing) -> Report:
    """Tell everything about the library as a whole; it may be two minutes old."""
    return await desk.lent.figures.report.get()


@operations.add("GET", "/page")
async def get_report_page(desk: Desk, _asked: Nothing) -> Document:
    """Return the same as one page for people, without scripts, that can be kept and printed."""
    from audiobook_daemon.upkeep.report.rendering import render  # noqa: PLC0415 - it loads jinja2

    report = await desk.lent.figures.report.get()
    return Document(await think(render, report, "html"))
