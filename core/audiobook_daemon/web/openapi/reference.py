"""The pages that show the description; all they load comes from here."""

from __future__ import annotations

import html
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aiohttp import web

_STATIC = Path(__file__).parent.parent / "static"
_SWAGGER, _REDOC = _STATIC / "vendor" / "swagger-ui", _STATIC / "vendor" / "redoc"
ASSETS = {
    file.name: file
    for file in (
        _SWAGGER / "swagger-ui-bundle.js",
        _SWAGGER / "swagger-ui.css",
        _REDOC / "redoc.standalone.js",
        _STATIC / "swagger.js",
        _STATIC / "redoc.js",
    )
}
DOCUMENT = "/api/openapi.json"
_PICTURE = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
_REDOC_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",  # an empty one, which it fills afterwards
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",  # that of its scroll bars
)
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{styles}
</head>
<body>
<main id="reference" data-description="{description}" data-token="{token}" data-nonce="{nonce}"></main>
{scripts}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """One way to show the description."""

    path: str
    title: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...] = ()
    own_styles: tuple[str, ...] = ()
    """The sums of styles that its script brings along."""

    def response(self, prefix: str, token: str = "") -> web.Response:
        """Return the page; with a `token` it may act for whoever is logged in."""
        nonce = secrets.token_urlsafe(16)
        base = html.escape(prefix)
        text = _PAGE.format(
            title=html.escape(self.title),
            styles="\n".join(f'<link rel="stylesheet" href="{base}/docs/assets/{name}">' for name in self.styles),
            scripts="\n".join(f'<script src="{base}/docs/assets/{name}"></script>' for name in self.scripts),
            description=base + DOCUMENT,
            token=html.escape(token),
            nonce=nonce,
        )
        headers = {"Content-Security-Policy": _policy(nonce, self.own_styles), "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)


PAGES = (
    ReferencePage("/docs", "API: Swagger UI", ("swagger-ui-bundle.js", "swagger.js"), ("swagger-ui.css",)),
    ReferencePage("/redoc", "API: ReDoc", ("redoc.standalone.js", "redoc.js"), own_styles=_REDOC_STYLES),
)


def asset(name: str) -> web.StreamResponse:
    """Return a file that a page loads; raises HTTPNotFound."""
    if name not in ASSETS:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "max-age=3600"}
    if name == "redoc.standalone.js":
        return web.Response(body=_without_picture(), content_type="text/javascript", headers=headers)
    return web.FileResponse(ASSETS[name], headers=headers)


@lru_cache(maxsize=1)
def _without_picture() -> bytes:
    """ReDoc fetches the picture of its makers from their server; here it has an empty one."""
    return ASSETS["redoc.standalone.js"].read_bytes().replace(_PICTURE, b"data:image/svg+xml,%3Csvg/%3E")


def _policy(nonce: str, own_styles: tuple[str, ...]) -> str:
    """What these pages may load: nothing from elsewhere, and no script that stands in the page."""
    styles = " ".join(("'self'", f"'nonce-{nonce}'", *own_styles))
    return (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
