"""Carries a sentence from the form that did something to the page that is shown next, in a cookie of a minute."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from aiohttp import web

_COOKIE = "said"
_SECONDS = 60
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to say about what was asked for."""

    text: str
    bad: bool = False


def say(answer: web.Response, said: Said, path: str) -> None:
    """Let the next page say something."""
    value = quote(("!" if said.bad else ".") + said.text[:_LONGEST])
    answer.set_cookie(_COOKIE, value, max_age=_SECONDS, path=path, httponly=True, samesite="Strict")


def heard(request: web.Request) -> Said | None:
    """Return what this page is to say."""
    value = unquote(request.cookies.get(_COOKIE, ""))
    return Said(value[1 : _LONGEST + 1], value[0] == "!") if value[:1] in {"!", "."} and len(value) > 1 else None


def forget(answer: web.Response, path: str) -> None:
    """Say it once only."""
    answer.del_cookie(_COOKIE, path=path)
