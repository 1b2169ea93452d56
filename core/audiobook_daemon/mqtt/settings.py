"""What a person may set about MQTT, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CommandPolicy = Literal["all", "safe", "none"]
"""Which requests are carried out: all, only those that change nothing for good, or none."""

Protocol = Literal["auto", "5", "3.1.1"]
Language = Literal["en", "de", "es", "fr", "nl"]
Transport = Literal["tcp", "websockets", "unix"]


@dataclass(frozen=True, slots=True)
class Tls:
    """How the connection is encrypted; an empty value trusts the certificates of the system."""

    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None
    check_host_name: bool = True


@dataclass(frozen=True, slots=True)
class MqttSettings:
    """Where the broker is, who we are there, and what it may ask of us."""

    host: str = "127.0.0.1"
    """A host name or address; the path of the socket with the transport `unix`."""
    port: int = 1883
    base: str = "audiobook-daemon"
    """The topic everything of this daemon lies below."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    client_id: str | None = None
    """None for a new one each start, so that two daemons never push each other off the broker."""
    keepalive: int = 20
    """Seconds of silence after which the broker is asked whether it is there."""
    tls: Tls | None = None
    transport: Transport = "tcp"
    websocket_path: str = "/mqtt"
    protocol: Protocol = "auto"
    commands: CommandPolicy = "all"
    deny: tuple[str, ...] = ()
    """Patterns of commands that are refused in any case; `*` stands for one level or its end."""
    discovery: bool = True
    """Whether Home Assistant is told what there is."""
    discovery_prefix: str = "homeassistant"
    """Home Assistant's topic, where answers to requests must never be written."""
    language: Language = "en"
    """The language of the names that Home Assistant shows."""

    @property
    def node_id(self) -> str:
        """The name of this daemon where only letters, digits and underscores are allowed."""
        return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in self.base.lower())

    @property
    def place(self) -> str:
        """The broker's address for people."""
        if self.transport == "unix":
            return self.host
        if self.transport == "websockets":
            return f"{'wss' if self.tls else 'ws'}://{self.host}:{self.port}{self.websocket_path}"
        return f"{self.host}:{self.port}"
