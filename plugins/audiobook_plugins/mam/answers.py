"""Tells what an answer of the site means: data, a dead session, a fault of the site, or a refusal.

A dead session has many faces (a 403 sentence, the login page, an empty page, a redirect, a fragment); a person has to
make a new one. A fault of the site mends itself. The two must not be taken for each other.
"""

from __future__ import annotations

import html
import json
import re
from typing import NoReturn

from audiobook_daemon import AuthFailed, HttpAnswer, Refused, Unavailable

NEW_SESSION = (
    "Create a new API session on the site (Preferences, Security, Create session, with the address of this machine), "
    "copy its value into `session` of this instance, and use it in no other program."
)

_READ_CHARACTERS = 20_000
_DOWNLOAD_PAUSE = 30.0
_HIDDEN = re.compile(r"<(style|script)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_LOGIN = re.compile(r"takelogin\.php|<title>\s*login|type=[\"']password|not signed in", re.IGNORECASE)
_SITE_TROUBLE = re.compile(
    r"maintenance|back soon|temporarily|try again later|database|overload|fatal error|warning\s*:", re.IGNORECASE
)
_FREEZE = re.compile(r"past unsatisfied limit", re.IGNORECASE)
_FREEZE_LEFT = re.compile(r"till download allowed:?\s*(?:(\d{1,3})d\s*)?(\d{1,3}):(\d{2}):(\d{2})", re.IGNORECASE)
_TORRENT = re.compile(rb"d\d{1,3}:")

# What the site says, what it means for people, and whether the cookie itself is dead (then the seed may still live).
_SENTENCES = (
    (
        "ip mismatch",
        "the session is locked to another IP address",
        "Call from the address the session was made for, or make a session for this address on the site.",
        False,
    ),
    (
        "asn mismatch",
        "the session is locked to another network (ASN)",
        "Add an address of this network to the session on the site (Preferences, Security, Manage session).",
        False,
    ),
    (
        "not allowed this function",
        "the session may not do this",
        "Make a session with `Allow session to set dynamic seedbox`, or switch `update_seedbox` off.",
        False,
    ),
    ("non-api session", "the session is a browser's", NEW_SESSION, False),
    (
        "unrecognized host/passkey",
        "the address of this machine is not registered for the account",
        "Register it on the site, or switch `update_seedbox` on if the download client shares this machine's address.",
        False,
    ),
    ("invalid session - other", "the session is not accepted", NEW_SESSION, False),
    ("invalid session", "the session has ended", NEW_SESSION, True),
    ("no session cookie", "the session did not arrive", NEW_SESSION, True),
    ("not signed in", "the session has ended", NEW_SESSION, True),
)


class SessionEnded(AuthFailed):
    """The cookie itself is dead; the configured seed may still be alive."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} {NEW_SESSION}")


def read_json(answer: HttpAnswer) -> object:
    """Read the JSON of an answer.

    Raises SessionEnded or AuthFailed for every face of a session that is not accepted, Unavailable (with the time
    the site asked for) for its faults.
    """
    _refuse_status(answer)
    body = answer.body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise SessionEnded("MyAnonamouse answered with an empty page, as it does when the session has ended.")
    if body[:1] not in b'{["':
        _refuse_words(answer)
        if body[:1] == b"<":
            _refuse_page(answer)
    return answer.json()


def read_download(answer: HttpAnswer) -> bytes:
    """Return the content of a .torrent file.

    Raises Refused (`vip_only`, `gone`), Unavailable (freeze, too many downloads, faults) or AuthFailed.
    """
    if answer.status == 200 and _TORRENT.match(answer.body):
        return answer.body
    words = words_of(answer)
    if _FREEZE.search(words):
        raise _frozen(words)
    if "not VIP or higher" in words:
        raise Refused("The torrent is for VIP members only, and the account is none.", "vip_only")
    if answer.status in {404, 410}:
        raise Refused("The torrent is gone from MyAnonamouse.", "gone")
    if answer.status == 429:
        wait = answer.retry_after
        raise Unavailable("MyAnonamouse wants fewer downloads.", _DOWNLOAD_PAUSE if wait is None else wait)
    _refuse_status(answer)
    if not answer.body.strip():
        raise Unavailable("MyAnonamouse sent an empty page instead of the torrent.")
    if _LOGIN.search(_raw(answer)):
        raise SessionEnded("MyAnonamouse sent its login page instead of the torrent: the session has ended.")
    _refuse_words(answer)
    raise Unavailable(f"MyAnonamouse sent a page instead of the torrent: {words[:200]}")


def words_of(answer: HttpAnswer) -> str:
    """Reduce a page, a JSON message or a sentence to its plain words."""
    raw = _raw(answer)
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        raw = str(next((document[key] for key in ("msg", "Message", "error", "message") if key in document), raw))
    plain = html.unescape(_MARKUP.sub(" ", _HIDDEN.sub(" ", raw)))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in plain).split())


def _refuse_status(answer: HttpAnswer) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        place = answer.headers.get("location", "")
        if not place or "login" in place.lower():
            raise SessionEnded("MyAnonamouse sent us to its login page: the session has ended.")
        raise Unavailable(f"MyAnonamouse sent us elsewhere (status {status}) instead of answering.")
    if status in {401, 403}:
        _refuse_words(answer)
        words = words_of(answer)[:200] or "no reason given"
        raise AuthFailed(f"MyAnonamouse refused the session (status {status}: {words}). {NEW_SESSION}")
    if status == 429:
        raise Unavailable("MyAnonamouse asks for fewer questions (status 429).", answer.retry_after)
    raise Unavailable(f"MyAnonamouse answered with status {status}.", answer.retry_after)


def _refuse_words(answer: HttpAnswer) -> None:
    words = words_of(answer)
    for sentence, what, remedy, dead in _SENTENCES:
        if sentence in words.lower():
            said = f"MyAnonamouse says {words[:120]!r}: {what}."
            raise SessionEnded(said) if dead else AuthFailed(f"{said} {remedy}")


def _refuse_page(answer: HttpAnswer) -> NoReturn:
    if not _LOGIN.search(_raw(answer)) and _SITE_TROUBLE.search(words_of(answer)):
        raise Unavailable(f"MyAnonamouse answered with a page instead of data: {words_of(answer)[:200]}")
    raise SessionEnded("MyAnonamouse answered with a web page instead of data, as it does when the session has ended.")


def _frozen(words: str) -> Unavailable:
    found = _FREEZE_LEFT.search(words)
    if found is None:
        return Unavailable("MyAnonamouse has frozen downloads: too many torrents are not yet seeded long enough.")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    wait = float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    left = f"{days} d {hours} h {minutes} min" if days else f"{hours} h {minutes} min"
    sentence = "MyAnonamouse has frozen downloads, for too many torrents are not yet seeded long enough"
    return Unavailable(f"{sentence}; they are allowed again in {left}.", wait)


def _raw(answer: HttpAnswer) -> str:
    return answer.body[:_READ_CHARACTERS].decode("utf-8", "replace")
