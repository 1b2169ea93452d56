"""Reads the audio files of a book: durations, tags, chapters and the embedded picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from tinytag import TinyTag, TinyTagException

from audiobook_daemon.demo.audiobookshelf.chapters import embedded_chapters
from audiobook_daemon.demo.audiobookshelf.names import read_series, split_names
from audiobook_daemon.demo.audiobookshelf.records import AudioFile, Chapter, LibraryFile, now, number
from audiobook_daemon.demo.audiobookshelf.stated import Stated

_LEADING_NUMBER = re.compile(r"^(\d{1,3})(?!\d)")
_DISC = re.compile(r"^(?:cd|disc|disk) ?(\d{1,3})/", re.IGNORECASE)
_MP4 = frozenset({".m4b", ".m4a", ".mp4", ".aac"})
_MIME = {".mp3": "audio/mpeg", ".flac": "audio/flac", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/x-wav"}


def read_audio_files(files: Iterable[LibraryFile]) -> list[AudioFile]:
    """Read the audio files of a book in playing order; what cannot be read is left out, as by the real server."""
    read = [audio for file in files if file["fileType"] == "audio" and (audio := _read(file)) is not None]
    tracks = [audio["trackNumFromMeta"] for audio in read]
    by_tag = None not in tracks and len(set(tracks)) == len(tracks)
    read.sort(key=lambda audio: _order(audio, by_tag=by_tag))
    for index, audio in enumerate(read, start=1):
        audio["index"] = index
    return read


def _order(audio: AudioFile, *, by_tag: bool) -> tuple[int, int, str]:
    disc = audio["discNumFromFilename"] or audio["discNumFromMeta"] or 0
    track = audio["trackNumFromMeta"] if by_tag else audio["trackNumFromFilename"]
    return disc, track or 0, audio["metadata"]["relPath"]


def _read(file: LibraryFile) -> AudioFile | None:
    metadata = file["metadata"]
    try:
        tag = TinyTag.get(metadata["path"])
    except (TinyTagException, OSError):
        return None
    if not tag.duration:
        return None
    extension = metadata["ext"].lower()
    is_mp4 = extension in _MP4
    leading = _LEADING_NUMBER.match(metadata["filename"])
    disc = _DISC.match(metadata["relPath"])
    return {
        "index": 0,
        "ino": file["ino"],
        "metadata": metadata,
        "addedAt": now(),
        "updatedAt": now(),
        "trackNumFromMeta": tag.track,
        "discNumFromMeta": tag.disc,
        "trackNumFromFilename": int(leading[1]) if leading else None,
        "discNumFromFilename": int(disc[1]) if disc else None,
        "manuallyVerified": False,
        "exclude": False,
        "error": None,
        "format": "QuickTime / MOV" if is_mp4 else "MP2/3 (MPEG audio layer 2/3)",
        "duration": number(round(tag.duration, 6)),
        "bitRate": round(tag.bitrate * 1000) if tag.bitrate else None,
        "language": "und" if is_mp4 else None,
        "codec": "aac" if is_mp4 else extension[1:],
        "timeBase": f"1/{tag.samplerate}" if is_mp4 else "1/14112000",
        "channels": tag.channels,
        "channelLayout": "stereo" if tag.channels == 2 else "mono",
        "chapters": embedded_chapters(Path(metadata["path"]), tag.duration) if is_mp4 else [],
        "embeddedCoverArt": "mjpeg" if _picture(Path(metadata["path"])) else None,
        "metaTags": _tags(tag),
        "mimeType": "audio/mp4" if is_mp4 else _MIME.get(extension, "audio/mpeg"),
    }


def _tags(tag: TinyTag) -> dict[str, str]:
    """Name the tags as the server does; a tag that is not there has no key."""
    other = {key.lower().replace("-", ""): values[0] for key, values in tag.other.items() if values}
    named = {
        "tagAlbum": tag.album,
        "tagAlbumArtist": tag.albumartist,
        "tagArtist": tag.artist,
        "tagGenre": tag.genre,
        "tagTitle": tag.title,
        "tagTrack": None if tag.track is None else "/".join(str(part) for part in (tag.track, tag.track_total) if part),
        "tagDisc": None if tag.disc is None else str(tag.disc),
        "tagDate": tag.year,
        "tagComposer": tag.composer,
        "tagComment": tag.comment,
        "tagDescription": other.get("description"),
        "tagPublisher": other.get("publisher"),
        "tagSubtitle": other.get("subtitle") or other.get("set_subtitle"),
        "tagSeries": other.get("series"),
        "tagSeriesPart": other.get("seriespart"),
        "tagGrouping": other.get("grouping"),
        "tagLanguage": other.get("language"),
        "tagIsbn": other.get("isbn"),
        "tagASIN": other.get("asin") or other.get("audible_asin"),
    }
    return {key: str(value) for key, value in named.items() if value}


def read_tags(first: AudioFile) -> Stated:
    """State what the tags of a book's first track say."""
    tags = first["metaTags"]
    stated = Stated()
    texts = {
        "title": tags.get("tagAlbum") or tags.get("tagTitle"),
        "subtitle": tags.get("tagSubtitle"),
        "publisher": tags.get("tagPublisher"),
        "publishedYear": tags.get("tagDate"),
        "description": tags.get("tagDescription") or tags.get("tagComment"),
        "language": tags.get("tagLanguage"),
        "isbn": tags.get("tagIsbn"),
        "asin": tags.get("tagASIN"),
    }
    stated.texts = {key: text for key, text in texts.items() if text}
    if artist := tags.get("tagArtist") or tags.get("tagAlbumArtist"):
        stated.authors = split_names(artist)
    if composer := tags.get("tagComposer"):
        stated.narrators = split_names(composer)
    if genre := tags.get("tagGenre"):
        stated.genres = [part.strip() for part in re.split(r"//?|;", genre) if part.strip()]
    if series := tags.get("tagSeries"):
        stated.series = [(series, tags.get("tagSeriesPart"))]
    elif grouping := tags.get("tagGrouping"):
        stated.series = [read_series(part) for part in grouping.split(";") if part.strip()]
    return stated


def chapters_of(audio: list[AudioFile], title: str | None) -> list[Chapter]:
    """Give the embedded chapters of a single file, or one chapter a file for a book of several."""
    if len(audio) == 1:
        return list(audio[0]["chapters"])
    titles = [file["metaTags"].get("tagTitle") for file in audio]
    telling = None not in titles and len(set(titles)) == len(titles) and title not in titles
    chapters: list[Chapter] = []
    start = 0.0
    for position, (file, tagged) in enumerate(zip(audio, titles, strict=True)):
        name = tagged if telling and tagged else PurePosixPath(file["metadata"]["filename"]).stem
        chapters.append({"id": position, "start": start, "end": start + file["duration"], "title": name})
        start += file["duration"]
    return chapters


def embedded_picture(audio: Iterable[AudioFile]) -> bytes | None:
    """Give the front cover inside the first audio file that has one."""
    for file in audio:
        if file["embeddedCoverArt"]:
            return _picture(Path(file["metadata"]["path"]))
    return None


def _picture(path: Path) -> bytes | None:
    image = TinyTag.get(path, image=True).images.any
    return image.data if image else None
