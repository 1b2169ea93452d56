"""Why there is no connection, in words for a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.mqtt.settings import MqttSettings

_NOT_US = frozenset({134, 135, 138, 140})
"""MQTT 5 reason codes: bad user name or password, not authorized, banned, bad authentication method."""
_TAKEN_OVER = 142
_BAD_CLIENT_ID = 133


class Kind(StrEnum):
    """Kinds of trouble; a person is told when the kind changes, not at every attempt."""

    AWAY = "away"
    REFUSED = "refused"
    TAKEN_OVER = "taken_over"
    TLS = "tls"
    NO_PERMISSION = "no_permission"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble and the sentence about it."""

    kind: Kind
    text: str

    @property
    def hopeless(self) -> bool:
        """Whether trying again soon would only annoy the broker."""
        return self.kind is not Kind.AWAY


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
    return Trouble(Kind.AWAY, f"The MQTT broker at {place} is away ({words}). The daemon works on and keeps trying.")


def no_permission(settings: MqttSettings) -> Trouble:
    """Explain why nothing comes through although the broker seems content: brokers forbid topics without a word."""
    base = settings.base
    return Trouble(
        Kind.NO_PERMISSION,
        f"The MQTT broker at {settings.place} accepts the connection, but messages do not come through. Give "
        f"{settings.username or 'this client'} the permission to write {base}/# and to read {base}/request/#.",
    )
