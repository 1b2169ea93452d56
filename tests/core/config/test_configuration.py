"""What a valid file means: defaults, instances, routes, jobs, warnings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audiobook_daemon.config import (
    Catalogue,
    Configuration,
    InvalidConfiguration,
    PluginCatalogue,
    PluginType,
    Step,
    describe,
    load,
    peek_plugin_folders,
)
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome
from audiobook_daemon.plugin import Notifier, Plugin, PluginConfig, action, hookimpl

Configure = Callable[..., Configuration]


def test_defaults(configure: Configure) -> None:
    found = configure("log:\nplugins:\njobs:\n")
    assert found.database_path == Path("/var/lib/audiobook-daemon/state.db")
    assert found.timezone == ZoneInfo("UTC")
    assert (found.mqtt, found.web) == (None, None)
    assert (found.instances, found.jobs, found.warnings) == ((), (), ())
    assert found.choose.give_up_after == 12
    assert found.retry.most == timedelta(minutes=30)
    assert found.dry_run is False


def test_the_database_of_a_service(configure: Configure) -> None:
    found = configure("log: {}", environ={"STATE_DIRECTORY": "/var/lib/books:/other"})
    assert found.database_path == Path("/var/lib/books/state.db")


@pytest.mark.parametrize("written", ["sqlite:///srv/books.db", "sqlite:////srv/books.db"])
def test_a_database_path(configure: Configure, written: str) -> None:
    assert configure(f"database: {written}").database_path == Path("/srv/books.db")


def test_a_relative_database_lies_beside_the_configuration(configure: Configure, tmp_path: Path) -> None:
    assert configure("database: sqlite://books.db").database_path == tmp_path / "books.db"


def test_daemons_with_a_database_server_may_stand_by(configure: Configure) -> None:
    assert configure("database: postgresql://host/books\nstandby: yes").standby
    assert not configure("database: postgresql://host/books").standby


def test_another_database_has_no_path(configure: Configure) -> None:
    assert configure("database: postgresql://host/books").database_path is None


def test_the_time_zone(configure: Configure) -> None:
    assert configure("timezone: Europe/Berlin").timezone == ZoneInfo("Europe/Berlin")
    assert configure("log: {}", environ={"TZ": ":America/Lima"}).timezone == ZoneInfo("America/Lima")


def test_the_port_of_an_encrypted_broker(configure: Configure, tmp_path: Path) -> None:
    found = configure("mqtt: {tls: {authority: ca.pem}, discovery: no}").mqtt
    assert found is not None
    assert (found.port, found.discovery) == (8883, None)
    assert found.tls is not None
    assert found.tls.authority == tmp_path / "ca.pem"
    stated = configure("mqtt: {tls: {}, port: 1884}").mqtt
    assert stated is not None
    assert stated.port == 1884


@pytest.mark.parametrize("listen", ["127.0.0.1:1", "localhost:8723", "'[::1]:8723'"])
def test_the_server_needs_no_key_on_loopback(configure: Configure, listen: str) -> None:
    found = configure(f"log: {{}}\nweb: {{listen: {listen}}}")
    assert found.warnings == ()
    assert found.web is not None
    assert found.web.keys == ()


def test_instances(configure: Configure) -> None:
    text = """\
        plugins:
          site: {session: a}
          second-site: {type: site, session: b, enabled: no}
          list: {genres: {fantasy: 5, horror: {days: 30}}, auto_grab: yes}
        """
    found = configure(text)
    assert [(one.name, one.type, one.enabled, one.auto_grab) for one in found.instances] == [
        ("site", "site", True, False),
        ("second-site", "site", False, False),
        ("list", "list", True, True),
    ]
    assert found.instance("list").settings.model_dump()["genres"] == {"fantasy": 5, "horror": {"count": 10, "days": 30}}
    with pytest.raises(KeyError):
        found.instance("third")


def test_auto_grab_of_what_wishes_for_nothing_is_a_warning(configure: Configure) -> None:
    hunt = "jobs: {hunt: {at: 0 * * * *, do: [choose]}}"
    (warning,) = configure(f"plugins:\n  site: {{session: a, auto_grab: yes}}\n{hunt}").warnings
    assert (warning.line, warning.path) == (2, "plugins.site.auto_grab")


@pytest.mark.parametrize(
    ("text", "client", "library"),
    [
        ("plugins: {site: {session: a}}", None, None),
        ("plugins: {client: {url: http://a}, server: {token: a}}", "client", "server"),
        ("plugins: {a: {type: client, url: http://a}, b: {type: client, url: http://b, enabled: no}}", "a", None),
        (
            "plugins: {a: {type: client, url: http://a}, client: {url: http://b}}\nroute: {download_client: a}",
            "a",
            None,
        ),
    ],
)
def test_routes(configure: Configure, text: str, client: str | None, library: str | None) -> None:
    route = configure(text).route
    assert (route.download_client, route.library) == (client, library)


def test_jobs(configure: Configure) -> None:
    text = """\
        plugins: {site: {session: a}}
        jobs:
          hunt: {at: "*/30 * * * *", do: [{choose: {limit: 20}}, grab, site.account, {gather: }], catch_up: 0}
          rest: {at: 0 3 * * sun, do: [grab], enabled: no, description: On Sundays}
        """
    found = configure(text)
    hunt, rest = found.jobs
    assert hunt.do == (Step("choose", {"limit": "20"}), Step("grab"), Step("site.account"), Step("gather"))
    assert (hunt.catch_up, hunt.enabled) == (timedelta(0), True)
    assert (rest.catch_up, rest.enabled, rest.description) == (timedelta(days=1), False, "On Sundays")
    assert found.job("rest") is rest
    assert found.warnings == ()


@pytest.mark.parametrize(("at", "warned"), [("0 3 * * 6", True), ("0 3 * * 1,6", True), ("6 6 6 6 0", False)])
def test_saturday_is_a_warning(configure: Configure, at: str, warned: bool) -> None:
    found = configure(f"jobs:\n  a: {{at: '{at}', do: [grab]}}").warnings
    assert [(one.line, one.column, one.path) for one in found] == ([(2, 11, "jobs.a.at")] if warned else [])


@pytest.mark.parametrize(
    ("do", "told"),
    [
        ("[choose], enabled: no", "no job is enabled, so nothing ever runs by itself; write below `jobs:` "),
        ("[gather]", "no job runs choose, so it never runs by itself; write below `jobs:` "),
        ("[grab, choose]", None),
    ],
)
def test_instances_that_no_job_uses_are_a_warning(configure: Configure, do: str, told: str | None) -> None:
    found = configure(f"plugins: {{site: {{session: a}}}}\njobs:\n  a: {{at: 0 3 * * *, do: {do}}}").warnings
    line = 'hunt: {at: "*/30 * * * *", do: [choose]}'
    assert [(one.line, one.path, one.message) for one in found] == ([(2, "jobs", told + line)] if told else [])


def test_every_missing_verb_is_named_with_its_line(configure: Configure) -> None:
    text = """\
        plugins:
          list: {}
          client: {url: "http://a"}
          spare: {type: server, token: a, enabled: no}
        jobs: {hunt: {at: 0 3 * * *, do: [grab]}}
        """
    (warning,) = configure(text).warnings
    assert warning.message == (
        "no job runs gather, watch or verify, so it never runs by itself; write below `jobs:` "
        'top10: {at: "0 3 * * sun", do: [gather]} and tend: {at: "* * * * *", do: [watch, verify]}'
    )


def test_a_plugin_folder_of_another_user(configure: Configure, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = file.parent / "own"
    folder.mkdir(mode=0o755)
    if os.geteuid() == 0:
        os.chown(folder, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(InvalidConfiguration, match=f"1:18: .*{folder} belongs to another user"):
        configure("plugin_folders: [own]")


def test_plugin_folders(configure: Configure, file: Path, reload: Configure) -> None:
    folder = file.parent / "own"
    folder.mkdir(mode=0o755)
    assert configure("plugin_folders: [own]").plugin_folders == (folder,)
    assert peek_plugin_folders(file, {}) == (folder,)
    folder.chmod(0o775)
    with pytest.raises(InvalidConfiguration, match="others may write to"):
        reload()
    assert peek_plugin_folders(file, {}) == ()


def test_plugin_folders_are_found_in_a_file_with_other_mistakes(file: Path) -> None:
    file.write_text("plugin_folders: [.]\nplugins: {own: {key: !secret gone}}\nlog: loud\n")
    file.parent.chmod(0o755)
    assert peek_plugin_folders(file, {}) == (file.parent,)
    assert peek_plugin_folders(file.with_name("gone.yaml"), {}) == ()


class Greeter(Plugin[PluginConfig], Notifier):
    @hookimpl
    async def notify(self, event: object) -> None:
        """Do nothing."""

    @action
    async def greet(self) -> Outcome:
        return Outcome("hello")


def _find(name: str) -> type[Plugin[PluginConfig]]:
    if name == "broken":
        raise AudiobookDaemonError("it cannot be imported.")
    return Greeter


def test_a_catalogue_looks_at_plugins_that_are_named_only(file: Path) -> None:
    catalogue = Catalogue(["greeter", "broken"], _find)
    assert catalogue["greeter"] == PluginType(PluginConfig, ("Notifier",), ("greet",))
    file.write_text("plugins: {a: {type: greeter}}\njobs: {b: {at: 0 0 * * *, do: [a.greet]}}\n")
    found = load(file, catalogue, check_cron=lambda _: None, known_actions={}, environ={})
    assert found.job("b").do == (Step("a.greet"),)
    file.write_text("plugins:\n  broken: {}\n")
    with pytest.raises(
        InvalidConfiguration, match=r"2:3: plugins.broken: this plugin cannot be used: it cannot be imp"
    ):
        load(file, catalogue, check_cron=lambda _: None, known_actions={}, environ={})


def _stated(value: object) -> object:
    """Leave out what is not set."""
    if isinstance(value, dict):
        return {key: _stated(item) for key, item in value.items() if item is not None}
    return value


def test_the_view_can_be_read_again(configure: Configure, file: Path, catalogue: PluginCatalogue) -> None:
    text = """\
        mqtt: {host: broker}
        retry: {first: 90s}
        plugins: {list: {genres: [a], strict: yes}, client: {url: "http://a"}}
        jobs: {a: {at: 0 1 * * *, do: [{choose: {limit: 3}}, grab], catch_up: 36h}}
        """
    found = configure(text)
    view = describe(found)
    file.write_text(json.dumps(_stated(view)))
    again = configure(file.read_text())
    assert describe(again) == view
    assert (again.retry, again.jobs, again.mqtt) == (found.retry, found.jobs, found.mqtt)
    assert set(catalogue) >= {"list", "client"}


def test_reading_a_configuration_loads_nothing_heavy() -> None:
    code = (
        "import sys, audiobook_daemon.config\n"
        "heavy = {'sqlalchemy', 'aiohttp', 'aiomqtt', 'croniter', 'bs4', 'alembic', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
