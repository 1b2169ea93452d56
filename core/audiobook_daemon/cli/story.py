"""The story of a want on one screen: the release and what speaks for it, and of each other one why it lost."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.cli.printing import local, say_columns, say_line
from audiobook_daemon.models import Release, Stance, Verdict, Want, WantState
from audiobook_daemon.pipeline import ADOPTED, MANUAL, why, worth
from audiobook_daemon.store import Blocked, Candidate, Decision, LoggedEvent

NOT_SEARCHED = "not searched yet"
_EVIDENCE, _OTHERS = 6, 5
_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3), ("bytes", 1))
SIGNS = {Stance.SUPPORT: "+", Stance.DOUBT: "?", Stance.VETO: "-"}
_EVIDENCE_WIDTH, _OTHER_WIDTH = 76, 46


@dataclass(frozen=True, slots=True)
class Story:
    """All that is on record about a want."""

    want: Want
    decisions: tuple[Decision, ...]
    """The newest first."""
    blocked: tuple[Blocked, ...]
    events: tuple[LoggedEvent, ...]
    """The newest first."""


def tell(story: Story) -> None:
    """Print it in at most 24 lines of a hundred columns."""
    tell_head(story.want)
    if _is_brought(story.want):
        _brought(story)
    elif story.decisions:
        decision = story.decisions[0]
        taken = _taken(story.want, decision)
        if taken is None:
            _undecided(story.want, decision)
        else:
            _chosen(story, decision, taken)
        asked = "; ".join(decision.queries)
        silent = f"; {', '.join(decision.silent)} could not answer" if decision.silent else ""
        say_line(f"Asked: {asked or 'not noted'}{silent}")
    if story.blocked:
        last = story.blocked[-1]
        more = f" (and {len(story.blocked) - 1} more)" if len(story.blocked) > 1 else ""
        say_line(f"Tried before: {last.source} {last.key}: {last.reason}{more}")


def tell_head(want: Want) -> None:
    """Say what is wished, by whom, and where it stands."""
    book, wish = want.wish.book, want.wish
    authors = f" by {', '.join(book.authors)}" if book.authors else ""
    places = "; ".join(f"{place.name} {place.position or ''}".rstrip() for place in book.series)
    say_line(f"{book.title}{authors}{f' ({places})' if places else ''}", style="bold")
    by = "Adopted" if wish.origin == ADOPTED else f"Wished by {wish.origin or 'somebody'}"
    say_line(f"{by}{f': {wish.note}' if wish.note else ''}")
    waits = f" Next try {local(want.next_try)}." if want.next_try and want.state.open else ""
    reason = want.reason or (f"{NOT_SEARCHED.capitalize()}." if want.state is WantState.WANTED else "")
    say_line(f"Now {want.state.value}: {reason}{waits}")
    if want.folder:
        say_line(f"In {want.folder}")


def describe(release: Release) -> str:
    """A release in a line: what it is called, who reads it, how large and good it is, where it is."""
    parts = [release.title]
    if release.narrators:
        parts.append(f"read by {' and '.join(release.narrators[:2])}")
    parts += release.formats[:1]
    if release.bitrate:
        parts.append(f"{release.bitrate} kbit/s")
    if release.size:
        parts.append(_size(release.size))
    return f"{', '.join(parts)} ({release.source} {release.key})"


def _size(size: int) -> str:
    unit, bytes_of_it = next((unit, count) for unit, count in _UNITS if size >= count or count == 1)
    return f"{size / bytes_of_it:.3g} {unit}"


def _is_brought(want: Want) -> bool:
    """Whether it has what a person brought or had already, whatever a search found before."""
    return want.release is not None and want.release.source == MANUAL


def _brought(story: Story) -> None:
    want = story.want
    if want.release is not None:
        say_line("\nFrom a person, nothing was searched:", style="bold")
        say_line(f"  {describe(want.release)}", style="bold")
    if want.path:
        say_line(f"It lies in {want.path}")
    _checked(story)


def _checked(story: Story) -> None:
    checked = next((event.reason for event in story.events if event.after == WantState.VERIFIED), None)
    if checked:
        say_line(f"Checked: {checked}")


def _taken(want: Want, decision: Decision) -> int | None:
    """The number of the candidate that was taken, by the rules or by a person; None if none was, or not yet."""
    release = want.release
    if want.state in {WantState.WANTED, WantState.REVIEW} or release is None:
        return None
    names = [(item.release.source, item.release.key) for item in decision.candidates]
    name = (release.source, release.key)
    return names.index(name) + 1 if name in names else None


def _chosen(story: Story, decision: Decision, number: int) -> None:
    chosen = decision.candidates[number - 1]
    by = "a person" if story.want.approved else "the rules"
    say_line(f"\nChosen by {by}, {local(decision.at)}:", style="bold")
    say_line(f"  {number}. {describe(chosen.release)}", style="bold")
    for verdict in _weightiest(chosen)[:_EVIDENCE]:
        say_columns(f"  {SIGNS[verdict.stance]} {verdict.reason}", worth(verdict), first=_EVIDENCE_WIDTH)
    _checked(story)
    others = [pair for pair in enumerate(decision.candidates, start=1) if pair[0] != number]
    say_line("\nWhy not the others:" if others else "\nThere were no others.", style="bold")
    for place, candidate in others[:_OTHERS]:
        release = candidate.release
        say_columns(f"  {place}. {release.source} {release.key}, {release.title}", why(candidate), first=_OTHER_WIDTH)
    _more(story.want, len(others))


def _undecided(want: Want, decision: Decision) -> None:
    say_line(f"\nSearched {local(decision.at)}: {decision.reason}", style="bold")
    for place, candidate in enumerate(decision.candidates[:_OTHERS], start=1):
        say_line(f"  {place}. {describe(candidate.release)}")
        say_line(f"     {why(candidate)}")
    _more(want, len(decision.candidates))
    if want.state is WantState.REVIEW and decision.candidates:
        do = "audiobook-daemon do"
        say_line(f"Answer: {do} accept {want.id} --candidate N, or reject, search_again, give_up in its place")


def _more(want: Want, count: int) -> None:
    if count > _OTHERS:
        say_line(f"  and {count - _OTHERS} more: audiobook-daemon explain {want.id} --all")


def _weightiest(candidate: Candidate) -> list[Verdict]:
    return sorted(candidate.verdicts, key=lambda verdict: (not verdict.family, -abs(verdict.weight)))
