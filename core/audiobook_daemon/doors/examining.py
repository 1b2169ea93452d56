"""What comes of a look at the service behind an instance."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.models import Finding, InstanceStatus


@dataclass(frozen=True, slots=True)
class Examination:
    """How an instance does, and what its service said when it was really asked."""

    status: InstanceStatus
    asked: bool
    """Whether the service was asked; one that rests or waits for a person is left alone."""
    findings: tuple[Finding, ...] = ()
