from __future__ import annotations

from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.mqtt.latencies import Latencies


def test_a_latency_is_news_once_a_minute() -> None:
    time = 0.0
    latencies = Latencies(lambda: time)

    def shown(latency: float | None, name: str = "mam") -> float | None:
        return latencies.steadied(InstanceStatus(name, "mam", (), Health.READY, latency=latency)).latency

    assert shown(0.010) == 0.010
    time = 59.0
    assert shown(0.900) == 0.010
    assert shown(0.900, "other") == 0.900
    time = 60.0
    assert shown(0.800) == 0.800
    assert shown(None) is None
    assert shown(0.500) == 0.500
