"""Writes the naming templates of other programs in our own language, and fills them."""

from __future__ import annotations

import re
from typing import Any

from audiobook_daemon.config.templates import FILE_FIELDS, read_template
from audiobook_daemon.shelving.naming.render import render
from audiobook_daemon.shelving.naming.safe import LONGEST, clean

Case = dict[str, Any]

_FIELDS = {
    "author": "author",
    "title": "title",
    "subtitle": "subtitle",
    "series": "series",
    "seriesposition": "position",
    "seriespart": "position",
    "seriesnumber": "position",
    "narrator": "narrator",
    "year": "year",
    "asin": "asin",
    "partnumber": "part",
    "ext": "format",
}
_VALUES = {
    **{name: name for name in ("author", "title", "subtitle", "series", "narrator", "year", "asin", "part")},
    "number": "position",
    "ext": "format",
}
_OURS = {"braces", "readmeabook", "shelfmark"}
"""The dialects whose braces mean what ours do; the others also change the case and the blanks of values."""


def fill(case: Case) -> str:
    """Fill a template of another program; raises NotImplementedError for a dialect that ours cannot say."""
    if case["dialect"] not in _OURS:
        raise NotImplementedError(case["dialect"])
    values = {_VALUES[name]: clean(str(value)) for name, value in case["values"].items() if name in _VALUES and value}
    return "/".join(render(read_template(_translated(case["template"]), FILE_FIELDS), values, LONGEST))


def _translated(template: str) -> str:
    text = template.replace("\\{", "{").replace("\\}", "}").replace("/}", "}/")
    return re.sub(r"[A-Za-z]+", lambda word: _FIELDS.get(word[0].lower(), word[0]), text)
