"""Refuses what another site lets a browser ask for in somebody's name."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from audiobook_daemon.web.access.bodies import in_time
from audiobook_daemon.web.access.sessions import is_csrf_token
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.refusals import BadRequest, Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD, HEADER = "csrf_token", "X-CSRF-Token"
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


async def check_forgery(request: web.Request) -> None:
    """Raise Forbidden unless an unsafe request of a browser comes from a page of ours, with the token of its login."""
    if request.method in SAFE:
        return
    check_site(request)
    sent = request.headers.get(HEADER) or (await form_of(request)).get(FIELD, "")
    if not is_csrf_token(request, sent):
        raise Forbidden(
            "This form is not one of ours, or its login has ended.", hint="Load the page again and repeat what you did."
        )


def check_site(request: web.Request) -> None:
    """Raise Forbidden if the browser says that another site asks."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"} or (origin is not None and origin.lower() != visit_of(request).origin):
        raise Forbidden(
            "A page of another site asks for this.",
            hint="Behind a reverse proxy, name it under `web.proxies`, and let it send X-Forwarded-Proto and -Host.",
        )


async def form_of(request: web.Request) -> Mapping[str, str]:
    """Return the fields of a form, or nothing if none was sent; raises BadRequest."""
    if request.content_type not in _FORMS:
        return {}
    try:
        fields = await in_time(request.post())
    except (ValueError, LookupError):
        raise BadRequest("The form cannot be read.") from None
    return {name: value for name, value in fields.items() if isinstance(value, str)}
