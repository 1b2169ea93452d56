"""Every value of the configuration arrives where it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, get_args

import pytest

from audiobook_daemon.config import Configuration
from audiobook_daemon.config.choosing import Criterion
from audiobook_daemon.config.templates import FILE_FIELDS, read_template
from audiobook_daemon.daemon.serving_mqtt import mqtt_of
from audiobook_daemon.daemon.settings import instances_of, jobs_of, pipeline_of
from audiobook_daemon.matching import GateRules, Preference, Rules
from audiobook_daemon.matching.prefer import CRITERIA
from audiobook_daemon.models import Price
from audiobook_daemon.mqtt import MqttSettings, Tls
from audiobook_daemon.pipeline import Decode, Settings
from audiobook_daemon.scheduler import JobSpec, Step
from audiobook_daemon.shelving import Method, Naming

T = TypeVar("T", Settings, Rules, GateRules, Preference, MqttSettings)
Configured = Callable[[str], Configuration]

EVERYTHING = """\
dry_run: yes
mqtt:
  host: broker.example
  port: 1884
  base: books/daemon
  discovery: ha
  username: me
  password: !env SECRET
  client_id: books
  keepalive: 30
  commands: safe
  protocol: 3.1.1
  transport: websockets
  websocket_path: /ws
  deny: [action/restore/run]
  language: de
  tls: {authority: AUTHORITY, certificate: CERTIFICATE, key: KEY, check_hostname: no}
route: {download_client: second, library: audiobookshelf}
choose:
  languages: [de, fr]
  min_seeders: 3
  min_size: 20MB
  max_size: 2GB
  min_bitrate: 30
  max_bitrate: 300
  prices: [free]
  vip: no
  candidates: 40
  most_queries: 2
  floor: 0.8
  margin: 20
  packs: grab
  prefer:
    order: [format, narrator]
    narrators: [Juliet Stevenson]
    formats: [MP3, m4b]
    bitrate: {ideal: 96, least: 48, most: 128}
    editions: [anniversary]
    languages: [fr, de]
  ladder_days: [0.5, 2]
  give_up_after: 4
retry: {first: 2m, most: 20m}
watch: {stalled_after: 5d}
verify: {runtime_tolerance: 0.03, runtime_doubtful: 0.1, decode: always}
shelve:
  folder: "{author}/{title}"
  file: "{part - }{title}"
  longest_name: 100
  longest_path: 300
  method: [copy]
  check: size
  sidecars: [cover]
  keep_free: 2GB
  trash: 7d
  upgrade: yes
sync: {most_lost: 0.3, least_lost: 4}
plugins:
  list: {type: top10, genres: [fantasy], auto_grab: yes}
  off: {type: top10, genres: [fantasy], auto_grab: yes, enabled: no}
  other: {type: top10, genres: [fantasy]}
  first: {type: qbittorrent, url: "http://one", username: me, password: !env SECRET}
  second: {type: qbittorrent, url: "http://two", username: me, password: !env SECRET}
  audiobookshelf: {url: "http://three", token: !env SECRET}
jobs:
  hunt: {at: "*/30 * * * *", do: [{choose: {limit: 5}}, grab], catch_up: 2h, description: Looks}
  plain: {at: "@daily", do: [watch]}
  off: {at: "@daily", do: [sync], enabled: no}
"""


@pytest.fixture
def everything(configured: Configured, tmp_path: Path) -> Configuration:
    """Nothing in it is a default."""
    text = EVERYTHING
    for name in ("AUTHORITY", "CERTIFICATE", "KEY"):
        (tmp_path / f"{name.lower()}.pem").touch()
        text = text.replace(name, f"{name.lower()}.pem")
    return configured(text)


def test_the_way_of_a_book(everything: Configuration) -> None:
    expected = Settings(
        dry_run=True,
        auto_grab=frozenset({"list"}),
        download_client="second",
        library="audiobookshelf",
        rules=Rules(
            GateRules(("de", "fr"), 3, 20_000_000, 2_000_000_000, 30, 300, prices=(Price.FREE,), vip=False),
            floor=0.8,
            margin=20,
            packs="grab",
            preference=Preference(
                ("format", "narrator"),
                ("Juliet Stevenson",),
                ("mp3", "m4b"),
                96,
                48,
                128,
                ("anniversary",),
                ("fr", "de"),
            ),
        ),
        candidates=40,
        most_queries=2,
        ladder=(timedelta(hours=12), timedelta(days=2)),
        give_up_after=4,
        first_retry=timedelta(minutes=2),
        longest_retry=timedelta(minutes=20),
        stalled_after=timedelta(days=5),
        runtime_tolerance=0.03,
        runtime_doubtful=0.1,
        decode=Decode.ALWAYS,
        naming=Naming(read_template("{author}/{title}"), read_template("{part - }{title}", FILE_FIELDS), 100, 300),
        methods=(Method.COPY,),
        check_content=False,
        sidecars=frozenset({"cover"}),
        keep_free=2_000_000_000,
        upgrade=True,
        trash=timedelta(days=7),
        most_lost=0.3,
        least_lost=4,
    )
    found = pipeline_of(everything)
    assert found == expected
    assert _like_the_default(found, Settings()) == [], "a value that is not passed on would look like this"
    assert _like_the_default(found.rules, Rules()) == []
    assert _like_the_default(found.rules.gates, GateRules()) == ["medium"], "only audiobooks are wanted yet"
    assert _like_the_default(found.rules.preference, Preference()) == []


def test_mqtt(everything: Configuration, tmp_path: Path) -> None:
    assert everything.mqtt
    found = mqtt_of(everything.mqtt)
    assert found == MqttSettings(
        host="broker.example",
        port=1884,
        base="books/daemon",
        username="me",
        password="a-secret-of-ours",
        client_id="books",
        keepalive=30,
        tls=Tls(str(tmp_path / "authority.pem"), str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem"), False),
        commands="safe",
        discovery_prefix="ha",
        protocol="3.1.1",
        transport="websockets",
        websocket_path="/ws",
        deny=("action/restore/run",),
        language="de",
    )
    assert _like_the_default(found, MqttSettings()) == ["discovery"], "this one is said by a prefix"


def test_the_defaults_of_both_sides_agree(configured: Configured) -> None:
    bare = configured("mqtt: {}\nplugins: {}\n")
    careful = Rules(GateRules(min_size=10_000_000))
    assert pipeline_of(bare) == replace(Settings(), rules=careful)
    assert bare.mqtt
    assert mqtt_of(bare.mqtt) == MqttSettings()


def test_daemons_that_stand_by_for_one_another_are_one_client_of_the_broker(configured: Configured) -> None:
    mqtt = configured("mqtt: {base: our/books}\nplugins: {}\n").mqtt
    assert mqtt
    assert mqtt_of(mqtt, standby=True).client_id == "our_books_standby"
    named = configured("mqtt: {client_id: mine}\nplugins: {}\n").mqtt
    assert named
    assert mqtt_of(named, standby=True).client_id == "mine"


def test_every_criterion_can_be_configured() -> None:
    assert set(get_args(Criterion)) == set(CRITERIA)


def test_an_encrypted_broker_with_the_authorities_of_the_system(configured: Configured) -> None:
    mqtt = configured("mqtt: {tls: {}, discovery: no}\nplugins: {}\n").mqtt
    assert mqtt
    settings = mqtt_of(mqtt)
    assert (settings.tls, settings.port) == (Tls(), 8883)


def test_instances_and_jobs_that_are_switched_on(everything: Configuration) -> None:
    instances = instances_of(everything)
    assert [(one.name, one.type) for one in instances] == [
        ("list", "top10"),
        ("other", "top10"),
        ("first", "qbittorrent"),
        ("second", "qbittorrent"),
        ("audiobookshelf", "audiobookshelf"),
    ]
    assert all(one.settings is everything.instance(one.name).settings for one in instances)
    assert jobs_of(everything) == (
        JobSpec("hunt", "*/30 * * * *", (Step("choose", {"limit": "5"}), Step("grab")), timedelta(hours=2), "Looks"),
        JobSpec("plain", "@daily", (Step("watch"),), timedelta(days=1), None),
    )


def _like_the_default(value: T, default: T) -> list[str]:
    return [one.name for one in fields(value) if getattr(value, one.name) == getattr(default, one.name)]
