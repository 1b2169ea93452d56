"""Draws small charts as SVG; every one says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from audiobook_daemon.upkeep.report.model import Month

_WIDTH, _HEIGHT = 600.0, 140.0
_ROOM = 6.0
"""Left free above the highest value, so that a thick line is not cut."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar."""

    share: float
    """Of the whole, 0 to 1."""
    kind: str
    """The class by which it is coloured."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, on a line of time."""

    begin: datetime
    end: datetime
    kind: str
    told: str


def bar(parts: Sequence[Part], label: str) -> Markup:
    """One bar of several stretches, as wide as there is room; without a label its numbers stand beside it."""
    drawn, at = [], 0.0
    for part in parts:
        wide = max(0.0, min(part.share, 1.0 - at))
        if wide:
            drawn.append(
                Markup('<rect class="{kind}" x="{at:.2f}" width="{wide:.2f}" height="8"/>').format(
                    kind=part.kind, at=at * 100, wide=max(wide * 100, 0.6)
                )
            )
        at += wide
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" {told}>{drawn}</svg>').format(
        told=told, drawn=Markup().join(drawn)
    )


def growth(months: Sequence[Month], label: str) -> Markup:
    """How a library has grown, month by month."""
    ends = [datetime.strptime(one.month, "%Y-%m").replace(tzinfo=UTC) for one in months]
    return line([(end, float(one.books)) for end, one in zip(ends, months, strict=True)], label)


def line(points: Sequence[tuple[datetime, float]], label: str, *, floor: float | None = None) -> Markup:
    """A line over time, filled from the bottom up; `floor` draws a limit that should not be crossed."""
    if not points:
        return Markup()
    times = [moment.timestamp() for moment, _ in points]
    values = [value for _, value in points]
    low, high = _bounds([*values, *([floor] if floor is not None else [])])
    wide = (times[-1] - times[0]) or 1.0
    placed = [
        (_WIDTH * (at - times[0]) / wide, _across(value, low, high)) for at, value in zip(times, values, strict=True)
    ]
    if len(placed) == 1:
        placed.append((_WIDTH, placed[0][1]))
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    limit = Markup()
    if floor is not None:
        limit = Markup('<line class="limit" x1="0" x2="{wide:g}" y1="{y:.1f}" y2="{y:.1f}"/>').format(
            wide=_WIDTH, y=_across(floor, low, high)
        )
    return Markup(
        '<svg class="line" viewBox="0 0 {wide:g} {tall:g}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        '<polygon points="{first:.1f},{tall:g} {drawn} {last:.1f},{tall:g}"/><polyline points="{drawn}"/>{limit}</svg>'
    ).format(wide=_WIDTH, tall=_HEIGHT, label=label, first=placed[0][0], last=placed[-1][0], drawn=drawn, limit=limit)


def columns(values: Sequence[float], label: str) -> Markup:
    """Columns side by side, the highest over the whole height; whatever is more than nothing can be seen."""
    if not values:
        return Markup()
    most = max(values) or 1.0
    wide = _WIDTH / len(values)
    drawn = Markup().join(
        Markup('<rect x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{tall:.2f}"/>').format(
            x=place * wide + wide * 0.12, y=_HEIGHT - tall, wide=wide * 0.76, tall=tall
        )
        for place, value in enumerate(values)
        if (tall := max(value / most * _HEIGHT, 2.0) if value else 0.0)
    )
    return Markup(
        '<svg class="columns" viewBox="0 0 {wide:g} {tall:g}" preserveAspectRatio="none" role="img" '
        'aria-label="{label}">{drawn}</svg>'
    ).format(wide=_WIDTH, tall=_HEIGHT, label=label, drawn=drawn)


def timeline(
    spans: Sequence[Span], begin: datetime, end: datetime, label: str, *, now: datetime, due: datetime | None = None
) -> Markup:
    """What ran when, as blocks on a line of time; `due` is marked as what is to come."""
    whole = (end - begin).total_seconds()

    def place(moment: datetime) -> float:
        return _WIDTH * min(max((moment - begin).total_seconds() / whole, 0.0), 1.0)

    drawn = Markup().join(
        Markup(
            '<rect class="{kind}" x="{x:.2f}" y="3" width="{wide:.2f}" height="16"><title>{told}</title></rect>'
        ).format(
            kind=span.kind, x=place(span.begin), wide=max(place(span.end) - place(span.begin), 2.5), told=span.told
        )
        for span in spans
    )
    marks = Markup('<line class="now" x1="{x:.2f}" x2="{x:.2f}" y1="0" y2="22"/>').format(x=place(now))
    if due is not None and due <= end:
        marks += Markup('<rect class="due" x="{x:.2f}" y="5" width="4" height="12"/>').format(x=place(due))
    return Markup(
        '<svg class="timeline" viewBox="0 0 {wide:g} 22" preserveAspectRatio="none" role="img" aria-label="{label}">'
        "{drawn}{marks}</svg>"
    ).format(wide=_WIDTH, label=label, drawn=drawn, marks=marks)


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and highest value shown: a little room around what there is, and zero where it is near."""
    low, high = min(values), max(values)
    if low >= 0 and low <= high * 0.6:
        low = 0.0
    if high == low:
        low, high = min(0.0, low), high or 1.0
    return low, high


def _across(value: float, low: float, high: float) -> float:
    return _HEIGHT - (value - low) / (high - low) * (_HEIGHT - _ROOM)
