"""The pages that the menu names, in its order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    path: str
    title: str
    icon: str


MENU = (
    (
        Item("/", "Now", "pulse"),
        Item("/review", "Review", "scales"),
        Item("/wanted", "Wanted", "bookmark"),
    ),
    (
        Item("/library", "Library", "books"),
        Item("/series", "Series", "stack"),
        Item("/authors", "Authors", "quill"),
    ),
    (
        Item("/tracker", "Tracker", "ratio"),
        Item("/jobs", "Jobs", "clock"),
        Item("/history", "History", "history"),
        Item("/report", "Report", "chart"),
        Item("/settings", "Settings", "sliders"),
    ),
)
"""Groups of lines."""
