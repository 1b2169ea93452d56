"""What the project promises for each kind of question, on cases that are not a matter of taste."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """Shares from 0 to 1."""

    right: float
    fields: float = 0.0
    """Of the single fields of all answers."""
    abstained: float = 0.0
    """At most."""


def _aims(names: str, aim: Aim) -> dict[str, Aim]:
    return dict.fromkeys(names.split(), aim)


AIMS: dict[str, Aim] = {
    **_aims("parse_release parse_release_generated", Aim(0.92, 0.96)),
    **_aims("folder_path folder_path_generated", Aim(0.93)),
    **_aims("series_string position title_number title_range title_split bracket_tags", Aim(0.96)),
    **_aims("normalize_title spoken_number", Aim(0.96)),
    **_aims("author_names same_author author_in_list placeholder_author language", Aim(0.97)),
    **_aims("extract_id normalize_id", Aim(0.97)),
    **_aims("same_title same_series same_book same_book_generated", Aim(0.96)),
    **_aims("gap_generated series_match series_order", Aim(0.96)),
    **_aims("is_collection bundle_contents content_type group_files file_order", Aim(0.95)),
    **_aims("disc_name part_name ignored_path generic_folder announce sidecar", Aim(0.95)),
    **_aims("sanitize naming", Aim(1.0)),
    **_aims("release_match rank rank_generated", Aim(0.95, abstained=0.05)),
}
"""Kinds that are not named have no aim of their own; they are scored and shown all the same."""
