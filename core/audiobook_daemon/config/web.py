"""The section about the HTTP server; the docstrings are the help shown in editors."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    SecretStr,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import Duration

_SHORTEST, _LONGEST = 16, 200
_HASH = re.compile(r"scrypt\$\d{1,6}\$\d{1,2}\$\d{1,2}\$[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/]{43}=")
_LONGEST_SESSION = timedelta(days=365)


def _network(value: object) -> object:
    try:
        return ipaddress.ip_network(value, strict=False) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("should be an address or a network in numbers, as in 127.0.0.1 or 172.16.0.0/12") from None


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", value):
        raise ValueError("should be a name without port or path, as in books.example.org")
    return value.lower()


def _origin(value: str) -> str:
    if not re.fullmatch(r"https?://[a-z0-9_.-]+(:\d{1,5})?", value.lower()):
        raise ValueError("should be the beginning of an address, as in https://home.example.org")
    return value.lower()


Network = Annotated[
    IPv4Network | IPv6Network,
    BeforeValidator(_network),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["127.0.0.1", "172.16.0.0/12"]}),
]
Host = Annotated[str, AfterValidator(_host), WithJsonSchema({"type": "string", "examples": ["books.example.org"]})]
Origin = Annotated[
    str, AfterValidator(_origin), WithJsonSchema({"type": "string", "examples": ["https://home.example.org"]})
]


class NamedKey(Section):
    """A key with a name, and with less than every right if that is enough."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}$")
    """By which the log and the lists call it."""
    key: SecretStr | None = None
    """The key, of 16 characters or more."""
    hash: SecretStr | None = None
    """What `audiobook-daemon keys hash` made of a key, instead of the key itself."""
    scope: Literal["read", "act", "admin"] = "admin"
    """What it opens: `read` changes nothing, `act` moves books and runs jobs, `admin` also does what cannot be undone,
    and makes keys."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.key is None) == (self.hash is None):
            raise ValueError("needs either key or hash")
        return self

    @field_validator("hash")
    @classmethod
    def _hashed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HASH.fullmatch(value.get_secret_value()):
            raise ValueError("should be what `audiobook-daemon keys hash` prints; put it in single quotes")
        return value


class Web(Section):
    """The HTTP server."""

    listen: str = "127.0.0.1:8723"
    """Address and port."""
    keys: tuple[SecretStr | NamedKey, ...] = ()
    """The keys that open it; needed for every address but loopback. More can be made with `audiobook-daemon keys`."""
    prefix: str = ""
    """The path below which a reverse proxy offers it, as in `/books`."""
    hosts: tuple[Host, ...] = ()
    """Names by which it may be called, beside addresses in numbers, `localhost` and the name of the machine."""
    proxies: tuple[Network, ...] = ()
    """Reverse proxies whose `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` count."""
    origins: tuple[Origin, ...] = ()
    """Other sites whose pages may use the API, with a key of their own."""
    session: Duration = timedelta(days=30)
    """How long a login to the pages lasts."""
    wrong_keys: int = Field(10, ge=1, le=1000)
    """How many different wrong keys one address may try before it has to wait."""

    @field_validator("listen")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError("should be address and port, as in 127.0.0.1:8723")
        return value

    @field_validator("prefix")
    @classmethod
    def _path(cls, value: str) -> str:
        if not re.fullmatch(r"((/[A-Za-z0-9._~-]+)+)?", found := value.rstrip("/")):
            raise ValueError("should be a path that begins with a slash, as in /books")
        if found.startswith(("/api", "/login", "/logout", "/static")):
            raise ValueError("is a path that the server has a use for itself")
        return found

    @field_validator("session")
    @classmethod
    def _lasting(cls, value: timedelta) -> timedelta:
        if not timedelta(minutes=1) <= value <= _LONGEST_SESSION:
            raise ValueError("should be a minute or more, and a year at most")
        return value

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine can reach it."""
        host = self.listen.rpartition(":")[0].strip("[]")
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def named_keys(self) -> tuple[NamedKey, ...]:
        """The keys, those without a name called by their place."""
        return tuple(
            one if isinstance(one, NamedKey) else NamedKey(name=f"key {place}", key=one)
            for place, one in enumerate(self.keys, 1)
        )

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        if not self.loopback and not self.keys:
            raise ValueError("an address that others can reach needs at least one key under `keys`")
        known = [one.get_secret_value() for one in (key.key for key in self.named_keys) if one]
        if any(len(key) < _SHORTEST for key in known):
            raise ValueError("a key needs 16 characters or more")
        if any(len(key) > _LONGEST for key in known):
            raise ValueError("a key has 200 characters at most")
        if len(known) != len(set(known)):
            raise ValueError("the same key stands there twice")
        names = Counter(key.name for key in self.named_keys)
        if twice := [name for name, count in names.items() if count > 1]:
            raise ValueError(f"two keys are called {twice[0]}")
        return self
