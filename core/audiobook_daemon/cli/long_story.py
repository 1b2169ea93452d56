"""The whole story of a want: every candidate with every verdict, what was asked, and all that happened."""

from __future__ import annotations

from itertools import groupby

from audiobook_daemon.cli.printing import local, print_table, say
from audiobook_daemon.cli.story import SIGNS, Story, describe, tell_head
from audiobook_daemon.models import Verdict
from audiobook_daemon.pipeline import worth
from audiobook_daemon.store import Candidate, Decision, LoggedEvent


def tell_everything(story: Story) -> None:
    """Print it, however long."""
    tell_head(story.want)
    for decision in story.decisions[:1]:
        tell_decision(decision)
    if story.blocked:
        say("\nTried before", style="bold")
        rows = [[f"{item.source} {item.key}", item.reason] for item in story.blocked]
        print_table(["release", "why not"], rows, empty="")
    say("\nWhat happened", style="bold")
    told = groupby(reversed(story.events), key=lambda event: (event.after, event.reason))
    print_table(["when", "state", ""], [_told(list(same)) for _, same in told], empty="Nothing yet.")


def tell_decision(decision: Decision) -> None:
    """Print one look at the market with every candidate and every verdict."""
    say(f"\nLast search, {local(decision.at)}: {decision.reason}", style="bold")
    for line in decision.queries:
        say(f"Asked for {line}")
    if decision.silent:
        say(f"Could not answer: {', '.join(decision.silent)}")
    if decision.siblings:
        say(f"Told apart from {'; '.join(book.title for book in decision.siblings)}")
    rows = [_candidate(number, candidate) for number, candidate in enumerate(decision.candidates, start=1)]
    columns = ["", "release", "sure", "seeders", "for (+), in doubt (?), against (-), and what each is worth"]
    print_table(columns, rows, empty="No releases were found.")


def _candidate(number: int, candidate: Candidate) -> list[str]:
    release = candidate.release
    told = [_verdict(verdict) for verdict in candidate.verdicts]
    if candidate.lost:
        told.append(f"= {candidate.lost}")
    return [
        str(number),
        describe(release),
        "" if candidate.score is None else f"{candidate.score:.0%}",
        "?" if release.seeders is None else str(release.seeders),
        "\n".join(told),
    ]


def _verdict(verdict: Verdict) -> str:
    value = worth(verdict)
    return f"{SIGNS[verdict.stance]} {verdict.reason}{f' ({value})' if value else ''}"


def _told(same: list[LoggedEvent]) -> list[str]:
    """One line for events in a row that say the same."""
    return [local(same[0].at), same[0].after or "", same[0].reason or ""]
