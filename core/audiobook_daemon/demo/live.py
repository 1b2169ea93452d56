"""The demo on a terminal: every book with a dot for each of the six stages, as they fill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from audiobook_daemon.demo.journeys import Journey, Journeys
from audiobook_daemon.demo.show import Show
from audiobook_daemon.models import WantState

_STAGES = ("gather", "choose", "grab", "watch", "verify", "shelve")
_DONE = {
    WantState.WANTED: 1,
    WantState.REVIEW: 1,
    WantState.CHOSEN: 2,
    WantState.DOWNLOADING: 3,
    WantState.DOWNLOADED: 4,
    WantState.VERIFIED: 5,
    WantState.SHELVED: 6,
    WantState.OWNED: 6,
}
_COLUMN = 38
_BESIDES = 8
"""Lines of the terminal that are not for books."""


class LiveShow(Show):
    """Shows all books at once, in as many columns as fit."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._live: Live | None = None

    @contextmanager
    def watching(self, journeys: Journeys) -> Iterator[None]:
        """Show the journeys until the block ends; then the view goes away."""
        live = Live(
            get_renderable=lambda: self._view(journeys), console=self.console, auto_refresh=False, transient=True
        )
        with live:
            self._live = live
            try:
                yield
            finally:
                self._live = None

    def refresh(self) -> None:
        """Draw the view again."""
        if self._live is not None:
            self._live.refresh()

    def changed(self, journey: Journey, before: WantState | None) -> None:
        """Everything is seen at the next refresh."""

    def _view(self, journeys: Journeys) -> Group:
        found = journeys.all
        bar = ProgressBar(total=max(1, len(found)), completed=journeys.arrived, width=40)
        top = Table.grid(padding=(0, 2))
        top.add_row(
            " ", bar, f"{journeys.arrived} of {len(found)} on the shelf", Text(f"{journeys.seconds:.0f} s", "dim")
        )
        legend = Text.assemble("    a dot for each stage: ", (" · ".join(_STAGES), "cyan"), style="dim")
        return Group(top, "", self._grid(found), "", legend)

    def _grid(self, found: tuple[Journey, ...]) -> Table:
        columns = max(1, (self.console.width - 2) // _COLUMN)
        rows = max(1, self.console.height - _BESIDES)
        shown = _fitting(found, columns * rows)
        rows = -(-len(shown) // columns) or 1
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=1)
        for row in range(rows):
            cells = (_cell(journey) for journey in shown[row::rows])
            grid.add_row("", *cells)
        return grid


def _fitting(found: tuple[Journey, ...], room: int) -> tuple[Journey, ...]:
    """The books for which there is room; those that have arrived first make place."""
    excess = len(found) - room
    if excess <= 0:
        return found
    ended = sorted((one for one in found if one.ended), key=lambda one: one.latest)
    gone = {one.want.id for one in ended[:excess]}
    return tuple(one for one in found if one.want.id not in gone)[:room]


def _cell(journey: Journey) -> Text:
    state = journey.want.state
    done = _DONE.get(state, 0)
    if state in {WantState.GIVEN_UP, WantState.DROPPED}:
        dots, style = Text("✗     ", "red"), "red"
    elif journey.arrived:
        dots, style = Text("●" * len(_STAGES), "green"), "default"
    else:
        waits = state is WantState.REVIEW or journey.want.faults > 0
        ahead = len(_STAGES) - done
        dots = Text.assemble(("●" * done, "yellow" if waits else "cyan"), ("○" * ahead, "dim"))
        style = "dim" if done == 1 else "cyan"
    return Text.assemble(dots, " ", (_cut(journey.want.wish.book.title, _COLUMN - 10), style))


def _cut(title: str, width: int) -> str:
    return title if cell_len(title) <= width else f"{set_cell_size(title, width - 1).rstrip()}…"
