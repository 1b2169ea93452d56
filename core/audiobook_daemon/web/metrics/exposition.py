"""Writes figures in the formats of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from audiobook_daemon.web.metrics.families import Family, families
from audiobook_daemon.web.metrics.gathering import Gathered
from audiobook_daemon.web.requests import BOUNDS, Durations

_PREFIX = "audiobook_daemon_"
_process = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=_process)
PlatformCollector(registry=_process)
GCCollector(registry=_process)


def exposed(found: Gathered, accepted: str) -> tuple[bytes, str]:
    """Return the figures, and those of the process, in the format that is accepted, and what it is called."""
    encode, content_type = choose_encoder(accepted)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(found))
    return encode(registry), content_type


class _Once(Collector):
    """Tells what was gathered, and how the process does."""

    def __init__(self, found: Gathered) -> None:
        self._found = found

    def describe(self) -> list[Metric]:
        """Name nothing in advance: nothing else is in the registry."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Return everything."""
        for family in families(self._found):
            yield _metric(family)
        yield _durations(self._found.durations)
        yield from _process.collect()


def _metric(family: Family) -> Metric:
    kind = CounterMetricFamily if family.counter else GaugeMetricFamily
    metric = kind(_PREFIX + family.name, family.help, labels=family.labels)
    for labels, value in family.samples:
        metric.add_metric(labels, value)
    return metric


def _durations(durations: Mapping[str, Durations]) -> Metric:
    name, text = f"{_PREFIX}http_request_duration_seconds", "How long requests to us took."
    metric = HistogramMetricFamily(name, text, labels=("route",))
    bounds = [*map(floatToGoString, BOUNDS), "+Inf"]
    for route, one in durations.items():
        metric.add_metric((route,), list(zip(bounds, accumulate(one.buckets), strict=True)), one.seconds)
    return metric
