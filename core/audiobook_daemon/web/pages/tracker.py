"""The accounts at the trackers: how they stand, and how that has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from markupsafe import Markup

from audiobook_daemon.models import Standing
from audiobook_daemon.store import AccountHour
from audiobook_daemon.upkeep.report.words import number
from audiobook_daemon.web.answers import Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.charts import Part, bar, line
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.missing import has_role

pages = Pages()
_SPANS = {"week": timedelta(days=7), "month": timedelta(days=30), "year": timedelta(days=365)}
_MOST_POINTS = 400
"""More would not be seen on a screen."""


class TrackerAsked(Asked):
    """Which time the charts show."""

    span: Literal["week", "month", "year"] = "month"


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure over time."""

    title: str
    now: str
    span: str
    """From the least to the most."""
    drawn: Markup
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """One tracker."""

    name: str
    standing: Standing
    slots: Markup | None
    charts: tuple[Chart, ...]


@pages.shows("/tracker", template="tracker.html.j2", title="Tracker")
async def show_tracker(desk: Desk, asked: TrackerAsked) -> Mapping[str, object]:
    """Every account with its charts."""
    since = desk.lent.now() - _SPANS[asked.span]
    standings = desk.lent.source.standings()
    hours = {name: await desk.database.accounts.since(name, since) for name in standings}
    return {
        "accounts": [_account(name, standing, hours[name]) for name, standing in standings.items()],
        "known": has_role(desk.lent.source.instances(), "Tracker"),
        "tabs": [(f"/tracker?span={span}", f"A {span}", None) for span in _SPANS],
        "tab": f"/tracker?span={asked.span}",
    }


@pages.does("/tracker/ask")
async def ask_trackers(desk: Desk, _: Nothing) -> Done:
    """Ask the trackers now."""
    return Done((await desk.act("trackers")).summary)


def _account(name: str, standing: Standing, hours: Sequence[AccountHour]) -> Account:
    charts = (
        _chart("Ratio", hours, lambda hour: hour.ratio, "{:.2f}".format, floor=standing.least_ratio),
        _chart("Bonus points", hours, lambda hour: hour.points, number),
        _chart("Slots in use", hours, lambda hour: hour.unsatisfied, number, floor=standing.slots),
    )
    return Account(name, standing, _slots(name, standing), tuple(one for one in charts if one))


def _chart(
    title: str,
    hours: Sequence[AccountHour],
    value_of: Callable[[AccountHour], float | None],
    written: Callable[[float], str],
    floor: float | None = None,
) -> Chart | None:
    points = [(hour.hour, float(value)) for hour in hours if (value := value_of(hour)) is not None]
    if len(points) < 2:
        return None
    step = -(-len(points) // _MOST_POINTS)
    shown = [*points[:-1:step], points[-1]]
    values = [value for _, value in points]
    label = f"{title}: from {written(values[0])} to {written(values[-1])}, least {written(min(values))}, "
    label += f"most {written(max(values))}"
    drawn = line(shown, label, floor=floor)
    span = f"{written(min(values))} – {written(max(values))}"
    return Chart(title, written(values[-1]), span, drawn, points[0][0], points[-1][0])


def _slots(name: str, standing: Standing) -> Markup | None:
    if not standing.slots or standing.unsatisfied is None:
        return None
    share = standing.unsatisfied / standing.slots
    kind = "missing" if share > 0.8 else "full"
    return bar([Part(share, kind)], f"{name}: {standing.unsatisfied} of {standing.slots} slots in use")
