"""All steps in their order, over all the values of a book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from audiobook_daemon.catalogue.fields import Values, is_blank
from audiobook_daemon.catalogue.standardising.descriptions import tidy_description
from audiobook_daemon.catalogue.standardising.genres import tidy_genres
from audiobook_daemon.catalogue.standardising.names import tidy_names
from audiobook_daemon.catalogue.standardising.titles import tidy_titles
from audiobook_daemon.models import FieldValue


@dataclass(frozen=True, slots=True)
class Forms:
    """Which steps are taken, and what people may set about them."""

    steps: Collection[str] = ("names", "title", "description", "genres")
    genres: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Genres that are called otherwise; the names in any case, an empty one drops the genre."""
    most_genres: int = 8


def standardised(values: Values, forms: Forms) -> dict[str, FieldValue]:
    """The values in their proper form; nothing becomes blank, and a series moved out of a title is a series."""
    found = dict(values)
    for name, step in STEPS.items():
        if name in forms.steps:
            changed = step(found, forms)
            found.update({field: value for field, value in changed.items() if not is_blank(value)})
    return found


def _names(values: Values, _: Forms) -> dict[str, FieldValue]:
    return {field: tidy_names(values[field], writers=field == "authors") for field in _PEOPLE if field in values}


def _genres(values: Values, forms: Forms) -> dict[str, FieldValue]:
    return {"genres": tidy_genres(values["genres"], forms.genres, forms.most_genres)} if "genres" in values else {}


def _description(values: Values, _: Forms) -> dict[str, FieldValue]:
    return {"description": tidy_description(values["description"])} if "description" in values else {}


_PEOPLE: Final = ("authors", "narrators")
STEPS: Final[Mapping[str, Callable[[Values, Forms], Mapping[str, FieldValue]]]] = {
    "names": _names,
    "title": lambda values, _: tidy_titles(values),
    "description": _description,
    "genres": _genres,
}
"""By the names that the configuration has for them."""
