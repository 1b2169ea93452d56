"""Figures for Prometheus."""

from __future__ import annotations

from audiobook_daemon.web.answers import Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.metrics import Metrics
from audiobook_daemon.web.operation import Operations

operations = Operations("metrics", "/metrics", base="")


@operations.add("GET", "")
async def get_metrics(desk: Desk, _asked: Nothing) -> Metrics:
    """Tell everything that can be counted, for Prometheus, in its text format or as OpenMetrics."""
    return Metrics(desk.lent)
