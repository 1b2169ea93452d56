"""What a measure says: a cost of ours beside the least it could be, and the target. Less is always better."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report; `most_ratio` bounds ours / limit, `most` bounds ours itself, in `unit`."""

    name: str
    ours: float
    unit: str
    limit: float | None = None
    against: str = ""
    """What the limit is."""
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the limit; None without a limit to divide by."""
        return self.ours / self.limit if self.limit else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        ratio = self.ratio
        if self.most_ratio is not None and ratio is not None:
            return ratio <= self.most_ratio
        return None if self.most is None else self.ours <= self.most

    @property
    def target(self) -> str:
        """The target in words."""
        if self.most_ratio is not None:
            return f"≤ {self.most_ratio:g} ×"
        return "-" if self.most is None else f"≤ {self.most:g} {self.unit}"

    def document(self) -> dict[str, object]:
        """The figure for programs."""
        return asdict(self) | {"ratio": self.ratio, "target": self.target, "met": self.met}

    def line(self) -> str:
        """The figure in one line, under `HEADING`."""
        limit = "-" if self.limit is None else _rounded(self.limit, self.unit)
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f} ×"
        met = {True: "met", False: "NOT MET", None: "-"}[self.met]
        ours = _rounded(self.ours, self.unit)
        return f"{self.name:<38} {ours:>13} {limit:>13} {ratio:>9} {self.target:>14}  {met:<8} {self.against}".rstrip()


HEADING = f"{'measure':<38} {'ours':>13} {'limit':>13} {'ratio':>9} {'target':>14}  {'':<8} the limit is"


def report(figures: Iterable[Figure]) -> None:
    """Print figures as JSON lines, as soon as each is known; `run.py` reads them."""
    for figure in figures:
        print(json.dumps(asdict(figure)), flush=True)


def _rounded(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
