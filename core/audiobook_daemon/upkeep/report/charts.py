"""Draws small charts; the words beside them are the template's, so that they stay legible on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from audiobook_daemon.upkeep.report.model import Place, SeriesBar, SeriesPlaceLine
from audiobook_daemon.upkeep.report.words import plain

_WIDTH, _HEIGHT = 600.0, 160.0
MOST_BLOCKS = 40
"""Longer series are cut; their numbers tell the rest."""
_DIGITS = 4


def area(values: Sequence[float], label: str) -> Markup:
    """A filled line through values at equal distances, from zero up; `label` says in words what it shows."""
    if not values:
        return Markup()
    most = max(values) or 1.0
    step = _WIDTH / max(len(values) - 1, 1)
    points = [(place * step, _HEIGHT - value / most * (_HEIGHT - 6)) for place, value in enumerate(values)]
    if len(points) == 1:
        points.append((_WIDTH, points[0][1]))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup(
        '<svg class="area" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none" role="img" '
        'aria-label="{label}"><polygon points="0,{height:g} {line} {width:g},{height:g}"/>'
        '<polyline points="{line}"/></svg>'
    ).format(width=_WIDTH, height=_HEIGHT, line=line, label=label)


def columns(values: Sequence[float], label: str) -> Markup:
    """Columns side by side, the highest over the whole height."""
    if not values:
        return Markup()
    most = max(values) or 1.0
    wide = _WIDTH / len(values)
    drawn = Markup().join(
        Markup('<rect x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{tall:.2f}"/>').format(
            x=place * wide + wide * 0.1,
            y=_HEIGHT - _tall(value, most),
            wide=wide * 0.8,
            tall=_tall(value, most),
        )
        for place, value in enumerate(values)
    )
    return Markup(
        '<svg class="columns" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none" role="img" '
        'aria-label="{label}">{drawn}</svg>'
    ).format(width=_WIDTH, height=_HEIGHT, label=label, drawn=drawn)


def blocks(bar: SeriesBar) -> Markup:
    """The places of a series as blocks that flow like words: filled if owned, hollow if missing, dotted if to come."""
    drawn = Markup().join(_block(line) for line in _shown(bar.places))
    label = plain(in_words(bar))
    return Markup('<span class="blocks" role="img" aria-label="{label}">{drawn}</span>').format(
        label=label, drawn=drawn
    )


def in_words(bar: SeriesBar) -> str:
    """The blocks of a series for those who do not see them."""
    told = [f"{bar.owned} owned"]
    for state in (Place.MISSING, Place.UNRELEASED):
        places = [line.position for line in bar.places if line.state is state]
        if places:
            rest = f" and {len(places) - MOST_BLOCKS} more" if len(places) > MOST_BLOCKS else ""
            told.append(f"{state.value}: {', '.join(places[:MOST_BLOCKS])}{rest}")
    return "; ".join(told)


def _shown(places: Sequence[SeriesPlaceLine]) -> Sequence[SeriesPlaceLine]:
    """As many as there is room for; of a long series those around the first one that is missing."""
    first = next((at for at, line in enumerate(places) if line.state is not Place.OWNED), 0)
    start = max(0, min(first - MOST_BLOCKS // 4, len(places) - MOST_BLOCKS))
    return places[start : start + MOST_BLOCKS]


def _block(line: SeriesPlaceLine) -> Markup:
    position = plain(line.position) if len(line.position) <= _DIGITS else "?"
    title = line.title or f"Volume {line.position}"
    told = plain(title if line.state is Place.OWNED else f"{title} ({line.state.value})")
    return Markup('<i class="{state}" title="{told}">{position}</i>').format(
        state=line.state.value, told=told, position=position
    )


def _tall(value: float, most: float) -> float:
    """The height of a column; whatever is more than nothing can be seen."""
    return max(value / most * _HEIGHT, 2.0) if value else 0.0
