"""What a template can say of an event, in plain values; an unknown text is empty. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon import (
    Event,
    GapsFound,
    Health,
    InstanceChanged,
    InstanceStatus,
    LibraryReturned,
    LibraryShrunk,
    Proposal,
    Run,
    RunFinished,
    RunOutcome,
    Standing,
    StandingSeen,
    UpdateFound,
    Want,
    WantChanged,
)

Variables = Mapping[str, object]


def variables_of(event: Event) -> Variables:
    """Return what is known of an event, under the names that templates use."""
    match event:
        case WantChanged(want=want):
            return _book(want)
        case GapsFound():
            return {
                "origin": event.origin.replace("_", " "),
                "found": event.found,
                "announced": event.announced,
                "wanted": event.wanted,
                "titles": list(event.titles),
            }
        case InstanceChanged(status=status):
            return _service(status)
        case RunFinished(run=run):
            return _job(run)
        case LibraryShrunk(library=library, known=known, lost=lost):
            return {"library": library, "returned": False, "books": known, "lost": lost}
        case LibraryReturned(library=library, books=books):
            return {"library": library, "returned": True, "books": books, "lost": 0}
        case StandingSeen(instance=instance, standing=standing):
            return _tracker(instance, standing)
        case UpdateFound(version=version, url=url):
            return {"version": version, "url": url or ""}
        case _:
            return {}


def _book(want: Want) -> Variables:
    book, release = want.wish.book, want.release
    place = book.series[0] if book.series else None
    return {
        "id": want.id,
        "title": book.title,
        "author": book.authors[0] if book.authors else "",
        "authors": list(book.authors),
        "series": f"{place.name} #{place.position}" if place and place.position else place.name if place else "",
        "narrators": list(release.narrators) if release else [],
        "format": ", ".join(release.formats) if release else "",
        "size": _size(release.size if release else None),
        "runtime": _runtime(release.runtime if release else None),
        "release": release.title if release else "",
        "source": release.source if release else "",
        "origin": want.wish.origin,
        "note": want.wish.note or "",
        "code": want.code or "",
        "reason": want.reason or "",
        "given_up": not want.state.open,
        "candidates": [_candidate(proposal) for proposal in want.proposals],
    }


def _candidate(proposal: Proposal) -> Variables:
    return {
        "number": proposal.number,
        "title": proposal.title,
        "source": proposal.source,
        "narrator": proposal.narrator or "",
        "format": proposal.format or "",
        "size": _size(proposal.size),
        "why": proposal.why,
    }


def _service(status: InstanceStatus) -> Variables:
    return {
        "service": status.name,
        "type": status.type,
        "well": status.health is not Health.NEEDS_PERSON,
        "error": status.error or "",
    }


def _job(run: Run) -> Variables:
    return {
        "job": run.name,
        "well": run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING},
        "summary": run.summary or "",
        "error": run.error or "",
        "took": _runtime((run.finished - run.started).total_seconds() if run.finished else None),
    }


def _tracker(instance: str, standing: Standing) -> Variables:
    return {
        "tracker": instance,
        "dangers": list(standing.dangers),
        "ratio": "" if standing.ratio is None else f"{standing.ratio:.2f}",
        "free_slots": "" if standing.free_slots is None else standing.free_slots,
        "rank": standing.rank or "",
    }


def _size(size: int | None) -> str:
    if size is None:
        return ""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def _runtime(seconds: float | None) -> str:
    if seconds is None:
        return ""
    hours, minutes = divmod(round(seconds / 60), 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
