"""Programs that one would take instead of ours, run beside it where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote_plus

from audiobook_daemon.demo.ports import free_ports

_STARTED_WITHIN = 60.0
_LOOK = 0.1


@contextmanager
def datasette(database: Path) -> Iterator[str | None]:
    """Serve a database by Datasette, and give its address; None where the command is not found."""
    command = shutil.which("datasette")
    if command is None:
        yield None
        return
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [command, "serve", str(database), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(f"{address}/-/versions.json")
            yield f"{address}/{database.stem}"
        finally:
            server.kill()


def search_of(words: str) -> str:
    """The path of the same search as ours: the newest ten books with words that begin so, and how many there are.

    Datasette also suggests facets, which takes it seconds; that is left out, for nobody asks us for them.
    """
    asked = quote_plus(" ".join(f"{word}*" for word in words.split()))
    table = "_fts_table=book_words&_fts_pk=id&_searchmode=raw"
    return f"/books.json?_search={asked}&{table}&_size=10&_sort_desc=id&_shape=objects&_nofacet=1&_nosuggest=1"


def _wait_for(address: str) -> None:
    until = time.monotonic() + _STARTED_WITHIN
    while True:
        try:
            urllib.request.urlopen(address, timeout=_STARTED_WITHIN).close()
            return
        except URLError:
            if time.monotonic() > until:
                raise
        time.sleep(_LOOK)
