"""A real mosquitto with a throw-away folder, open to programs on this machine only."""

from __future__ import annotations

import asyncio
import os
import pwd
from pathlib import Path
from typing import ClassVar

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.processes import LocalProgram

# An MQTT 3.1.1 CONNECT with a clean session and without a name, and the acceptance that answers it.
_CONNECT = b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x05\x00\x00"
_ACCEPTED = b"\x20\x02\x00\x00"


class RealMosquitto(LocalProgram):
    """Starts mosquitto on 127.0.0.1 without passwords; speaks MQTT 3.1.1 and 5.

    With `persistence` retained messages outlive a restart; without it a restart forgets all of them.
    """

    name: ClassVar[str] = "mosquitto"

    def __init__(self, folder: Path, *, persistence: bool = True, program: str | None = None) -> None:
        super().__init__(folder, program)
        self.persistence = persistence
        (self.port,) = free_ports(1)

    def _prepare(self) -> None:
        lines = [
            f"listener {self.port} 127.0.0.1",
            "allow_anonymous true",
            "log_dest stderr",
            # Started by root it would otherwise become another user, who cannot write to the folder.
            f"user {pwd.getpwuid(os.geteuid()).pw_name}",
        ]
        if self.persistence:
            lines += ["persistence true", f"persistence_location {self.folder}/"]
        self._configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _arguments(self) -> list[str]:
        return ["-c", str(self._configuration)]

    async def _ready(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except ConnectionError:
            return False
        try:
            writer.write(_CONNECT)
            answer = await reader.readexactly(len(_ACCEPTED))
            return answer == _ACCEPTED
        except (ConnectionError, asyncio.IncompleteReadError):
            return False
        finally:
            writer.close()

    @property
    def _configuration(self) -> Path:
        return self.folder / "mosquitto.conf"
