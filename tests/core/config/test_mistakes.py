"""Every kind of mistake is named, at its exact place, and all of them together."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

Mistakes = Callable[..., list[str]]

SECTIONS = [
    ("databas: x", "1:1: databas: unknown key; did you mean database?"),
    ("zzz: x", "1:1: zzz: unknown key"),
    ("database: mysql://x", "1:11: database: should be sqlite:// and a path"),
    ("database: 'sqlite:///'", "1:11: database: should be sqlite:// and a path"),
    ("standby: yes", "1:10: standby: only daemons that share a postgresql:// database can stand by for one another"),
    ("database: sqlite://x.db\nstandby: yes", "2:10: standby: only daemons that share a postgresql:// database"),
    ("timezone: Berlin", "1:11: timezone: should be the name of a time zone, as in Europe/Berlin; did you mean"),
    ("timezone: Europe/Belrin", "did you mean Europe/Berlin"),
    ("log: {level: inf}", "1:14: log.level: should be 'debug', 'info', 'warning' or 'error'; did you mean info?"),
    ("log: loud", "1:6: log: should be a section of `key: value`"),
    ("log:\n  format:", "2:3: log.format: is empty"),
    ("mqtt:", "1:1: mqtt: is empty; write {} behind the colon"),
    ("mqtt: {tls: }", "1:8: mqtt.tls: is empty; write {}"),
    ("mqtt: {port: 70000}", "1:14: mqtt.port: should be less than or equal to 65535"),
    (
        "mqtt: {transport: unix}",
        "1:1: mqtt: with transport: unix, host should be the path of the broker's socket, beginning with /",
    ),
    (
        "mqtt: {transport: unix, host: /run/mqtt.sock, tls: {}}",
        "1:1: mqtt: with transport: unix there is nothing to encrypt; leave tls out",
    ),
    ("mqtt: {port: many}", "1:14: mqtt.port: should be a whole number"),
    ("mqtt: {port: 1883.5}", "1:14: mqtt.port: should be a whole number"),
    ("mqtt: {base: a/#}", "1:14: mqtt.base: should be topic levels"),
    ("mqtt: {base: /a}", "1:14: mqtt.base: should be topic levels"),
    ("mqtt: {password: x}", "1:1: mqtt: there is a password but no username"),
    ("mqtt: {commands: some}", "1:18: mqtt.commands: should be 'all', 'safe' or 'none'"),
    ("mqtt: {tls: {key: a.pem}}", "1:8: mqtt.tls: certificate and key belong together"),
    ("web: {listen: '0.0.0.0:8723'}", "1:1: web: an address that others can reach needs at least one key"),
    ("web: {listen: '8723'}", "1:15: web.listen: should be address and port"),
    ("web: {keys: [short]}", "1:1: web: a key needs 16 characters or more"),
    ("choose: {languages: [en, english]}", "1:26: choose.languages[1]: should be the two letters of a language"),
    ("choose: {languages: en}", "1:21: choose.languages: should be a list"),
    ("choose: {languages: []}", "1:10: choose.languages: is empty"),
    ("choose: {max_size: 15}", "1:20: choose.max_size: should be a size with its unit"),
    ("choose: {min_size: 20GB}", "1:1: choose: min_size has to be smaller than max_size"),
    ("choose: {min_seeders: -1}", "1:23: choose.min_seeders: should be greater than or equal to 0"),
    ("choose: {margin: nan}", "1:18: choose.margin: should be a number"),
    ("choose: {most_queries: 0}", "1:24: choose.most_queries: should be greater than or equal to 1"),
    ("choose: {floor: 97}", "1:17: choose.floor: should be less than 1"),
    ("choose: {packs: maybe}", "1:17: choose.packs: should be 'never', 'review' or 'grab'"),
    ("choose: {min_bitrate: 500}", "1:1: choose: min_bitrate has to be smaller than max_bitrate"),
    ("choose: {prices: [cheap]}", "1:19: choose.prices[0]: should be 'free', 'paid' or 'unknown'"),
    ("choose: {prices: []}", "1:10: choose.prices: is empty"),
    ("choose: {vip: perhaps}", "1:15: choose.vip: should be yes or no"),
    ("choose:\n  prefer: {narrator: [A]}", "2:12: choose.prefer.narrator: unknown key; did you mean narrators?"),
    ("choose:\n  prefer: {order: [narator]}", "2:20: choose.prefer.order[0]: should be 'narrator', 'edition', "),
    ("choose:\n  prefer: {order: [format, price, format]}", "2:12: choose.prefer.order: names format twice"),
    ("choose:\n  prefer: {formats: [m4b, .mp3]}", "2:27: choose.prefer.formats[1]: should be a file type, as in m4b"),
    ("choose:\n  prefer: {formats: [m4b, M4B]}", "2:12: choose.prefer.formats: names m4b twice"),
    ("choose:\n  prefer:\n    languages: [german]", "3:17: choose.prefer.languages[0]: should be the two letters of"),
    ("choose:\n  prefer: {bitrate: 128}", "2:21: choose.prefer.bitrate: should be a section of `key: value`"),
    ("choose:\n  prefer: {bitrate: {ideal: 32}}", "2:12: choose.prefer.bitrate: should be least, ideal and most in"),
    ("choose:\n  prefer: {bitrate: {best: 32}}", "2:22: choose.prefer.bitrate.best: unknown key"),
    ("choose:\n  prefer: {editions: ['']}", "2:23: choose.prefer.editions[0]: is empty"),
    ("choose: {ladder_days: [1, 0]}", "1:27: choose.ladder_days[1]: should be greater than 0"),
    ("retry: {first: 5}", "1:16: retry.first: should be a time with its unit"),
    ("retry: {first: 1d, most: 1h}", "1:1: retry: first has to be more than 0 and not more than most"),
    ("watch: {stalled_after: soon}", "1:24: watch.stalled_after: should be a time with its unit"),
    ("watch: {stalled_after: 99999999999999w}", "1:24: watch.stalled_after: is far too long a time"),
    ("mqtt: {tls: {check_hostname: perhaps}}", "1:30: mqtt.tls.check_hostname: should be yes or no"),
    ("verify: {runtime_tolerance: 2%}", "1:29: verify.runtime_tolerance: should be a number"),
    ("verify: {decode: sometimes}", "1:18: verify.decode: should be 'auto', 'always' or 'never'"),
    (
        "shelve: {method: [hardlnk]}",
        "1:19: shelve.method[0]: should be 'hardlink', 'reflink' or 'copy'; did you mean hardlink?",
    ),
    ("dry_run: [yes]", "1:1: dry_run: should be yes or no"),
    ("plugin_folders: [nowhere]", "1:18: plugin_folders[0]: nowhere cannot be used (No such file or directory)"),
    ("plugin_folders: [daemon.yaml]", "1:18: plugin_folders[0]: daemon.yaml is not a folder"),
]

PLUGINS = [
    ("plugins: x", "1:10: plugins: should be a section with one entry for each instance"),
    ("plugins:\n  site: x", "2:9: plugins.site: should be a section of `key: value`"),
    ("plugins:\n  site: {}", "2:3: plugins.site.session: is missing"),
    ("plugins:\n  site: {sesion: a}", "2:10: plugins.site.sesion: unknown key; did you mean session?"),
    (
        "plugins:\n  site:\n    session: a\n    enabeld: no",
        "4:5: plugins.site.enabeld: unknown key; did you mean enabled?",
    ),
    ("plugins:\n  site: {session: a, enabled: maybe}", "2:31: plugins.site.enabled: should be yes or no"),
    ("plugins:\n  site: {session: a, slots: -1}", "2:29: plugins.site.slots: should be greater than or equal to 0"),
    ("plugins:\n  site: {session: [a]}", "2:10: plugins.site.session: should be plain text"),
    ("plugins:\n  sight: {session: a}", "2:3: plugins.sight: there is no plugin of this name; write its `type` below"),
    (
        "plugins:\n  a: {type: sit, session: a}",
        "2:13: plugins.a.type: there is no plugin of this name; did you mean site?",
    ),
    ("plugins:\n  a: {type: [site]}", "2:7: plugins.a.type: should be plain text"),
    (
        "plugins:\n  My Site: {type: site, session: a}",
        "2:3: plugins.My Site: this name has to be of a-z, 0-9, _ and - only",
    ),
    (
        "plugins:\n  list: {genres: {a: {cuont: 3}}}",
        "2:23: plugins.list.genres.a.cuont: unknown key; did you mean count?",
    ),
    ("plugins:\n  list: {genres: {a: many}}", "2:22: plugins.list.genres.a: should be a whole number or a section of"),
    ("plugins:\n  list: {genres: fantasy}", "2:18: plugins.list.genres: should be a list or a section of"),
    ("plugins:\n  client: {url:x}", "2:12: plugins.client.url: this is no key; a space is missing after the colon"),
]

ROUTES = [
    (
        "client: {url: http://a}\n  other: {type: client, url: http://b}",
        "3:3: plugins.other: there is more than one download",
    ),
    ("server: {token: a}\n  other: {type: server, token: b}", "3:3: plugins.other: there is more than one library"),
    (
        "client: {url: http://a}\nroute: {download_client: cleint}",
        "3:26: route.download_client: there is no instance of",
    ),
    ("client: {url: http://a}\nroute: {library: client}", "3:18: route.library: this instance is no library"),
    ("client: {url: http://a, enabled: no}\nroute: {download_client: client}", "this instance is not enabled"),
    (
        "client: {type: nothing}\nroute: {download_client: client}",
        "3:26: route.download_client: this instance cannot be",
    ),
    (
        "client: {url: http://a}\nroute: {downlod_client: client}",
        "3:9: route.downlod_client: unknown key; did you mean",
    ),
]

JOBS = [
    ("jobs: [x]", "1:1: jobs: should be a section with one entry for each job"),
    ("jobs:\n  a: {do: [grab]}", "2:3: jobs.a.at: is missing"),
    ("jobs:\n  a: {at: 1 2 3, do: [grab]}", "2:11: jobs.a.at: a cron time has five fields"),
    ("jobs:\n  a: {at: 1 * * * *}", "2:3: jobs.a.do: is missing"),
    ("jobs:\n  a: {at: 1 * * * *, do: []}", "2:22: jobs.a.do: is empty"),
    ("jobs:\n  a: {at: 1 * * * *, do: grab}", "2:26: jobs.a.do: should be a list"),
    (
        "jobs:\n  a: {at: 1 * * * *, do: [grap]}",
        "2:27: jobs.a.do[0]: there is no action of this name; did you mean grab?",
    ),
    ("jobs:\n  a: {at: 1 * * * *, do: [{grap: {}}]}", "2:28: jobs.a.do[0].grap: there is no action of this name"),
    ("jobs:\n  a: {at: 1 * * * *, do: [{grab: 3}]}", "2:34: jobs.a.do[0].grab: the arguments should be a section"),
    ("jobs:\n  a: {at: 1 * * * *, do: [{a: , b: }]}", "2:27: jobs.a.do[0]: should be the name of one action"),
    (
        "jobs:\n  a: {at: 1 * * * *, do: [{choose: {limt: 3}}]}",
        "2:37: jobs.a.do[0].choose.limt: unknown key; did you mean",
    ),
    ("jobs:\n  a: {at: 1 * * * *, do: [{choose: {limit: few}}]}", "2:44: jobs.a.do[0].choose.limit: should be a whole"),
    ("jobs:\n  a: {at: 1 * * * *, do: [grab], catch_up: 24}", "2:44: jobs.a.catch_up: should be a time with its unit"),
    ("jobs:\n  A/b: {at: 1 * * * *, do: [grab]}", "2:3: jobs.A/b: this name has to be of"),
    ("plugins:\n  site: {session: a}\njobs:\n  a: {at: 1 * * * *, do: [site.acount]}", "did you mean site.account?"),
]


@pytest.mark.parametrize(("text", "expected"), [*SECTIONS, *PLUGINS, *JOBS])
def test_a_mistake_is_named_at_its_place(mistakes: Mistakes, text: str, expected: str) -> None:
    found = mistakes(text)
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith("daemon.yaml:")


@pytest.mark.parametrize(("text", "expected"), ROUTES)
def test_a_wrong_route_is_named_at_its_place(mistakes: Mistakes, text: str, expected: str) -> None:
    assert any(expected in line for line in mistakes(f"plugins:\n  {text}"))


def test_a_slip_in_a_required_key_is_one_mistake(mistakes: Mistakes) -> None:
    found = mistakes("plugins:\n  site: {pace: 1, sessoin: a}\n")
    assert found == ["daemon.yaml:2:19: plugins.site.sessoin: unknown key; did you mean session?"]


def test_a_strange_key_does_not_hide_a_missing_one(mistakes: Mistakes) -> None:
    assert len(mistakes("plugins:\n  site: {colour: blue}\n")) == 2


def test_everything_is_reported_together_in_the_order_of_the_file(mistakes: Mistakes) -> None:
    found = mistakes("""\
        jobs:
          hunt: {at: never, do: [chose]}
        plugins:
          site: {session: !secret gone}
          list: {strict: perhaps}
        retry: {first: x}
        log: {colour: yes}
        """)
    places = [line.split(": ")[0].removeprefix("daemon.yaml:") for line in found]
    assert places == ["2:14", "2:26", "4:19", "5:18", "6:16", "7:7"]


FAULTY_LINES = [
    ("general", "dry_run: perhaps"),
    ("general", "timezone: Nowhere/Land"),
    ("general", "log: {level: shout}"),
    ("general", "retry: {most: never}"),
    ("general", "watch: {stalled_after: 3}"),
    ("general", "verify: {runtime_tolerance: 7}"),
    ("general", "shelve: {method: [teleport]}"),
    ("general", "colour: blue"),
    ("plugins", "  broken: {type: nothing}"),
    ("plugins", "  site: {session: a, pace: fast}"),
    ("plugins", "  list: {genres: {a: {days: x}}}"),
    ("plugins", "  client: {url: !env MISSING}"),
    ("plugins", "  UPPER: {type: server, token: a}"),
    ("jobs", "  one: {at: x, do: [grab]}"),
    ("jobs", "  two: {at: 0 1 * * *, do: [fly]}"),
    ("jobs", "  three: {at: 0 1 * * *, do: [grab], tomorrow: yes}"),
    ("jobs", "  four: {at: 0 1 * * *, do: [{choose: {limit: x}}]}"),
]


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_n_mistakes_reports_n(mistakes: Mistakes, seed: int) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(FAULTY_LINES, chance.randint(1, len(FAULTY_LINES)))
    sections = ["general", "plugins", "jobs"]
    chance.shuffle(sections)
    lines, faulty = [], []
    for section in sections:
        if section != "general":
            lines.append(f"{section}:")
        for _, line in (one for one in chosen if one[0] == section):
            lines.append(line)
            faulty.append(len(lines))
            if chance.random() < 0.3:
                lines.append(chance.choice(["", "# a remark"]))
    found = mistakes("\n".join(lines))
    assert [int(line.split(":")[1]) for line in found] == faulty
