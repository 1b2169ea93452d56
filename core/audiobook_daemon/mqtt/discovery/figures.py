"""The table of the figures of downloads and library, most of them with statistics that graph well."""

from __future__ import annotations

from audiobook_daemon.mqtt.discovery import templates
from audiobook_daemon.mqtt.discovery.components import Category, Component, Reading
from audiobook_daemon.mqtt.discovery.sensors import Cover, Sensor, StateClass
from audiobook_daemon.mqtt.topics import DOWNLOADS, LIBRARY, SERVICE, WANTS, Topic

UP = Reading(SERVICE, templates.online_if("value_json.state != 'down'"))
"""What an instance says is only shown while it answers."""


def _count(
    key: str,
    topic: Topic,
    field: str,
    icon: str,
    unit: str = "books",
    *,
    state_class: StateClass = "measurement",
    category: Category | None = None,
    enabled: bool = True,
    attributes: Reading | None = None,
    needs: tuple[Reading, ...] = (),
) -> Sensor:
    return Sensor(
        key,
        Reading(topic, templates.value(field)),
        unit=unit,
        state_class=state_class,
        icon=icon,
        category=category,
        enabled=enabled,
        attributes=attributes,
        needs=needs,
    )


def size(
    key: str,
    topic: Topic,
    field: str,
    icon: str,
    *,
    state_class: StateClass = "measurement",
    category: Category | None = None,
    enabled: bool = True,
    needs: tuple[Reading, ...] = (),
) -> Sensor:
    """Make a sensor of a number of bytes, in gigabytes."""
    return Sensor(
        key,
        Reading(topic, templates.scaled(field, "1e9", 2)),
        device_class="data_size",
        unit="GB",
        state_class=state_class,
        precision=1,
        icon=icon,
        category=category,
        enabled=enabled,
        needs=needs,
    )


DOWNLOADING: tuple[Component, ...] = (
    _count(
        "downloads_active",
        DOWNLOADS,
        "active",
        "mdi:download",
        "downloads",
        attributes=Reading(DOWNLOADS, templates.some("entries")),
        needs=(UP,),
    ),
    _count("downloads_queued", DOWNLOADS, "queued", "mdi:tray-full", "downloads", needs=(UP,)),
    _count("downloads_stalled", DOWNLOADS, "stalled", "mdi:download-off", "downloads", needs=(UP,)),
    Sensor(
        "download_rate",
        Reading(DOWNLOADS, templates.scaled("rate_bps", "1e6", 2)),
        device_class="data_rate",
        unit="MB/s",
        state_class="measurement",
        precision=1,
        needs=(UP,),
    ),
    Sensor(
        "download_progress",
        Reading(DOWNLOADS, templates.value("progress")),
        unit="%",
        state_class="measurement",
        icon="mdi:progress-download",
        needs=(UP,),
    ),
    Sensor(
        "download_time_left",
        Reading(DOWNLOADS, templates.value("eta_min")),
        device_class="duration",
        unit="min",
        state_class="measurement",
        icon="mdi:timer-sand",
        needs=(UP,),
    ),
    _count(
        "finished_today",
        DOWNLOADS,
        "finished_today",
        "mdi:download-circle",
        "downloads",
        state_class="total_increasing",
    ),
    size(
        "finished_today_size",
        DOWNLOADS,
        "finished_today_bytes",
        "mdi:download-circle-outline",
        state_class="total_increasing",
        enabled=False,
    ),
    _count(
        "finished_total",
        DOWNLOADS,
        "finished_total",
        "mdi:download-multiple",
        "downloads",
        state_class="total_increasing",
    ),
    size("finished_total_size", DOWNLOADS, "finished_total_bytes", "mdi:sigma", state_class="total_increasing"),
)

SHELVED: tuple[Component, ...] = (
    _count("books", LIBRARY, "books", "mdi:bookshelf"),
    _count("books_wanted", WANTS, "open", "mdi:book-search"),
    _count("books_missing", LIBRARY, "missing_books", "mdi:book-remove"),
    Sensor(
        "series_completeness",
        Reading(LIBRARY, templates.value("series_completeness")),
        unit="%",
        state_class="measurement",
        icon="mdi:bookmark-check",
        attributes=Reading(LIBRARY, templates.some("series", "series_known", "series_complete")),
    ),
    Sensor(
        "completeness",
        Reading(LIBRARY, templates.value("completeness")),
        unit="%",
        state_class="measurement",
        icon="mdi:tag-check",
        attributes=Reading(LIBRARY, templates.some("incomplete")),
    ),
    Sensor(
        "library_duration",
        Reading(LIBRARY, templates.value("duration_h")),
        device_class="duration",
        unit="h",
        state_class="measurement",
        precision=0,
        icon="mdi:headphones",
    ),
    size("library_size", LIBRARY, "size_bytes", "mdi:database"),
    size("free_space", LIBRARY, "free_bytes", "mdi:harddisk"),
    _count("books_added", LIBRARY, "added_total", "mdi:book-plus-multiple", state_class="total_increasing"),
    _count("books_lost", LIBRARY, "missing", "mdi:file-question", category="diagnostic"),
    _count("duplicates", LIBRARY, "duplicates", "mdi:content-copy", category="diagnostic", enabled=False),
    _count("trash_books", LIBRARY, "trash_books", "mdi:delete", category="diagnostic"),
    size("trash_size", LIBRARY, "trash_bytes", "mdi:delete-variant", category="diagnostic", enabled=False),
    Sensor(
        "last_added",
        Reading(LIBRARY, templates.text("last_added", "title")),
        icon="mdi:book-check",
        attributes=Reading(LIBRARY, templates.whole("last_added")),
    ),
    Cover("last_added_cover", icon="mdi:image"),
)
