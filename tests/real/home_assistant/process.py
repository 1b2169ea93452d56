"""Home Assistant as a program."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import aiohttp
from tests.real.home_assistant.configuration import write_configuration

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.processes import LocalProgram


class HomeAssistantProgram(LocalProgram):
    """One Home Assistant with a folder of its own; `start` and `stop` in turn keep what it has learnt."""

    name: ClassVar[str] = "home-assistant"
    ready_within: ClassVar[float] = 120.0
    stop_within: ClassVar[float] = 60.0

    def __init__(self, folder: Path, venv: Path) -> None:
        super().__init__(folder, str(venv / "bin" / "python"))
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self.configuration = self.folder / "config"

    def _prepare(self) -> None:
        if not self.configuration.exists():
            write_configuration(self.configuration, self.port)

    def _arguments(self) -> list[str]:
        return ["-m", "homeassistant", "--config", str(self.configuration)]

    async def _ready(self) -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/manifest.json") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False
