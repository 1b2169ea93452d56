"""Why there is no connection, in words for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.mqtt.settings import MqttSettings

_NOT_US = frozenset({134, 135, 138, 140})
"""MQTT 5 reason codes: bad user name or password, not authorized, banned, bad authentication method."""
_TAKEN_OVER = 142
_BAD_CLIENT_ID = 133
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")


class Kind(StrEnum):
    """Kinds of trouble; a person is told when the kind changes, not at every attempt."""

    AWAY = "away"
    REFUSED = "refused"
    TAKEN_OVER = "taken_over"
    DROPS = "drops"
    TLS = "tls"
    TWIN = "twin"
    NO_PERMISSION = "no_permission"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble and the sentence about it."""

    kind: Kind
    text: str

    @property
    def away(self) -> bool:
        """Whether nobody answers where the broker should be."""
        return self.kind is Kind.AWAY

    @property
    def hopeless(self) -> bool:
        """Whether trying again soon would only annoy the broker."""
        return self.kind not in {Kind.AWAY, Kind.DROPS, Kind.TWIN}


def trouble(settings: MqttSettings, code: int | None, words: str) -> Trouble:
    """Explain a failure by the broker's reason code, if it gave one, and the library's words."""
    place = settings.place
    if code in _NOT_US:
        who = f"user {settings.username!r}" if settings.username else "clients without a user name"
        return Trouble(
            Kind.REFUSED, f"The MQTT broker at {place} refuses {who} ({words}). Check mqtt.username and mqtt.password."
        )
    if code == _BAD_CLIENT_ID:
        return Trouble(
            Kind.REFUSED,
            f"The MQTT broker at {place} refuses the client id {settings.client_id!r}. Change mqtt.client_id.",
        )
    if code == _TAKEN_OVER:
        return Trouble(
            Kind.TAKEN_OVER,
            f"Another program uses the client id {settings.client_id!r} at the MQTT broker {place}. "
            "Give each its own mqtt.client_id, or leave it out.",
        )
    if "certificate" in words.lower() or "ssl" in words.lower():
        return Trouble(
            Kind.TLS,
            f"No encrypted connection to the MQTT broker at {place}: {words}. Check mqtt.tls and the files it names.",
        )
    if settings.transport == "unix" and "permission denied" in words.lower():
        return Trouble(
            Kind.REFUSED,
            f"The daemon may not open the MQTT broker's socket {place}. Let its user or group write there.",
        )
    if "no websocket" in words.lower():
        return Trouble(
            Kind.AWAY,
            f"What answers at {place} is no MQTT broker with WebSockets ({words}). Check mqtt.port and "
            "mqtt.websocket_path. The daemon works on and keeps trying.",
        )
    said = _NUMBER.sub("", words)
    return Trouble(Kind.AWAY, f"The MQTT broker at {place} is away ({said}). The daemon works on and keeps trying.")


def drops(settings: MqttSettings, words: str) -> Trouble:
    """Explain that the broker lets us in and hangs up soon after, again and again."""
    return Trouble(
        Kind.DROPS,
        f"The MQTT broker at {settings.place} accepts the connection and soon ends it, again and again ({words}). "
        "Its log tells why; perhaps another program uses the same mqtt.client_id. The daemon keeps trying, seldom.",
    )


def twin(settings: MqttSettings) -> Trouble:
    """Explain that somebody else writes the same topics."""
    return Trouble(
        Kind.TWIN,
        f"Another audiobook-daemon uses the same mqtt.base {settings.base!r} at the MQTT broker {settings.place}: each "
        "overwrites what the other tells, and both carry out every request. Give one of them another mqtt.base.",
    )


def no_permission(settings: MqttSettings) -> Trouble:
    """Explain why nothing comes through although the broker seems content: brokers forbid topics without a word."""
    base = settings.base
    return Trouble(
        Kind.NO_PERMISSION,
        f"The MQTT broker at {settings.place} accepts the connection, but messages do not come through. Give "
        f"{settings.username or 'this client'} the permission to write {base}/# and to read {base}/request/#.",
    )
