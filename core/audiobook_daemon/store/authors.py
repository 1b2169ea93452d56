"""Keeps the authors, their bibliographies and how complete they are."""

from __future__ import annotations

from audiobook_daemon.store.catalogue_tables import authors
from audiobook_daemon.store.catalogue_values import AuthorStanding, Order
from audiobook_daemon.store.standings import Standings


class AuthorRecords(Standings[AuthorStanding]):
    """Keeps the authors, their bibliographies and how complete they are."""

    table = authors
    value = AuthorStanding

    async def favourites(self, least_owned: int = 2, limit: int = 50) -> tuple[AuthorStanding, ...]:
        """Return the authors with so many owned books or more, the most owned first."""
        return await self.list(owned=least_owned, order=Order.MOST_OWNED, limit=limit)
