"""Keeps the series, their bibliographies and how complete they are."""

from __future__ import annotations

from audiobook_daemon.store.catalogue_tables import series
from audiobook_daemon.store.catalogue_values import SeriesStanding
from audiobook_daemon.store.standings import Standings


class SeriesRecords(Standings[SeriesStanding]):
    """Keeps the series, their bibliographies and how complete they are."""

    table = series
    value = SeriesStanding
