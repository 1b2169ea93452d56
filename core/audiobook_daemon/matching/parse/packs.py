"""Tells whether a title says that it holds several books."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?<![^\W_])(?:box(?:ed)?[\s-]?sets?|omnibus|complete\s(?:\w+\s){0,3}(?:collection|series|saga|trilogy|works|novels|stories)|"
    r"collected\s(?:works|novels|stories)|(?:books|volumes|vols\.?)\s\d{1,3}\s?(?:[-–&]|to|and)\s?\d{1,3}|"
    r"discogra(?:phy|fia)|obras?\scompletas?|bibliography|gesamtausgabe|sammelband|\d{1,3}[\s-]books?\s(?:collection|set|series|bundle|box)|megapack)(?![^\W_])",
    re.IGNORECASE,
)


def says_collection(title: str) -> bool:
    """Whether a title names a box set, an omnibus or the whole of something."""
    return bool(_SAID.search(title))
