"""How long the owned edition should be, as the sources state it: what an audit holds the recording against."""

from __future__ import annotations

from audiobook_daemon.catalogue.identifying import Identified, names_in
from audiobook_daemon.catalogue.soundness import sound_runtime
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.ids import normal_asin
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import LibraryItem, Statement


def stated_runtime(item: LibraryItem, known: Identified, weight: float) -> Statement | None:
    """What a record states of the running time, in whole seconds, if it is of the edition one owns.

    The edition is known by its ASIN or its readers, and not by its length: one that differs is just what is looked for.
    """
    runtime = sound_runtime(known.facts.runtime)
    if runtime is None or not _same_edition(item, known):
        return None
    return Statement("runtime", known.facts.source, round(runtime), round(weight, 3), known.facts.key)


def _same_edition(item: LibraryItem, known: Identified) -> bool:
    if bool(item.abridged) != bool(known.values.get("abridged")):
        return False
    asin = normal_asin(item.book.asin or "")
    if asin is not None and "asin" in known.values:
        return known.values["asin"] == asin
    return agreement(item.narrators, names_in(known.values, "narrators")) is Likeness.SAME
