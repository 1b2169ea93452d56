"""The JSON Prowlarr writes of an indexer and of itself, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from audiobook_daemon.demo.prowlarr.indexers import Kind, ProwlarrIndexer
from audiobook_daemon.demo.prowlarr.offers import NAMES, time_stamp

Json = dict[str, object]
VERSION = "2.3.0.5236"

_PRIVACY = {Kind.MAM: "private", Kind.PUBLIC: "public", Kind.PRIVATE: "private", Kind.USENET: "private"}
_SECRET = "********"
_SEARCH_TYPES = (
    "All torrents", "Only active", "Freeleech", "Freeleech or VIP", "VIP torrents", "Not VIP",
)  # fmt: skip


def indexer_json(indexer: ProwlarrIndexer, added: datetime) -> Json:
    """Write an indexer; what is secret is masked, but for the session of MyAnonamouse."""
    mam = indexer.kind is Kind.MAM
    home = "https://www.myanonamouse.net/" if mam else "https://indexer.example/"
    return {
        "indexerUrls": [home],
        "legacyUrls": [],
        "definitionName": indexer.kind.value if mam else indexer.name,
        "description": f"{indexer.name}, an indexer of the demo.",
        "language": "en-US",
        "encoding": "Unicode (UTF-8)",
        "enable": indexer.enabled,
        "redirect": indexer.redirect,
        "supportsRss": True,
        "supportsSearch": True,
        "supportsRedirect": not mam,
        "supportsPagination": mam,
        "appProfileId": 1,
        "protocol": indexer.protocol,
        "privacy": _PRIVACY[indexer.kind],
        "capabilities": _capabilities(indexer),
        "priority": indexer.priority,
        "downloadClientId": 0,
        "added": time_stamp(added),
        "sortName": indexer.name.lower(),
        "name": indexer.name,
        "fields": [{"order": order, **setting} for order, setting in enumerate(_settings(indexer, home))],
        "implementationName": indexer.kind.value,
        "implementation": indexer.kind.value,
        "configContract": f"{indexer.kind.value}Settings",
        "infoLink": "https://wiki.servarr.com/prowlarr/supported-indexers",
        "tags": [],
        "id": indexer.id,
    }


def _capabilities(indexer: ProwlarrIndexer) -> Json:
    return {
        "limitsMax": 100,
        "limitsDefault": 100,
        "categories": list(_tree(indexer)),
        "supportsRawSearch": False,
        "searchParams": ["q"],
        "tvSearchParams": [],
        "movieSearchParams": [],
        "musicSearchParams": [],
        "bookSearchParams": ["q"],
        "id": 0,
    }


def _tree(indexer: ProwlarrIndexer) -> Iterator[Json]:
    for parent in dict.fromkeys(number // 1000 * 1000 for number in indexer.categories):
        below = [number for number in indexer.categories if number // 1000 * 1000 == parent != number]
        yield _category(parent, NAMES[parent]) | {"subCategories": [_category(own, NAMES[own]) for own in below]}
    yield from (_category(number, name) for number, name in indexer.own_categories.items())


def _category(number: int, name: str) -> Json:
    return {"id": number, "name": name, "subCategories": []}


def _settings(indexer: ProwlarrIndexer, home: str) -> Iterator[Json]:
    yield _setting("baseUrl", "Base Url", home, "select")
    match indexer.kind:
        case Kind.MAM:
            yield _setting("mamId", "Mam Id", indexer.session)
            yield _choice("searchType", "Search Type", 0, _SEARCH_TYPES)
            yield _setting("searchInDescription", "Search in description", value=False, type="checkbox")
            yield _setting("searchInSeries", "Search in series", value=True, type="checkbox")
            yield _setting("searchInFilenames", "Search in filenames", value=False, type="checkbox")
            yield _setting("searchLanguages", "Search Languages", [], "tagSelect")
            yield _choice(
                "useFreeleechWedge", "Use Freeleech Wedges", indexer.wedges, ("Never", "Preferred", "Required")
            )
        case Kind.PUBLIC:
            yield _setting("definitionFile", "Cardigann Definition", indexer.name.lower())
        case Kind.PRIVATE | Kind.USENET:
            yield _setting("apikey", "API Key", _SECRET, privacy="apiKey")
            if indexer.kind is Kind.PRIVATE:
                yield _setting("password", "Password", _SECRET, "password", privacy="password")
    yield _setting("baseSettings.queryLimit", "Query Limit", indexer.query_limit, "number", advanced=True)
    yield _setting("baseSettings.grabLimit", "Grab Limit", indexer.grab_limit, "number", advanced=True)
    yield _choice("baseSettings.limitsUnit", "Limits Unit", 0, ("Day", "Hour"), advanced=True)
    if indexer.protocol == "usenet":
        return
    prefix = "torrentBaseSettings"
    yield _setting(f"{prefix}.appMinimumSeeders", "Apps Minimum Seeders", None, "number", advanced=True)
    yield _setting(f"{prefix}.seedRatio", "Seed Ratio", indexer.seed_ratio, "number") | {"isFloat": True}
    yield _minutes(f"{prefix}.seedTime", "Seed Time", indexer.seed_minutes)
    yield _minutes(f"{prefix}.packSeedTime", "Pack Seed Time", None)
    yield _setting(f"{prefix}.preferMagnetUrl", "Prefer Magnet URL", value=False, type="checkbox", advanced=True)


def _setting(
    name: str,
    label: str,
    value: object,
    type: str = "textbox",  # noqa: A002 - the service's own word
    *,
    advanced: bool = False,
    privacy: str = "normal",
) -> Json:
    written = {
        "name": name,
        "label": label,
        "value": value,
        "type": type,
        "advanced": advanced,
        "privacy": privacy,
        "isFloat": False,
    }
    return {member: content for member, content in written.items() if content is not None}


def _choice(name: str, label: str, value: int, options: tuple[str, ...], *, advanced: bool = False) -> Json:
    listed = [{"value": number, "name": option, "order": number} for number, option in enumerate(options)]
    return _setting(name, label, value, "select", advanced=advanced) | {"selectOptions": listed}


def _minutes(name: str, label: str, value: int | None) -> Json:
    return _setting(name, label, value, "number", advanced=True) | {"unit": "minutes"}


def system_json(started: datetime, url_base: str) -> Json:
    """Write what the program tells of itself."""
    return {
        "appName": "Prowlarr",
        "instanceName": "Prowlarr",
        "version": VERSION,
        "buildTime": "2026-08-30T05:11:09Z",
        "isDebug": False,
        "isProduction": True,
        "isAdmin": False,
        "isUserInteractive": False,
        "startupPath": "/app/prowlarr/bin",
        "appData": "/config",
        "osName": "alpine",
        "osVersion": "3.22",
        "isNetCore": True,
        "isLinux": True,
        "isOsx": False,
        "isWindows": False,
        "isDocker": True,
        "mode": "console",
        "branch": "master",
        "databaseType": "sqLite",
        "databaseVersion": "3.50.4",
        "authentication": "forms",
        "migrationVersion": 43,
        "urlBase": url_base,
        "runtimeVersion": "8.0.19",
        "runtimeName": ".NET",
        "startTime": time_stamp(started),
        "packageVersion": VERSION,
        "packageAuthor": "[example](https://example.org)",
        "packageUpdateMechanism": "docker",
    }


def complaint_json(check: str, level: str, message: str) -> Mapping[str, object]:
    """Write one line of the health check."""
    page = "https://wiki.servarr.com/prowlarr/system"
    return {"source": check, "type": level, "message": message, "wikiUrl": page, "id": 0}
