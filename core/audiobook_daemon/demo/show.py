"""How the demo is shown where there is no terminal: one line for each step; the live view builds on it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audiobook_daemon.demo.journeys import Journey, Journeys
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import WantState
from audiobook_daemon.version import __version__

NO_TERMINAL_WIDTH = 160


class Show:
    """Prints what happens, line by line."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def open(self, folder: Path, *, kept: bool) -> None:
        """Say what this is."""
        ends = "which is kept" if kept else "removed at the end"
        self.console.print(f"[bold]audiobook-daemon {__version__}[/] in a world of its own")
        self.console.print(f"[dim]Everything stays on this machine, in {escape(str(folder))}, {ends}.[/]")

    def introduce(self, world: DemoWorld) -> None:
        """Say who plays along, and who of them is real."""
        table = Table.grid(padding=(0, 3))
        for one in world.introductions():
            kind = "[green]real[/]" if one.real else "stand-in"
            table.add_row(f"  {one.name}", kind, one.note, f"[dim]{one.address}[/]")
        self.console.print()
        self.console.print(table)
        books, releases = len(world.catalogue.books), len(world.catalogue.releases)
        self.console.print(
            f"\n  {books} books in {releases} releases are on offer. In the library already: {len(world.owned)}.\n"
        )
        if world.dashboard:
            self.console.print(f"  Watch it live on [bold]{world.dashboard.address}[/]")
            self.console.print(f"  with the key       [bold]{world.dashboard.key}[/]\n")

    def note(self, text: str) -> None:
        """Say something."""
        self.console.print(f"  {escape(text)}", soft_wrap=not self.console.is_terminal)

    def warn(self, text: str) -> None:
        """Pass on a warning of the daemon."""
        self.console.print(f"  [yellow]![/] {escape(text)}", soft_wrap=True)

    @contextmanager
    def watching(self, _: Journeys) -> Iterator[None]:
        """Show the journeys until the block ends."""
        yield

    def refresh(self) -> None:
        """Bring the view up to date, if there is one."""

    def changed(self, journey: Journey, before: WantState | None) -> None:
        """Show that a book has come further, or has to wait."""
        want = journey.want
        if want.state is not before:
            self._step(journey, want.state.value, want.wish.book.title)
        elif want.faults:
            self._step(journey, "waits", f"{want.wish.book.title}: {want.reason}")

    def _step(self, journey: Journey, word: str, text: str) -> None:
        self.console.print(f"  [dim]{journey.latest:5.1f} s[/]  {word:<12} {escape(text)}", soft_wrap=True)

    def table(self, journeys: Sequence[Journey], world: DemoWorld) -> None:
        """Print what has become of every book."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
        for name, ratio in (("book", 4), ("author", 3), ("narrator", 3)):
            table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=ratio)
        table.add_column("state", no_wrap=True, min_width=7)
        table.add_column("folder in the library", no_wrap=True, overflow="ellipsis", ratio=7)
        table.add_column("seconds", no_wrap=True, min_width=7, justify="right")
        for journey in journeys:
            table.add_row(*(escape(cell) for cell in _row(journey, world)))
        self.console.print()
        self.console.print(table)
        self.console.print()

    def conclude(self, journeys: Journeys, lost: Sequence[tuple[str, str]], world: DemoWorld) -> None:
        """Say in a sentence how it went."""
        if lost:
            self.console.print(f"  [bold red]{len(lost)} of {len(world.wanted)} books did not arrive:[/]")
            for title, reason in lost:
                self.warn(f"{title}: {reason}")
            self.note(f"The whole log is in {world.config.with_suffix('.log')} (name a --folder to keep it).")
            return
        self.console.print(
            f"  [bold green]All {journeys.arrived} wanted books stand in the library[/] after "
            f"{journeys.last:.0f} seconds. There already, and left alone: {len(world.owned)}."
        )

    def invite(self, world: DemoWorld) -> None:
        """Tell how to look around."""
        program = sys.argv[0] if Path(sys.argv[0]).name == "audiobook-daemon" else "audiobook-daemon"
        pages: tuple[tuple[str, str], ...] = ()
        if world.dashboard:
            pages = (("the dashboard", world.dashboard.address), ("its key", world.dashboard.key))
        lines = (
            *pages,
            ("the library", str(world.library)),
            ("the log", str(world.config.with_suffix(".log"))),
            ("MQTT", f"127.0.0.1:{world.broker.port}, base topic audiobook-daemon, discovered by Home Assistant"),
            ("", ""),
            ("in a shell", f"export AUDIOBOOK_DAEMON_CONFIG={world.config}"),
            ("all books", f"{program} wants"),
            ("why this one?", f"{program} explain 3"),
            ("what is there", f"{program} report"),
            ("what is not", f"{program} do series_completion; {program} missing"),
            ("what is wrong", f"{program} do metadata_full --dry-run"),
            ("the services", f"{program} doctor"),
            ("the schedule", f"{program} jobs; {program} pause; {program} resume"),
            ("the settings", f"{program} settings; {program} set min_seeders 2; {program} unset --all"),
            ("what it tells", f"mosquitto_sub -h 127.0.0.1 -p {world.broker.port} -v -t 'audiobook-daemon/#'"),
        )
        self.console.print("\n  Have a look around; the daemon goes on by its schedule.\n")
        for name, text in lines:
            self.console.print(f"  [cyan]{name:<15}[/]{escape(text)}", soft_wrap=True)
        self.console.print("\n  Ctrl-C ends it.")


def _row(journey: Journey, world: DemoWorld) -> Iterable[str]:
    want = journey.want
    readers = want.release.narrators if want.release else ()
    folder = (want.folder or "").removeprefix(f"{world.library}/")
    seconds = f"{journey.latest - journey.began:.1f}" if journey.ended else ""
    return (
        want.wish.book.title,
        ", ".join(want.wish.book.authors),
        ", ".join(readers),
        want.state.value,
        folder,
        seconds,
    )


class Warnings(logging.Handler):
    """Lets the daemon's warnings appear in the show, a line each; the log file has all of it."""

    def __init__(self, show: Show) -> None:
        super().__init__(logging.WARNING)
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        """Show a warning of ours, or an error of anybody."""
        if record.name.startswith("audiobook_") or record.levelno >= logging.ERROR:
            self._show.warn(record.getMessage().partition("\n")[0])
