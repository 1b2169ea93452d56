"""Everything about MQTT in one hand, for the daemon to start and stop."""

from __future__ import annotations

import logging

from audiobook_daemon.actions import Actions
from audiobook_daemon.doors import Doors, Source
from audiobook_daemon.events import Bus
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.desk import Desk
from audiobook_daemon.mqtt.discovery import Announcer
from audiobook_daemon.mqtt.payloads import Redact
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.publish import Publisher
from audiobook_daemon.mqtt.settings import MqttSettings
from audiobook_daemon.mqtt.sweep import Sweep

_LOG = logging.getLogger(__name__)


class MqttBridge:
    """Publishes what `source` and `bus` tell and lets requests in through `doors`.

    `redact` takes secrets out of every text that is published.
    """

    def __init__(
        self, settings: MqttSettings, source: Source, doors: Doors, actions: Actions, bus: Bus, *, redact: Redact
    ) -> None:
        self.presence = Presence(settings)
        self._commands = Commands(doors, actions, settings.commands, self._publish_all, settings.deny, source.auto_grab)
        for sentence in self._commands.denials_of_nothing():
            _LOG.warning("%s", sentence)
        self.desk = Desk(self.presence, self._commands, redact=redact)
        self.publisher = Publisher(
            self.presence,
            source,
            bus,
            redact=redact,
            commands=self._commands.allowed(),
            transaction_of=self.desk.transaction_of,
        )
        self._bus = bus
        self._announcer = Announcer(self.presence, source, self._is_allowed, self._publish_all)
        self.publisher.before_status = self._announcer.withdraw
        Sweep(self.presence)
        self.presence.on_request = self.desk.receive
        self.presence.before_online = self.publisher.refresh
        self.presence.before_offline = self._say_goodbye

    async def run(self) -> None:
        """Work until cancelled; a broker that is away is told of once and waited for."""
        with self._announcer.listening(self._bus), self.publisher.listening():
            await self.presence.run()

    def _is_allowed(self, path: str) -> bool:
        found = self._commands.find(path)
        return found is not None and self._commands.restriction(found[0], path) is None

    def _say_goodbye(self) -> None:
        self.desk.close()
        self.publisher.stopped()

    async def _publish_all(self) -> None:
        await self.publisher.repeat()


def denials_of_nothing(settings: MqttSettings, doors: Doors, actions: Actions) -> tuple[str, ...]:
    """Return a sentence for each pattern of `deny` that covers no command, without a bridge."""

    async def nothing() -> None:
        """Publish nothing."""

    return Commands(doors, actions, settings.commands, nothing, settings.deny).denials_of_nothing()
