"""Gets the content of a list, from a file or an address; whatever is wrong with it is a sentence."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from audiobook_daemon import AuthFailed, Http, Unavailable
from audiobook_plugins.book_list.config import Listing

LARGEST = 16 * 1024 * 1024
"""Bytes of a list; an export of ten thousand books with their reviews takes less."""
_ADDRESS = re.compile(r"https?://\S+")


def read_file(path: Path) -> bytes:
    """Return the content; raises Unavailable if it is no file, too large, or not to be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device would be waited for without end
            raise Unavailable(f"The list {path} is no file.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unavailable(f"The list {path} cannot be read: {error.strerror or error}.") from error
    if len(content) > LARGEST:
        raise Unavailable(f"The list {path} has more than {LARGEST} bytes; that is no list of books.")
    return content


async def fetch(http: Http, listing: Listing) -> bytes:
    """Return what an address answers; raises Unavailable in words that do not show the address."""
    name = f"The list {listing.called}"
    address = listing.url.get_secret_value() if listing.url else ""
    try:
        answer = await http.request("GET", address, max_bytes=LARGEST)
        if 300 <= answer.status < 400:
            raise Unavailable(
                f"{name} sends us elsewhere (status {answer.status}); it wants a login, or it has moved: write its new "
                "address."
            )
        body = answer.check().body
    except AuthFailed as error:
        # One closed list is no reason to stop the others until a person comes.
        raise Unavailable(f"{name} is closed to us. {_without_address(error, name)}") from None
    except Unavailable as error:
        raise Unavailable(_without_address(error, name), error.retry_after) from None
    if not body.strip():
        raise Unavailable(f"{name} was answered with an empty page.")
    return body


def _without_address(error: Exception, name: str) -> str:
    return _ADDRESS.sub(name, str(error))
