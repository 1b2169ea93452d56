"""The session cookie `mam_id`: handed out anew with every accepted call, and how a dead one is answered."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote

from aiohttp import web

from audiobook_daemon.demo.mam import pages

COOKIE = "mam_id"

NO_COOKIE = "No Session Cookie"
ENDED = "Invalid session"
STALE = "Invalid session - Invalid Cookie"
IP_MISMATCH = "Invalid session - IP mismatch"
ASN_MISMATCH = "Invalid session - ASN mismatch"

_LIFE_SECONDS = 30 * 86_400


class DeadSession(StrEnum):
    """The ways the site answers a call whose session it does not accept; all of them have been seen."""

    SENTENCE = "sentence"
    """403 and the bare reason."""
    STYLED_PAGE = "styled-page"
    """403 and a web page with a style block around the reason."""
    LOGIN_PAGE = "login-page"
    """200 and the login page."""
    EMPTY = "empty"
    """200 and no body."""
    REDIRECT = "redirect"
    """302 to the login page."""
    NOT_SIGNED_IN = "not-signed-in"
    """200 and a fragment of a page."""


class Session:
    """One API session of the site.

    Only the newest value is accepted; with `grace` the one before it as well, as a site would whose answer got
    lost on the way. `mismatch` (`IP_MISMATCH`, `ASN_MISMATCH`) locks the session without ending it.
    """

    def __init__(self, value: str, *, grace: bool = False) -> None:
        self.value = value
        """The newest value, exactly as it travels (URL-encoded)."""
        self.grace = grace
        self.mismatch: str | None = None
        self.answered = DeadSession.SENTENCE
        """How a call that is not accepted is answered."""
        self._seed = value
        self._previous: str | None = None
        self._rotations = 0
        self._ended = False

    def end(self) -> None:
        """End the session: from now on the site sends `mam_id=deleted`."""
        self._ended = True

    def check(self, value: str | None) -> str | None:
        """Say why this cookie is not accepted; None means that it is, and that the value has now changed."""
        if not value:
            return NO_COOKIE
        if self._ended:
            return ENDED
        if self.mismatch is not None:
            return self.mismatch
        if value != self.value and not (self.grace and value == self._previous):
            return STALE
        self._rotations += 1
        self._previous, self.value = self.value, f"{self._seed}%2Brotated-{self._rotations:04d}"
        return None

    def hand_out(self, answer: web.StreamResponse) -> None:
        """Put the newest value, or the word that the session has ended, into an answer."""
        value, seconds = ("deleted", 0) if self._ended else (self.value, _LIFE_SECONDS)
        answer.headers.add("Set-Cookie", f"{COOKIE}={value}; Max-Age={seconds}; path=/; HttpOnly")

    def refuse(self, request: web.Request, reason: str) -> web.Response:
        """Answer a call that `check` did not accept."""
        answer = self._refusal(request, reason)
        if reason == ENDED:
            self.hand_out(answer)
        return answer

    def _refusal(self, request: web.Request, reason: str) -> web.Response:
        match self.answered:
            case DeadSession.SENTENCE:
                return _page(reason, 403)
            case DeadSession.STYLED_PAGE:
                return _page(pages.styled(reason), 403)
            case DeadSession.LOGIN_PAGE:
                return _page(pages.LOGIN)
            case DeadSession.EMPTY:
                return _page("")
            case DeadSession.NOT_SIGNED_IN:
                return _page("Error, you are not signed in <br />Other error")
            case DeadSession.REDIRECT:
                answer = _page("", 302)
                answer.headers["Location"] = f"/login.php?returnto={quote(request.path, safe='')}"
                return answer


def _page(text: str, status: int = 200) -> web.Response:
    return web.Response(status=status, content_type="text/html", text=text)
