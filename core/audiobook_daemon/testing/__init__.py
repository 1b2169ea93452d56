"""For tests of plugins, ours and those of others: the fixtures `fake_site` and `plug_in`, one contract class per role.

The fixtures are there wherever audiobook-daemon and pytest-asyncio are installed. A contract class is inherited by a
test class, which names the plugin and scripts a site that works well.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from audiobook_daemon.testing.fixtures import fake_site, plug_in

if TYPE_CHECKING:
    from audiobook_daemon.testing.contract import PluginContract
    from audiobook_daemon.testing.hosting import PlugIn, RamMemory
    from audiobook_daemon.testing.sinks import DownloadClientContract, LibraryContract, NotifierContract
    from audiobook_daemon.testing.site import Asked, FakeSite, Reply, Trouble
    from audiobook_daemon.testing.sources import (
        BibliographyContract,
        ChartSourceContract,
        ImportListContract,
        IndexerContract,
        MetadataProviderContract,
        PolicyContract,
        ReleaseFeedContract,
        TrackerContract,
    )

__all__ = [
    "Asked",
    "BibliographyContract",
    "ChartSourceContract",
    "DownloadClientContract",
    "FakeSite",
    "ImportListContract",
    "IndexerContract",
    "LibraryContract",
    "MetadataProviderContract",
    "NotifierContract",
    "PlugIn",
    "PluginContract",
    "PolicyContract",
    "RamMemory",
    "ReleaseFeedContract",
    "Reply",
    "TrackerContract",
    "Trouble",
    "fake_site",
    "plug_in",
]

_ROOMS = {
    "contract": ("PluginContract",),
    "hosting": ("PlugIn", "RamMemory"),
    "sinks": ("DownloadClientContract", "LibraryContract", "NotifierContract"),
    "site": ("Asked", "FakeSite", "Reply", "Trouble"),
    "sources": (
        "BibliographyContract",
        "ChartSourceContract",
        "ImportListContract",
        "IndexerContract",
        "MetadataProviderContract",
        "PolicyContract",
        "ReleaseFeedContract",
        "TrackerContract",
    ),
}


# pytest loads this package in every run of an environment; what it does not need yet is imported when it is asked for.
def __getattr__(name: str) -> object:
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
