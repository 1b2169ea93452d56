"""The options that most commands share, and what their values complete to."""

from __future__ import annotations

import click

from audiobook_daemon.cli.offers import actions, instances, jobs, settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
limit = click.option("--limit", "-n", type=click.IntRange(1, 1_000_000), default=50, show_default=True)
WANT = click.IntRange(1, 2**31 - 1)
"""The number of a want, or of another row of the database."""

__all__ = ["WANT", "actions", "as_json", "instances", "jobs", "limit", "settings"]
