"""The configuration of the demo, written as a person would write it for a household of their own."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audiobook_daemon.demo.catalogue import Catalogue

_CHART_DAYS = 7
_FILE = """\
# The configuration of the demo. Everything in it is real but the addresses: they lead to this machine only.

database: sqlite://state.db
timezone: UTC

mqtt:
  host: 127.0.0.1
  port: {mqtt_port}
{web}
# The files of the demo are far smaller than real audiobooks, and nobody wants to wait here for a second try.
choose:
  languages: [{languages}]
  min_size: 1KB
  min_bitrate: 8
retry: {{first: 1s, most: 10s}}

# A thousand snippets of silence: ffmpeg would need a minute to say that they are quiet.
verify: {{decode: never}}

plugins:
  mam:
    session: !secret mam_session
    url: {mam}
    tracker_url: {mam}
    pace: 0
    download_pace: 0

  prowlarr:
    url: {prowlarr}
    key: !secret prowlarr_key

  top10:
    auto_grab: yes
    genres:
{genres}

  google_books:
    key: !secret google_books_key
    url: {google_books}
    pace: 0

  audnexus:
    url: {audnexus}
    catalogue: {audible}
    pace: 0

  hardcover:
    token: !secret hardcover_token
    url: {hardcover}
    pace: 0

  open_library:
    contact: demo@example.org
    url: {open_library}
    covers: {open_library}
    pace: 0

  qbittorrent:
    url: {qbittorrent}
    username: {qbittorrent_user}
    password: !secret qbittorrent_password

  audiobookshelf:
    url: {audiobookshelf}
    token: !secret audiobookshelf_token
    library: Audiobooks
    poll: 0.1

jobs:
  top10:
    description: Gather the most snatched new books of each genre
    at: "{at_top10}"
    do: [{{gather: {{only: [top10]}}}}]
  hunt:
    description: Look for releases of wanted books and download the chosen ones
    at: "{at_hunt}"
    do: [choose, grab]
    catch_up: 0
  tend:
    description: Follow downloads until they stand in the library
    at: "{at_tend}"
    do: [watch, verify, shelve]
    catch_up: 0
"""


_TIMES = {"top10": "0 3 * * sun", "hunt": "*/30 * * * *", "tend": "* * * * *"}
_NOT_FOR_LONG = {"top10": "0 3 29 2 *", "hunt": "0 4 29 2 *", "tend": "0 5 29 2 *"}  # a moment in four years

_WEB = """
web:
  listen: 127.0.0.1:{port}
  keys: [!secret web_key]
"""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Where the daemon's own pages are, and the key that opens them."""

    port: int
    key: str

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://127.0.0.1:{self.port}/"


@dataclass(frozen=True, slots=True)
class Access:
    """Where the services are; `secrets` are the values the file only names."""

    mam: str
    prowlarr: str
    google_books: str
    audnexus: str
    audible: str
    """The address of its shops, with `{tld}` where they differ."""
    hardcover: str
    open_library: str
    audiobookshelf: str
    qbittorrent: str
    qbittorrent_user: str
    mqtt_port: int
    secrets: Mapping[str, str]


def write_configuration(
    path: Path,
    access: Access,
    catalogue: Catalogue,
    now: datetime,
    dashboard: Dashboard | None = None,
    *,
    scheduled: bool = True,
) -> None:
    """Write the configuration to `path` and `secrets.yaml` beside it, for its owner alone."""
    languages = ", ".join(sorted({book.language for book in catalogue.books}))
    text = _FILE.format(
        mam=access.mam,
        prowlarr=access.prowlarr,
        google_books=access.google_books,
        audnexus=access.audnexus,
        audible=access.audible,
        hardcover=access.hardcover,
        open_library=access.open_library,
        audiobookshelf=access.audiobookshelf,
        qbittorrent=access.qbittorrent,
        qbittorrent_user=access.qbittorrent_user,
        mqtt_port=access.mqtt_port,
        web=_WEB.format(port=dashboard.port) if dashboard else "",
        languages=languages,
        **{f"at_{job}": at for job, at in (_TIMES if scheduled else _NOT_FOR_LONG).items()},
        genres="\n".join(_genres(catalogue, now)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    known = {**access.secrets, **({"web_key": dashboard.key} if dashboard else {})}
    secrets = "".join(f"{name}: {json.dumps(value)}\n" for name, value in known.items())
    descriptor = os.open(path.with_name("secrets.yaml"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets)


def _genres(catalogue: Catalogue, now: datetime) -> list[str]:
    """A line for each genre, with room for all its books and back to the newest upload of each."""
    lines = []
    for genre in dict.fromkeys(book.genre for book in catalogue.books):
        books = [book for book in catalogue.books if book.genre == genre]
        newest = [max(one.added for one in catalogue.releases if one.book == book) for book in books]
        days = max(_CHART_DAYS, math.ceil((now - min(newest)).total_seconds() / 86400))
        lines.append(f"      {genre}: {{count: {len(books)}, days: {days}}}")
    return lines
