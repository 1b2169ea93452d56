"""Makes texts of templates, in a sandbox; the mistakes of a template are found before anything is sent."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST_TITLE = 250
LONGEST_BODY = 3500
_LONGEST_SOURCE = 10_000
_COMMON = frozenset({"at", "instance"})


def _nothing_for_none(value: object) -> object:
    return "" if value is None else value


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    finalize=_nothing_for_none,
    trim_blocks=False,
    keep_trailing_newline=False,
    autoescape=False,  # plain text; whoever makes HTML of it escapes it
)
_ENVIRONMENT.globals.clear()


def mistake_in(source: str, known: Mapping[str, object]) -> str | None:
    """Say what is wrong with a template that may use these variables (their values are a sample), and in which line."""
    if len(source) > _LONGEST_SOURCE:
        return f"the template is longer than {_LONGEST_SOURCE} characters"
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return f"line {error.lineno} of the template: {error.message}"
    names = _COMMON | known.keys()
    bound = {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in names | bound | {"loop"}:
            return f"line {name.lineno} of the template: there is no {name.name!r}{_hint(name.name, names)}"
    try:
        rendered(source, {**dict.fromkeys(_COMMON, "x"), **known})
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return f"line {_line_of(error)} of the template: {str(error).rstrip('.') or type(error).__name__}"
    return None


def rendered(source: str, values: Mapping[str, object]) -> str:
    """Return the text of a template; raises what jinja2 raises, and what the template's own sums raise."""
    return _ENVIRONMENT.from_string(source).render(values).strip()


def shortened(text: str, limit: int) -> str:
    """Cut a text that is too long, visibly."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _hint(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"


def _line_of(error: Exception) -> int:
    """The line that jinja2 has noted in the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
