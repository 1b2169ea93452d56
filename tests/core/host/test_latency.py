"""How fast a service answers is told with its status, and is no news by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audiobook_daemon.host.instance import Instance, InstanceSpec, Unmade
from audiobook_daemon.plugin import PluginConfig

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("measured", "told"), [(None, None), (0.012345, 0.012), (0.0, 0.0), (1.26, 1.3), (12.7, 13.0), (127.0, 130.0)]
)
def test_it_is_told_with_two_digits(measured: float | None, told: float | None) -> None:
    spec = InstanceSpec("one", "one", PluginConfig())
    instance = Instance(spec, Unmade(PluginConfig(), None, ""), NOON, latency=lambda: measured)  # type: ignore[arg-type]
    assert instance.status().latency == told
