"""Which volumes count, and why others do not."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.catalogue.gap_rules import GapRules
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.catalogue.work_kinds import PIECES
from audiobook_daemon.models import WorkKind


def why_not(volume: Volume, volumes: Sequence[Volume], languages: tuple[str, ...], rules: GapRules) -> str | None:
    """Why a volume does not count, or None."""
    work = volume.work
    if volume.kind in rules.skip:
        return f"it is of a kind that is left out: {volume.kind}"
    if volume.kind is WorkKind.OTHER or (volume.kind in PIECES and _has_whole(volume, volumes)):
        return "it is no whole book"
    spoken = {one.book.language for one in volume.works}
    if languages and None not in spoken and not spoken & set(languages):
        return f"its language is {work.book.language}"
    if rules.unabridged_only and all(one.abridged for one in volume.works):
        return "it is abridged"
    if rules.placed_only and not volume.positions:
        return "it has no position in the series"
    if rules.skip_positions & {str(place) for place in volume.positions}:
        return "its position is left out"
    if rules.recorded_only and all(one.audiobook is False for one in volume.works):
        return "no recording of it is known"
    if rules.region and all(one.region and one.region != rules.region for one in volume.works):
        return f"it is sold in {work.region} only"
    if (
        rules.readers
        and len({one.source for one in volume.works}) == 1
        and ", " not in work.source
        and max((one.readers or 0) for one in volume.works) < rules.readers
    ):
        return f"{work.source or 'one source'} alone lists it, and fewer than {rules.readers} readers have it"
    return None


def _has_whole(volume: Volume, volumes: Sequence[Volume]) -> bool:
    """Whether the whole is listed of which a volume is a part."""
    named = {form.core for form in volume.forms}
    return any(
        other is not volume
        and other.kind not in PIECES
        and (bool(other.positions & volume.positions) or any(form.core in named for form in other.forms))
        for other in volumes
    )
