"""Lends the web server what it needs of the daemon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from audiobook_daemon.config import Web
    from audiobook_daemon.daemon.assembly import Daemon
    from audiobook_daemon.web import Lent, WebServer, WebSettings


def web_server(daemon: Daemon, web: Web, *, port: int | None = None) -> WebServer:
    """Return the server, for another `port` than configured if one is given.

    Its packages are imported here, for a daemon without a server need not load them.
    """
    from audiobook_daemon.web import WebServer  # noqa: PLC0415

    settings = settings_for(daemon, web)
    return WebServer(settings if port is None else replace(settings, port=port), lent_to_web(daemon))


def settings_for(daemon: Daemon, web: Web) -> WebSettings:
    """How the server of this daemon listens; its keys are kept out of the log from now on."""
    settings = web_of(web)
    for key in settings.keys:
        daemon.redaction.add(key.secret or "")
    return settings


def lent_to_web(daemon: Daemon) -> Lent:
    """What the server gets of a daemon."""
    from audiobook_daemon.daemon.web_doors import HttpDoors  # noqa: PLC0415
    from audiobook_daemon.daemon.web_telling import HttpTelling  # noqa: PLC0415
    from audiobook_daemon.web import Lent  # noqa: PLC0415
    from audiobook_daemon.web.figures import Figures  # noqa: PLC0415
    from audiobook_daemon.web.live import Live  # noqa: PLC0415
    from audiobook_daemon.web.requests import Requests  # noqa: PLC0415

    doors, source, tally = HttpDoors(daemon), HttpTelling(daemon), daemon.transport.tally
    return Lent(
        database=daemon.database,
        doors=doors,
        source=source,
        bus=daemon.bus,
        live=Live(daemon.database, daemon.bus),
        figures=Figures(daemon.database, source, doors, daemon.world.now),
        requests=Requests(tally),
        tally=tally,
        actions=daemon.actions,
        configuration=lambda: daemon.configuration,
        path=daemon.path,
        now=daemon.world.now,
        redact=daemon.redaction.clean,
    )


def web_of(web: Web) -> WebSettings:
    """How the server listens."""
    from audiobook_daemon.web import Key, WebSettings  # noqa: PLC0415

    host, _, port = web.listen.rpartition(":")
    keys = tuple(Key(one.name, _value(one.key), one.scope, _value(one.hash)) for one in web.named_keys)
    return WebSettings(
        host.strip("[]"),
        int(port),
        keys,
        web.prefix,
        web.hosts,
        web.proxies,
        web.origins,
        web.session,
        web.wrong_keys,
    )


def _value(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
