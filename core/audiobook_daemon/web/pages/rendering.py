"""Writes pages; jinja2 is imported with this file, by the first page that somebody asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audiobook_daemon.store import ToldEvent
from audiobook_daemon.upkeep.report import words
from audiobook_daemon.upkeep.report.charts import blocks
from audiobook_daemon.version import __version__
from audiobook_daemon.web.pages import charts
from audiobook_daemon.web.pages.clock import Clock, duration
from audiobook_daemon.web.pages.icons import icon
from audiobook_daemon.web.pages.menu import MENU
from audiobook_daemon.web.pages.naming import tone, worded

_PACKAGE = "audiobook_daemon.web.pages"


def render(template: str, context: Mapping[str, object]) -> str:
    """Write a page."""
    return environment().get_template(template).render(context)


@cache
def environment() -> Environment:
    """Everything that is put into a page is escaped: titles, names and paths are other people's words."""
    made = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_clean,
    )
    made.globals |= {
        "icon": icon,
        "charts": charts,
        "menu": MENU,
        "version": __version__,
        "asset": asset,
        "number": words.number,
        "plural": words.plural,
        "duration": duration,
        "blocks": blocks,
        "FIELDS": words.FIELDS,
        "worded": worded,
        "tone": tone,
    }
    made.filters |= {"number": words.number, "size": words.size, "hours": words.length}
    made.filters |= {"duration": duration, "worded": worded, "groupby_day": by_day, "marked": marked, "lines": lines}
    made.filters |= {"once": once}
    return made


def marked(text: str) -> Markup:
    """A text in which code stands between backticks, as docstrings have it; one that stands alone is what it is."""
    parts = words.plain(text).split("`")
    if len(parts) % 2 == 0:
        return Markup("{}").format(words.plain(text))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else Markup("{}").format(part)
        for place, part in enumerate(parts)
    )


def lines(text: str) -> Markup:
    """A text whose lines stay lines; each is as clean as every other text."""
    return Markup("\n").join(words.plain(line) for line in text.splitlines())


def once(told: Sequence[ToldEvent]) -> list[ToldEvent]:
    """Leave out, of what happened (the newest first), what says of a book nothing but what was said of it before."""
    last: dict[int | None, tuple[object, str | None]] = {}
    kept = []
    for one in reversed(told):
        said = (one.event.after, one.event.reason)
        if one.event.after is None or last.get(one.event.want_id) != said:
            kept.append(one)
        last[one.event.want_id] = said
    return kept[::-1]


def by_day(told: Sequence[ToldEvent], clock: Clock) -> list[tuple[str, list[ToldEvent]]]:
    """Group what happened, which is in order, by its days."""
    return [(day, list(some)) for day, some in groupby(told, key=lambda one: clock.heading(one.event.at))]


@cache
def asset(name: str) -> str:
    """The path of a static file below the prefix; it changes with what is in the file, so that browsers may keep it."""
    held = files("audiobook_daemon.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(held).hexdigest()[:12]}"


def _clean(value: object) -> object:
    """Text without what would move the cursor or turn the line round."""
    return words.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
