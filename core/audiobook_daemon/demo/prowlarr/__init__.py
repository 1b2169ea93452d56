"""A stand-in for Prowlarr: its search, its indexers with their failures, and the links it downloads through."""

from __future__ import annotations

from audiobook_daemon.demo.prowlarr.indexers import Kind, ProwlarrIndexer
from audiobook_daemon.demo.prowlarr.offers import ProwlarrOffer
from audiobook_daemon.demo.prowlarr.server import ProwlarrStandIn

__all__ = ["Kind", "ProwlarrIndexer", "ProwlarrOffer", "ProwlarrStandIn"]
