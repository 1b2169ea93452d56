"""Everything about MQTT in one hand, for the daemon to start and stop."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

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
from audiobook_daemon.mqtt.sweep import PATIENCE, Sweep

_LOG = logging.getLogger(__name__)
_LAST_ANSWERS, _TAKING_BACK = 5.0, 10.0
"""Seconds for the requests under way before other settings hold, and for taking back what they make void."""


class MqttBridge:
    """Publishes what `source` and `bus` tell and lets requests in through `doors`.

    `redact` takes secrets out of every text that is published. One that takes the place of another is told that the
    daemon has `begun` before.
    """

    def __init__(
        self,
        settings: MqttSettings,
        source: Source,
        doors: Doors,
        actions: Actions,
        bus: Bus,
        *,
        redact: Redact,
        begun: bool = False,
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
            begun=begun,
        )
        self._bus = bus
        self._says_goodbye = True
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

    async def leave(self, after: MqttSettings | None) -> None:
        """Answer what was asked, and take back what nobody keeps up under other settings; to be cancelled then.

        Below a base that is given up nothing stays behind, and Home Assistant lets go of its devices first. Without
        any settings to come it is as if the daemon stopped.
        """
        await self.desk.answered(_LAST_ANSWERS)
        if after is None:
            return
        self._says_goodbye = False
        before, presence = self.presence.settings, self.presence
        moves = (before.base, before.discovery_prefix) != (after.base, after.discovery_prefix)
        if not moves or presence.twin is not None:
            return
        presence.vanishing = before.base != after.base
        with suppress(TimeoutError):
            async with asyncio.timeout(_TAKING_BACK):
                await self._take_back(f"{before.discovery_prefix}/device", PATIENCE)
                if presence.vanishing:
                    await self._take_back(before.base)
                if presence.connected:
                    return
        _LOG.warning(
            "What the MQTT broker at %s keeps below %s could not be taken back: it does not answer.",
            before.place,
            before.base,
        )

    async def _take_back(self, root: str, patience: float = 0.0) -> None:
        presence = self.presence
        if presence.outgoing.withdraw(root) and presence.connected:
            await presence.outgoing.drained()
            await asyncio.sleep(patience)

    def _is_allowed(self, path: str) -> bool:
        found = self._commands.find(path)
        return found is not None and self._commands.restriction(found[0], path) is None

    def _say_goodbye(self) -> None:
        self.desk.close()
        if self._says_goodbye:
            self.publisher.stopped()

    async def _publish_all(self) -> None:
        await self.publisher.repeat()


def denials_of_nothing(settings: MqttSettings, doors: Doors, actions: Actions) -> tuple[str, ...]:
    """Return a sentence for each pattern of `deny` that covers no command, without a bridge."""

    async def nothing() -> None:
        """Publish nothing."""

    return Commands(doors, actions, settings.commands, nothing, settings.deny).denials_of_nothing()
