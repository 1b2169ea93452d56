"""Everything that Home Assistant may be shown, by the part of the daemon that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiobook_daemon.mqtt.discovery.adjustable import ADJUSTABLE
from audiobook_daemon.mqtt.discovery.components import Component
from audiobook_daemon.mqtt.discovery.daemon import DAEMON
from audiobook_daemon.mqtt.discovery.figures import DOWNLOADING, SHELVED
from audiobook_daemon.mqtt.discovery.names import Part
from audiobook_daemon.mqtt.discovery.parts import OF_A_JOB, OF_A_LIST, OF_A_TRACKER, OF_AN_INSTANCE

TABLES: Mapping[Part, Sequence[Component]] = {
    "daemon": (*DAEMON, *DOWNLOADING, *SHELVED, *ADJUSTABLE.values()),
    "job": OF_A_JOB,
    "service": (*OF_AN_INSTANCE, *OF_A_LIST),
    "tracker": OF_A_TRACKER,
}
"""For languages and reference; which of them a daemon has depends on what it is made of."""
