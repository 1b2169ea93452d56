"""How fast a service answers is told with its status, in two digits, and anew only when it really differs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from audiobook_daemon.host.instance import Instance, InstanceSpec, Unmade
from audiobook_daemon.plugin import PluginConfig

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def instance(latency: Callable[[], float | None]) -> Instance:
    spec = InstanceSpec("one", "one", PluginConfig())
    return Instance(spec, Unmade(PluginConfig(), None, ""), NOON, latency=latency)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measured", "told"), [(None, None), (0.012345, 0.012), (0.0, 0.0), (1.26, 1.3), (12.7, 13.0), (127.0, 130.0)]
)
def test_it_is_told_with_two_digits(measured: float | None, told: float | None) -> None:
    assert instance(lambda: measured).status().latency == told


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        ([0.012, 0.050, 0.003, 0.061], [0.012] * 4),
        ([0.012, 0.070, 0.012], [0.012, 0.07, 0.012]),
        ([1.0, 1.4, 0.6, 1.6, 1.0], [1.0, 1.0, 1.0, 1.6, 1.6]),
        ([None, 0.2, 20.0, 0.2], [None, 0.2, 20.0, 0.2]),
    ],
)
def test_what_hardly_differs_is_not_told_anew(measured: list[float | None], told: list[float | None]) -> None:
    rest = iter(measured)
    one = instance(lambda: next(rest))
    assert [one.status().latency for _ in measured] == told


def test_asking_how_it_is_does_not_change_what_is_told() -> None:
    one = instance(lambda: 0.2)
    assert {one.status().latency for _ in range(5)} == {0.2}
