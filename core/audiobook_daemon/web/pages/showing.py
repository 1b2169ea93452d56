"""Answers requests for pages, and what their forms send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Health, WantState
from audiobook_daemon.web.access import Caller
from audiobook_daemon.web.access.sessions import csrf_token, keep_visitor
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.pages.entry import Done, Entry
from audiobook_daemon.web.pages.reading import BACK, asked_of, read_form
from audiobook_daemon.web.pages.said import Said, forget, heard, say
from audiobook_daemon.web.refusals import refusal_of

PageHandler = Callable[[web.Request, Desk], Awaitable[web.StreamResponse]]


class Showing:
    """Makes handlers of entries; what the daemon lends is the same for all."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    def page(self, entry: Entry) -> PageHandler:
        """Return what shows a page."""

        async def handle(request: web.Request, desk: Desk) -> web.StreamResponse:
            try:
                asked = asked_of(entry, request.query, request.match_info)
                found = await entry.function(desk, asked)
            except AudiobookDaemonError as error:
                refusal = refusal_of(error)
                return await self.problem(request, desk.caller, refusal.status, str(refusal), refusal.hint)
            if isinstance(found, web.StreamResponse):
                return found
            context = {"title": entry.title, "here": entry.place, **found}
            return await self.answer(request, desk.caller, entry.template, context)

        return handle

    def deed(self, entry: Entry) -> PageHandler:
        """Return what does what a form asks for, and then shows a page that tells of it."""

        async def handle(request: web.Request, desk: Desk) -> web.StreamResponse:
            back = "/"
            try:
                fields = await read_form(request)
                back = inside(fields.get(BACK, "/"))
                asked = asked_of(entry, fields, request.match_info)
                done: Done = await entry.function(desk, asked)
                said, back = Said(self._lent.redact(done.text)), done.to or back
            except AudiobookDaemonError as error:
                refusal = refusal_of(error)
                said = Said(self._lent.redact(" ".join(filter(None, (str(refusal), refusal.hint)))), bad=True)
            prefix = visit_of(request).prefix
            answer = web.Response(status=303, headers={"Location": prefix + back})
            say(answer, said, f"{prefix}/")
            return answer

        return handle

    async def answer(
        self,
        request: web.Request,
        caller: Caller | None,
        template: str,
        context: Mapping[str, object],
        status: int = 200,
    ) -> web.Response:
        """Write a page for somebody, or for nobody yet."""
        # jinja2 is loaded when it is needed.
        from audiobook_daemon.web.pages.clock import Clock  # noqa: PLC0415
        from audiobook_daemon.web.pages.rendering import render  # noqa: PLC0415

        said, prefix = heard(request), visit_of(request).prefix
        clock = Clock(self._lent.now(), self._lent.configuration().timezone)
        whole = {
            "caller": caller,
            "csrf": csrf_token(request),
            "clock": clock,
            "said": said,
            "prefix": prefix,
            "back": request.rel_url.path_qs.removeprefix(prefix),
            "badges": await self._badges() if caller else {},
            "redact": self._lent.redact,
            "paused": self._lent.source.paused(),
            "come_again": False,
            **context,
        }
        answer = web.Response(text=render(template, whole), status=status, content_type="text/html")
        keep_visitor(request, answer)
        if said:
            forget(answer, f"{prefix}/")
        return answer

    async def problem(
        self, request: web.Request, caller: Caller | None, status: int, text: str, hint: str | None
    ) -> web.Response:
        """Tell in a page why there is nothing to see."""
        heading = _HEADINGS.get(status, "That did not work")
        context = {"title": heading, "here": "", "problem": self._lent.redact(text), "hint": hint}
        return await self.answer(request, caller, "refused.html.j2", context, status)

    async def _badges(self) -> Mapping[str, int]:
        """What waits for a person, by the path of its page."""
        reviews = (await self._lent.source.want_counts()).get(WantState.REVIEW, 0)
        stuck = sum(one.health is Health.NEEDS_PERSON for one in self._lent.source.instances())
        return {"/review": reviews, "/": stuck}


_HEADINGS = {404: "There is nothing here", 403: "Not with this key", 422: "That cannot be read"}


def inside(path: str) -> str:
    """Return a path of ours; whatever might lead elsewhere becomes the first page."""
    parts = urlsplit(path)
    plain = path.isascii() and path.isprintable() and "\\" not in path
    sound = plain and path.startswith("/") and not path.startswith("//") and not parts.scheme and not parts.netloc
    return path if sound else "/"
