"""A stand-in for Hardcover: its GraphQL endpoint, with the quirks of its search and the limits of its plan."""

from audiobook_daemon.demo.hardcover.catalogue import (
    HardcoverAuthor,
    HardcoverBook,
    HardcoverCatalogue,
    HardcoverEdition,
    HardcoverPlace,
    HardcoverSeries,
)
from audiobook_daemon.demo.hardcover.listing import hardcover_catalogue
from audiobook_daemon.demo.hardcover.server import HardcoverStandIn

__all__ = [
    "HardcoverAuthor",
    "HardcoverBook",
    "HardcoverCatalogue",
    "HardcoverEdition",
    "HardcoverPlace",
    "HardcoverSeries",
    "HardcoverStandIn",
    "hardcover_catalogue",
]
