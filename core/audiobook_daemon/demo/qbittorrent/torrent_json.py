"""The JSON of a torrent, field by field, with what later generations add."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from audiobook_daemon.demo.qbittorrent.generation import Generation
from audiobook_daemon.demo.qbittorrent.transfer import Phase, Transfer

JsonObject = dict[str, object]
INFINITE = 8_640_000
PIECE_LENGTH = 32 * 1024
_PSEUDO_TRACKERS = ("** [DHT] **", "** [PeX] **", "** [LSD] **")
_WORKING, _NOT_CONTACTED, _NOT_WORKING = 2, 1, 4


def state_of(transfer: Transfer, generation: Generation) -> str:
    """Give the word for what a torrent is doing."""
    if transfer.pretended_state is not None:
        return transfer.pretended_state
    match transfer.phase:
        case Phase.RESUMING:
            return "checkingResumeData"
        case Phase.MISSING:
            return "missingFiles"
        case Phase.FAILED:
            return "error"
        case Phase.CHECKING:
            return "checkingUP" if transfer.complete else "checkingDL"
        case Phase.READY if transfer.stopped:
            return generation.stopped_state + ("UP" if transfer.complete else "DL")
        case Phase.READY if transfer.complete:
            return "uploading" if transfer.upload_speed else "stalledUP"
        case _ if not transfer.has_metadata:
            return "metaDL"
        case _:
            return "stalledDL" if transfer.stalled else "downloading"


def info(transfer: Transfer, generation: Generation, speed: float) -> JsonObject:
    """Write a torrent as `torrents/info` does; `speed` is bytes a second."""
    state = state_of(transfer, generation)
    downloading = state == "downloading"
    left = transfer.size - transfer.done
    fields: JsonObject = {
        "added_on": transfer.added_on,
        "amount_left": left,
        "auto_tmm": transfer.auto_tmm,
        "availability": -1 if transfer.complete or transfer.stopped else int(not transfer.stalled),
        "category": transfer.category,
        "completed": transfer.done,
        "completion_on": generation.unfinished if transfer.completion_on is None else transfer.completion_on,
        "content_path": _content_path(transfer, generation, state),
        "dl_limit": 0,
        "dlspeed": round(speed) if downloading else 0,
        "download_path": "",
        "downloaded": transfer.done,
        "downloaded_session": transfer.done,
        "eta": round(left / speed) if downloading and speed else INFINITE,
        "f_l_piece_prio": False,
        "force_start": False,
        "hash": transfer.hash,
        "infohash_v1": transfer.hash,
        "infohash_v2": "",
        "last_activity": transfer.added_on,
        "magnet_uri": transfer.magnet,
        "max_ratio": max(transfer.ratio_limit, -1),
        "max_seeding_time": max(transfer.seeding_time_limit, -1),
        "name": transfer.name,
        "num_complete": int(not transfer.stalled),
        "num_incomplete": 0,
        "num_leechs": int(transfer.upload_speed > 0),
        "num_seeds": int(downloading),
        "priority": 0,
        "progress": transfer.done / transfer.size if transfer.size else 0,
        "ratio": transfer.ratio,
        "ratio_limit": transfer.ratio_limit,
        "save_path": transfer.save_path,
        "seeding_time": int(transfer.seeding_seconds),
        "seeding_time_limit": transfer.seeding_time_limit,
        "seen_complete": 0 if transfer.stalled else transfer.added_on,
        "seq_dl": False,
        "size": transfer.size,
        "state": state,
        "super_seeding": False,
        "tags": ", ".join(sorted(transfer.tags)),
        "time_active": int(transfer.seeding_seconds),
        "total_size": transfer.size if transfer.has_metadata else -1,
        "tracker": "" if transfer.tracker_message else next(iter(transfer.trackers), ""),
        "trackers_count": len(transfer.trackers),
        "up_limit": 0,
        "uploaded": transfer.uploaded,
        "uploaded_session": transfer.uploaded,
        "upspeed": transfer.upload_speed,
    }
    if not generation.paused_words:
        fields |= _since_5(transfer)
    if not generation.bare_replies:
        fields |= _since_5_2(transfer)
    return fields


def _content_path(transfer: Transfer, generation: Generation, state: str) -> str:
    if state == "checkingResumeData" and generation.relative_while_checking:
        return PurePosixPath(transfer.content_path).name if transfer.content_path != transfer.save_path else ""
    return transfer.content_path


def _since_5(transfer: Transfer) -> JsonObject:
    return {
        "comment": "",
        "has_metadata": transfer.has_metadata,
        "inactive_seeding_time_limit": transfer.inactive_seeding_time_limit,
        "max_inactive_seeding_time": max(transfer.inactive_seeding_time_limit, -1),
        "popularity": 0,
        "private": transfer.private if transfer.has_metadata else None,
        "reannounce": 0,
        "root_path": transfer.content_path if Path(transfer.content_path).is_dir() else "",
    }


def _since_5_2(transfer: Transfer) -> JsonObject:
    pieces = -(-transfer.size // PIECE_LENGTH)
    return {
        "connections_count": 0,
        "connections_limit": 100,
        "created_by": "",
        "creation_date": -1,
        "piece_size": PIECE_LENGTH,
        "pieces_have": transfer.done // PIECE_LENGTH if not transfer.complete else pieces,
        "pieces_num": pieces,
        "share_limit_action": "Default",
        "share_limits_mode": "Default",
        "total_wasted": 0,
    }


def properties(transfer: Transfer, speed: float) -> JsonObject:
    """Write a torrent as `torrents/properties` does."""
    pieces = -(-transfer.size // PIECE_LENGTH)
    downloading = round(speed) if not transfer.complete and not transfer.stopped else 0
    return {
        "addition_date": transfer.added_on,
        "comment": "",
        "completion_date": -1 if transfer.completion_on is None else transfer.completion_on,
        "created_by": "",
        "creation_date": -1,
        "dl_limit": -1,
        "dl_speed": downloading,
        "dl_speed_avg": downloading,
        "download_path": "",
        "eta": INFINITE,
        "hash": transfer.hash,
        "infohash_v1": transfer.hash,
        "infohash_v2": "",
        "is_private": transfer.private,
        "last_seen": -1,
        "name": transfer.name,
        "nb_connections": 0,
        "nb_connections_limit": 100,
        "peers": 0,
        "peers_total": 0,
        "piece_size": PIECE_LENGTH,
        "pieces_have": pieces if transfer.complete else transfer.done // PIECE_LENGTH,
        "pieces_num": pieces,
        "reannounce": 0,
        "save_path": transfer.save_path,
        "seeding_time": int(transfer.seeding_seconds),
        "seeds": 0,
        "seeds_total": 0,
        "share_ratio": transfer.ratio,
        "time_elapsed": int(transfer.seeding_seconds),
        "total_downloaded": transfer.done,
        "total_downloaded_session": transfer.done,
        "total_size": transfer.size,
        "total_uploaded": transfer.uploaded,
        "total_uploaded_session": transfer.uploaded,
        "total_wasted": 0,
        "up_limit": -1,
        "up_speed": transfer.upload_speed,
        "up_speed_avg": transfer.upload_speed,
    }


def files(transfer: Transfer) -> list[JsonObject]:
    """Write the files as `torrents/files` does; names are relative to the save path."""
    rows: list[JsonObject] = []
    start = 0
    for index, (path, size, progress) in enumerate(transfer.progress_of_files()):
        row: JsonObject = {"availability": 0 if transfer.stalled else 1, "index": index}
        if index == 0:
            row["is_seed"] = transfer.complete
        last = max(start, start + size - 1)
        row |= {
            "name": path,
            "piece_range": [start // PIECE_LENGTH, last // PIECE_LENGTH],
            "priority": 1,
            "progress": progress,
            "size": size,
        }
        rows.append(row)
        start += size
    return rows


def trackers(transfer: Transfer) -> list[JsonObject]:
    """Write the trackers as `torrents/trackers` does: three pseudo trackers, then the true ones."""
    counts: JsonObject = {"num_downloaded": 0, "num_leeches": 0, "num_peers": 0, "num_seeds": 0}
    note = "This torrent is private" if transfer.private else ""
    pseudo_status = 0 if transfer.private else _WORKING
    rows: list[JsonObject] = [
        {"msg": note, **counts, "status": pseudo_status, "tier": -1, "url": url} for url in _PSEUDO_TRACKERS
    ]
    status = _NOT_WORKING if transfer.tracker_message else _WORKING
    if transfer.phase is Phase.RESUMING or transfer.stopped:
        status = _NOT_CONTACTED
    rows += [
        {"msg": transfer.tracker_message, **counts, "status": status, "tier": tier, "url": url}
        for tier, url in enumerate(transfer.trackers)
    ]
    return rows
