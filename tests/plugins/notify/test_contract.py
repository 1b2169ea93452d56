from __future__ import annotations

from typing import ClassVar

from pydantic import SecretStr
from tests.plugins.notify.conftest import book, url_of

from audiobook_daemon.testing import FakeSite, NotifierContract, Trouble
from audiobook_plugins.notify import Notify
from audiobook_plugins.notify.config import NotifyConfig


class TestNotify(NotifierContract):
    plugin = Notify
    credentials = False  # a service refuses in its own way, and apprise does not say which
    event = book()
    exempt: ClassVar[frozenset[Trouble]] = frozenset(
        {Trouble.HTML, Trouble.EMPTY, Trouble.TRUNCATED, Trouble.OTHER_JSON, Trouble.DROPPED}
    )  # to this receiver's sender every 200 is a yes

    def config(self, site: FakeSite) -> NotifyConfig:
        return NotifyConfig(urls=(SecretStr(url_of(site)),))

    def script(self, site: FakeSite) -> None:
        site.answer("POST", "/", "ok")
