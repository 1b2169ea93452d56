"""The doctor's look at the MQTT broker; imported when there is one to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audiobook_daemon.config import Mqtt
from audiobook_daemon.daemon.serving_mqtt import mqtt_of
from audiobook_daemon.models import Finding, Level
from audiobook_daemon.mqtt import MqttSettings, denials_of_nothing, examine

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon

_BROKER_AWAY = {
    "tcp": "See that the broker runs, and that mqtt.host and mqtt.port are right.",
    "websockets": "See that the broker runs, and that mqtt.host, mqtt.port and mqtt.websocket_path are right.",
    "unix": "See that the broker runs, and that mqtt.host is the path of its socket.",
}
_DENIES_NOTHING = "Write it as docs/mqtt.md does below Commands, with * for one level, or for all the rest at the end."


async def examined(daemon: Daemon, mqtt: Mqtt) -> Sequence[Finding]:
    """Say whether the broker answers, and what was to be forbidden there and is not."""
    settings = mqtt_of(mqtt)
    denials = denials_of_nothing(settings, daemon.doors, daemon.actions)
    return (
        await _answering(daemon, settings),
        *(Finding(Level.WARNING, sentence, _DENIES_NOTHING) for sentence in denials),
    )


async def _answering(daemon: Daemon, settings: MqttSettings) -> Finding:
    bridge = daemon.outside.bridge
    if bridge is None:
        examination = await examine(settings)
        trouble, protocol = examination.trouble, examination.protocol
    else:
        trouble, protocol = bridge.presence.trouble, bridge.presence.protocol
    away = _BROKER_AWAY[settings.transport]
    if trouble is not None:
        return Finding(Level.FAILURE, trouble.text, away if trouble.away else None)
    if bridge is not None and not bridge.presence.connected:
        return Finding(Level.FAILURE, f"The MQTT broker at {settings.place} does not answer.", away)
    return Finding(Level.OK, f"The MQTT broker at {settings.place} answers (MQTT {protocol}).")
