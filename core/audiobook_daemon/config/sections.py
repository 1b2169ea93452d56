"""The sections of the file that are not instances or jobs; the docstrings are the help shown in editors."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, SecretStr, field_validator, model_validator

from audiobook_daemon.config.units import Duration, Location
from audiobook_daemon.plugin import Documented

T = TypeVar("T")


class Section(Documented):
    """The base of every section: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )


def _not_empty(value: T) -> T:
    if value is None:
        raise ValueError("is empty; write {} behind the colon to use its defaults, or remove the line")
    return value


Present = BeforeValidator(_not_empty)
"""For sections that switch something on by being there: nothing behind the colon is not a clear wish."""


class Log(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important messages that are still written."""
    format: Literal["text", "json"] = "text"
    """Lines for people, or one JSON document a line."""


class Tls(Section):
    """An encrypted connection to the MQTT broker; an empty section uses the authorities of the system."""

    authority: Location | None = None
    """The certificate (PEM) of a private authority."""
    certificate: Location | None = None
    """Our own certificate (PEM), if the broker wants one."""
    key: Location | None = None
    """The key of our certificate (PEM)."""
    check_hostname: bool = True
    """Whether the broker's certificate must be for its host name."""

    @model_validator(mode="after")
    def _pair(self) -> Tls:
        if (self.certificate is None) != (self.key is None):
            raise ValueError("certificate and key belong together; one of them is missing")
        return self


class Mqtt(Section):
    """The MQTT broker; without this section nothing is published."""

    host: str = Field("127.0.0.1", min_length=1)
    """The broker's host name or address."""
    port: int = Field(1883, ge=1, le=65535)
    """1883, or 8883 if there is a `tls` section."""
    base: str = "audiobook-daemon"
    """The first level (or levels) of every topic."""
    discovery: str | None = "homeassistant"
    """The discovery prefix of Home Assistant; `no` switches discovery off."""
    username: str | None = None
    password: SecretStr | None = None
    client_id: str | None = Field(None, min_length=1, max_length=128)
    """The name the broker knows this daemon by; made from `base` if not given."""
    tls: Annotated[Tls | None, Present] = None
    keepalive: int = Field(20, ge=5, le=3600)
    """Seconds after which a silent connection is asked for a sign of life."""
    protocol: Literal["auto", "5", "3.1.1"] = "auto"
    """The version of MQTT; `auto` takes 5, and 3.1.1 with a broker that does not know it."""
    transport: Literal["tcp", "websockets", "unix"] = "tcp"
    """How the broker is reached; with `unix`, `host` is the path of its socket."""
    websocket_path: str = Field("/mqtt", pattern=r"^/")
    """The path of the address with `transport: websockets`."""
    commands: Literal["all", "safe", "none"] = "all"
    """What may be requested by MQTT: everything; only what changes nothing for good; or nothing."""
    deny: tuple[str, ...] = ()
    """Commands that are refused in any case, as below `request/`; `*` stands for one level or its end, as in
    `action/restore/run` or `want/*/drop`."""
    language: Literal["en", "de", "es", "fr", "nl"] = "en"
    """The language of the names that Home Assistant shows."""

    @model_validator(mode="before")
    @classmethod
    def _port_of_tls(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("tls"), dict) and "port" not in data:
            return {**data, "port": 8883}
        return data

    @field_validator("discovery", mode="before")
    @classmethod
    def _switched_off(cls, value: object) -> object:
        return None if isinstance(value, str) and value.lower() in {"no", "off", "false", "none"} else value

    @field_validator("base", "discovery")
    @classmethod
    def _topic(cls, value: str | None) -> str | None:
        if value is not None and (not re.fullmatch(r"[^+#$\0/]+(/[^+#$\0/]+)*", value)):
            raise ValueError("should be topic levels without +, #, $ and without a slash at either end")
        return value

    @model_validator(mode="after")
    def _credentials(self) -> Mqtt:
        if self.password is not None and self.username is None:
            raise ValueError("there is a password but no username")
        return self

    @model_validator(mode="after")
    def _socket(self) -> Mqtt:
        if self.transport == "unix" and not self.host.startswith("/"):
            raise ValueError("with transport: unix, host should be the path of the broker's socket, beginning with /")
        if self.transport == "unix" and self.tls is not None:
            raise ValueError("with transport: unix there is nothing to encrypt; leave tls out")
        return self


class Route(Section):
    """Which instance is told what; needed only if there are two of a kind."""

    download_client: str | None = None
    """The instance that downloads."""
    library: str | None = None
    """The instance that shelves."""


class Retry(Section):
    """How soon a service that failed is tried again; the wait doubles with each failure."""

    first: Duration = timedelta(minutes=1)
    most: Duration = timedelta(minutes=30)

    @model_validator(mode="after")
    def _order(self) -> Retry:
        if not timedelta(0) < self.first <= self.most:
            raise ValueError("first has to be more than 0 and not more than most")
        return self


class Watch(Section):
    """When a download counts as failed."""

    stalled_after: Duration = timedelta(days=3)
    """A download that has not moved for this long is put aside and another release is looked for."""


class Verify(Section):
    """What is checked when a download is complete."""

    runtime_tolerance: float = Field(0.02, ge=0, le=0.5)
    """How far the running time may be from a known edition's, as a share: 0.02 is 2 %."""
    runtime_doubtful: float = Field(0.05, ge=0, le=0.5)
    """How far it may be if the narrator or the ASIN is that of the known edition; beyond, another release is tried."""
    decode: Literal["auto", "always", "never"] = "auto"
    """What ffmpeg decodes: the beginning and end of each file if it is installed; everything; or nothing."""
