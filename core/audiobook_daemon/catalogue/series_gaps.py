"""Finds what is missing from a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from audiobook_daemon.catalogue.comparing import compare, spoken
from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.plain_series import plain_gaps
from audiobook_daemon.models import LibraryItem, Work


def series_gaps(
    name: str,
    owned: Sequence[LibraryItem],
    works: Sequence[Work],
    rules: GapRules,
    today: date,
    *,
    aliases: Sequence[str] = (),
) -> Gaps:
    """Compare what is owned with what is listed of a series.

    `owned` may hold other books of the authors, for a book may be shelved under another series; `works` is everything
    listed, doublets and all. What may be there under another title is not missing: a gap leads to a download.
    """
    if not rules.languages:
        rules = replace(rules, languages=spoken(owned))
    plain = plain_gaps(name, owned, works, rules, today, aliases)
    return plain or compare(name, SeriesNames.of((name, *aliases)), owned, works, rules, today)
