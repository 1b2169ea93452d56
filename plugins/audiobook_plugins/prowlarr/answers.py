"""Tells what an answer of Prowlarr means: data, a wrong key, a start under way, or somebody else before it."""

from __future__ import annotations

import html
import json
import re

from audiobook_daemon import AuthFailed, HttpAnswer, Unavailable
from audiobook_plugins.prowlarr.reading import text

KEY_REMEDY = "Copy the API key from Prowlarr (Settings, General, Security) into `key` of this instance."

_READ_CHARACTERS = 20_000
_TOLD_CHARACTERS = 200
_HIDDEN = re.compile(r"<(style|script)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_DESCRIPTION = re.compile(r"""<error\b[^<>]*\bdescription=("[^"]*"|'[^']*')""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w+.-])[\w+.-]+:(?://|\?)\S+")


def read_json(answer: HttpAnswer) -> object:
    """Read the JSON of an answer.

    Raises AuthFailed if the key is refused (which Prowlarr says with an empty page), Unavailable for everything else
    that is no data, with the time to wait if that is told.
    """
    refuse_status(answer)
    return answer.json()


def refuse_status(answer: HttpAnswer) -> None:
    """Raise what a status other than 2xx means, as `read_json` does."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status in {401, 403}:
        raise AuthFailed(f"Prowlarr refused the API key (status {status}). {KEY_REMEDY}")
    if 300 <= status < 400:
        raise Unavailable(f"Prowlarr's address leads elsewhere (status {status}); `url` must lead to Prowlarr itself.")
    told = words_of(answer)
    raise Unavailable(f"Prowlarr answered with status {status}{f': {told}' if told else ''}.", answer.retry_after)


def words_of(answer: HttpAnswer) -> str:
    """Reduce an error body, whatever it is, to its plain words; addresses in it may hold pass keys and are left out."""
    raw = answer.body[:_READ_CHARACTERS].decode("utf-8", "replace")
    if found := _DESCRIPTION.search(raw):
        return _plain(found[1][1:-1])
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return _plain(_MARKUP.sub(" ", _HIDDEN.sub(" ", raw)))
    # Refused members come as a list of complaints, everything else as one object; `description` is a stack trace.
    entries = document if isinstance(document, list) else [document]
    told = (
        text(entry.get("message")) or text(entry.get("errorMessage")) for entry in entries if isinstance(entry, dict)
    )
    return _plain("; ".join(filter(None, told)))


def _plain(words: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in html.unescape(words))
    told = " ".join(_ADDRESS.sub("<address>", printable).split())
    return told[:_TOLD_CHARACTERS].strip().rstrip(".")
