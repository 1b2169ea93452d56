"""The files in config/ are what the program writes, and they are valid with the built-in plugins."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from audiobook_daemon.config import (
    Catalogue,
    Configuration,
    PluginCatalogue,
    Step,
    load,
    render_example,
    render_schema,
    render_secrets,
)
from audiobook_daemon.scheduler.cron import check_cron

FOLDER = Path(__file__).parents[3] / "config"
ACTIONS = (
    *("gather", "choose", "grab", "watch", "verify", "shelve", "cleanup"),
    *("mam_scan", "metadata_full", "metadata_new", "metadata_import", "series_completion", "author_completion"),
    *("sync", "recount", "find_duplicates", "audit", "follow_up", "backup", "trackers", "check_update"),
)


@pytest.fixture(scope="module")
def builtin() -> PluginCatalogue:
    points = {point.name: point for point in entry_points(group="audiobook_daemon.plugins")}
    return Catalogue(sorted(points), lambda name: points[name].load())


def test_the_example_is_what_init_writes() -> None:
    assert (FOLDER / "audiobook-daemon.yaml").read_text("utf-8") == render_example()
    assert (FOLDER / "secrets.example.yaml").read_text("utf-8") == render_secrets()


def test_the_schema_is_up_to_date(builtin: PluginCatalogue) -> None:
    assert (FOLDER / "schema.json").read_text("utf-8") == render_schema(builtin), "run: make generated"


def test_the_example_is_valid(tmp_path: Path, builtin: PluginCatalogue) -> None:
    found = _load(FOLDER / "audiobook-daemon.yaml", tmp_path, builtin)
    assert found.warnings == ()
    assert [one.name for one in found.instances] == [
        *("mam", "top10", "audnexus", "open_library", "google_books", "qbittorrent", "audiobookshelf"),
    ]
    assert not any(one.auto_grab for one in found.instances)
    assert (found.route.download_client, found.route.library) == ("qbittorrent", "audiobookshelf")
    assert {job.name: job.at for job in found.jobs} == {
        "lists": "30 5 * * *",
        "sync": "15 */6 * * *",
        "backup": "0 0 * * *",
        "cleanup": "0 1 * * *",
        "mam": "0 2 * * *",
        "top10": "0 3 * * sun",
        "metadata_full": "0 4 1 * *",
        "metadata_new": "30 4 * * sun",
        "series": "0 3 2 * *",
        "authors": "0 3 3 * *",
        "trackers": "10,40 * * * *",
        "update": "45 5 * * *",
        "hunt": "*/30 * * * *",
        "tend": "* * * * *",
    }
    assert found.job("top10").do == (Step("gather", {"only": ["top10"]}),)
    assert found.job("tend").do == (Step("watch"), Step("verify"), Step("shelve"), Step("metadata_import"))


NO_DEFAULTS = {
    "database",
    "timezone",
    "username",
    "password",
    "tls",
    "auto_grab",
    "genres",
    "route",
    "plugin_folders",
    "prowlarr",
    "hardcover",
    "goodreads",
    "book_list",
    "fill",
    "trust",
    "follow",
    "genre_names",
    "standby",
    "file",
    "phone",
    "updates",
    "type",
    "urls",
    "quiet_hours",
    "urgent",
    "digest",
}


def test_what_is_commented_out_shows_the_defaults(tmp_path: Path, builtin: PluginCatalogue) -> None:
    shown = []
    lines = []
    for line in (FOLDER / "audiobook-daemon.yaml").read_text("utf-8").splitlines():
        match = re.fullmatch(r"( *)# ( *([a-z_]+):.*)", line)
        if match and match[3] not in NO_DEFAULTS:
            shown.append(match[3])
            lines.append(match[1] + match[2])
        else:
            lines.append(line)
    stated = tmp_path / "stated.yaml"
    stated.write_text("\n".join(lines))
    assert {"dry_run", "level", "port", "commands", "min_size", "margin", "retry", "shelve", "walk"} <= set(shown)
    plain = _load(FOLDER / "audiobook-daemon.yaml", tmp_path, builtin)
    assert _load(stated, tmp_path, builtin) == plain


def _load(file: Path, folder: Path, catalogue: PluginCatalogue) -> Configuration:
    copy = folder / "copy.yaml"
    shutil.copy(file, copy)
    secrets = folder / "secrets.yaml"
    secrets.write_text((FOLDER / "secrets.example.yaml").read_text("utf-8").replace("''", "'filled-in'"))
    secrets.chmod(0o600)
    actions = dict.fromkeys(ACTIONS)
    return load(copy, catalogue, check_cron=check_cron, known_actions=actions, environ={"TZ": "UTC"})
