"""Writes a report as a page, as Markdown or as JSON; the only room that knows jinja2."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audiobook_daemon.upkeep.report import charts, words
from audiobook_daemon.upkeep.report.advice import first_steps
from audiobook_daemon.upkeep.report.model import Report

_PACKAGE = "audiobook_daemon.upkeep.report"
FORMATS = ("html", "markdown", "json")


def render(report: Report, form: str) -> str:
    """Write a report in one of `FORMATS`."""
    if form == "json":
        return json.dumps(asdict(report), default=_plain, ensure_ascii=False, indent=2) + "\n"
    name = "report.html.j2" if form == "html" else "report.md.j2"
    return (
        _environment(form)
        .get_template(name)
        .render(
            report=report, totals=report.totals, steps=first_steps(report), charts=charts, words=words, style=_style()
        )
    )


@cache
def _environment(form: str) -> Environment:
    """Everything that is put into a page is escaped: titles, names and paths are other people's words."""
    clean = words.markdown if form == "markdown" else words.plain
    # Off for Markdown only, whose marks `finalize` escapes.
    return Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=form == "html",  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )


@cache
def _style() -> Markup:
    return Markup(files(_PACKAGE).joinpath("templates/report.css").read_text(encoding="utf-8"))  # noqa: S704 - our own


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
