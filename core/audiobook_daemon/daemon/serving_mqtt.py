"""Lends MQTT what it needs of the daemon; imported by who has a broker, for its packages take time and memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon.config import Mqtt
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.mqtt import MqttBridge, MqttSettings, Tls

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon


def mqtt_bridge(daemon: Daemon, mqtt: Mqtt, *, begun: bool = False) -> MqttBridge:
    """Return the bridge to the broker of the configuration; `begun` if there was another one before."""
    settings = mqtt_of(mqtt, standby=daemon.configuration.standby)
    redact = daemon.redaction.clean
    return MqttBridge(settings, Telling(daemon), daemon.doors, daemon.actions, daemon.bus, redact=redact, begun=begun)


def mqtt_of(mqtt: Mqtt, *, standby: bool = False) -> MqttSettings:
    """How the broker is reached.

    Daemons that stand by for one another are one client: the broker then forgets the last will of the one that died
    when its successor comes, and does not tell everybody that the daemon is offline.
    """
    tls = mqtt.tls
    settings = MqttSettings(
        host=mqtt.host,
        port=mqtt.port,
        base=mqtt.base,
        username=mqtt.username,
        password=mqtt.password.get_secret_value() if mqtt.password else None,
        client_id=mqtt.client_id,
        keepalive=mqtt.keepalive,
        tls=Tls(_text(tls.authority), _text(tls.certificate), _text(tls.key), tls.check_hostname) if tls else None,
        transport=mqtt.transport,
        websocket_path=mqtt.websocket_path,
        protocol=mqtt.protocol,
        commands=mqtt.commands,
        deny=mqtt.deny,
        discovery=mqtt.discovery is not None,
        discovery_prefix=mqtt.discovery or "homeassistant",
        language=mqtt.language,
    )
    if standby and settings.client_id is None:
        return replace(settings, client_id=f"{settings.node_id}_standby")
    return settings


def _text(value: object) -> str | None:
    return None if value is None else str(value)
