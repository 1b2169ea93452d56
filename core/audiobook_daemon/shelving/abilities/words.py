"""Says what was found out about disks, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.models import Finding, Level
from audiobook_daemon.shelving.abilities.values import LibraryDisk, Pair
from audiobook_daemon.shelving.methods import Method
from audiobook_daemon.shelving.sizes import in_words

_ONE_VOLUME = (
    "Put both on one file system. In containers, mount the folder above both as one volume: two volumes are two file "
    "systems, even on one disk."
)
_RIGHTS = (
    "Let the daemon run as the user of the download client, or in its group with the right to write: the kernel lets "
    "nobody link what he may not write (fs.protected_hardlinks)."
)
_ALLOW = "Add copy to `method` of `shelve`, or put both on one file system."
_DONE = {Method.HARDLINK: "hardlinked", Method.REFLINK: "cloned", Method.COPY: "copied"}


def judge_pair(pair: Pair, methods: Sequence[Method]) -> Finding:
    """Say how books get from the downloads into the library, and why not in a better way."""
    places = f"{pair.downloads} and {pair.root}"
    passed: list[Method] = []
    for method in methods:
        if _works(pair, method):
            return _found(pair, method, passed, places)
        passed.append(method)
    return Finding(Level.FAILURE, f"Books cannot be shelved: {_why(pair, passed, places)}, and copying is off.", _ALLOW)


def judge_library(disk: LibraryDisk, keep_free: int) -> Finding:
    """Say what a library's file system takes, and whether it has room."""
    if disk.fault:
        remedy = "See that the disk is mounted, and that the daemon's user may write there."
        return Finding(Level.FAILURE, f"{disk.root} cannot be used: {disk.fault}.", remedy)
    told = [f"{disk.root} is {disk.kind or 'of a kind the kernel does not name'}"]
    if disk.case_sensitive is not None:
        told.append("tells capitals from small letters" if disk.case_sensitive else "takes a and A for one name")
    if disk.refused:
        told.append(f"takes no {' '.join(disk.refused)} in names")
    if disk.long_names is False:
        told.append("takes no names of 255 bytes")
    if disk.free is not None:
        told.append(f"has {in_words(disk.free)} left")
    text = f"{', '.join(told)}."
    if disk.free is not None and disk.free < keep_free:
        text = f"{text} {in_words(keep_free)} are kept free: nothing is grabbed until there is more."
        return Finding(Level.WARNING, text, "Free some space there, or let `keep_free` of `shelve` be less.")
    return Finding(Level.OK, text)


def _works(pair: Pair, method: Method) -> bool:
    """What was not tried is believed of one file system, except for clones, which few can make."""
    if method is Method.COPY:
        return True
    return pair.able.get(method, pair.same_file_system and method is Method.HARDLINK)


def _found(pair: Pair, method: Method, passed: Sequence[Method], places: str) -> Finding:
    how = f"Books are {_DONE[method]}"
    if not passed:
        of_one = "are on one file system" if pair.same_file_system else "lead into one another"
        return Finding(Level.OK, f"{how}: {places} {of_one}." if method is not Method.COPY else f"{how} from {places}.")
    text = f"{how}, because {_why(pair, passed, places)}."
    if method is Method.REFLINK:
        return Finding(Level.OK, text)
    return Finding(Level.WARNING, f"{text} Each takes its space twice.", _remedy(pair))


def _why(pair: Pair, passed: Sequence[Method], places: str) -> str:
    if not pair.same_file_system:
        return f"{places} are on two file systems"
    told = [f"{method} is not possible ({pair.why.get(method, 'not tried')})" for method in passed]
    return f"between {places} {' and '.join(told)}"


def _remedy(pair: Pair) -> str:
    denied = "not permitted" in pair.why.get(Method.HARDLINK, "")
    return _RIGHTS if pair.same_file_system and denied else _ONE_VOLUME
