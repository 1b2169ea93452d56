"""Tells a pack of several books from a single book by what its title and its place in a series say."""

from __future__ import annotations

import re

from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.numbers import number_word, read_positions, roman
from audiobook_daemon.matching.text import words

_LONGEST = 1000
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|zwei|drei|vier|fünf|sechs|sieben|acht)"
_WORKS = (
    r"(?:books?|e?-?audiobooks?|audio books?|novels?|novellas?|volumes?|titles?|bücher|bände|romane|hörbücher|tomes|"
    r"livres|romans|libros|novelas|libri|romanzi|boeken|delen)"
)
_GATHERED = r"(?:set|collection|bundle|pack|box|omnibus|series|saga|cycle|compilation|lot|library|anthology)"
_WHOLE = (
    r"(?:series|saga|trilogy|duology|tetralogy|quadrilogy|quartet|quintet|pentalogy|sextet|hexalogy|heptalogy|cycle|collection|"
    r"set|bundle|omnibus|works|novels|novellas|books|stories|short stories|tales|fiction|short fiction|adventures|"
    r"plays|audiobooks|discography|trilogie|reihe|colección|trilogía|serie|trilogia)"
)
_NO_PREPOSITION = r"(?!(?:to|of|about|for|on|and|in|guide|book|history|handbook|idea|but|with)\b)"
_ENTIRE = r"(?:complete|completa|complète|komplett)"
_BETWEEN_WORDS = rf"(?:[\s\-–—:]{{1,3}}{_NO_PREPOSITION}[^\W_][\w'’.]{{0,30}}){{0,3}}?[\s\-–—:]{{1,3}}"
_PACK_WORDS = (
    r"box(?:ed)?[\s-]{0,2}sets?",
    r"(?:komplett|gesamt|hörbuch|sammel|reihen)[\s-]?box",
    r"(?:mega|series|book|audiobook|audio|e-?book)[\s-]?packs?",
    rf"{_COUNT}[\s-]{{1,2}}{_WORKS}[\s-]{{1,3}}(?:[^\W\d_]{{2,20}}[\s-]{{1,2}}){{0,2}}{_GATHERED}",
    rf"{_COUNT}[\s-]{{1,2}}(?:{_WORKS}[\s-]{{1,2}})?in[\s-]{{1,2}}(?:1|one)",
    rf"{_WORKS}[\s-]{{1,2}}(?:box|set|bundle|pack|collection|omnibus)",
    r"(?:series|trilogy|saga|complete|audio|audiobook)[\s-]{1,2}(?:collection|bundle|set|box)",
    rf"(?:complete|collected|komplette|vollständige){_BETWEEN_WORDS}{_WHOLE}",
    r"complete\schronicles",
    r"(?:full|entire|whole|ganze)\s(?:series|saga|trilogy|set|collection|cycle|reihe)",
    rf"(?:series|serie|saga|trilogy|trilogie|trilogía|colección|collection|reihe)[\s:–—-]{{1,3}}\(?{_ENTIRE}",
    r"(?:selected|gathered)\s(?:works|novels)",
    r"collected\seditions?",
    r"gesamtausgabe|sammelband|sammelbände|gesammelte werke|l['’]intégrale|intégrale|obras completas",
    r"(?:oe|œ)uvres complètes|discography|megapack",
)
_BRACKETED = (
    rf"[(\[]\s?(?!1\s){_COUNT}\s{_WORKS}\s?[)\]]",
    r"[(\[](?:[^()\[\]]{0,60}\s)?(?:omnibus|bundle|compilation)(?:\s[^()\[\]]{0,40})?[)\]]",
    r"[(\[]collection[)\]]",
)
_SURE = re.compile(f"{_START}(?:{'|'.join(_PACK_WORDS)}){_END}|{'|'.join(_BRACKETED)}", re.IGNORECASE)
_OMNIBUS = re.compile(rf"{_START}(?:omnibus(?:es)?|bundle|compilation|anthology|trilogy|trilogie){_END}", re.IGNORECASE)
_OF = re.compile(r"\s{1,3}(?:of|for|from|about|der|des|von|de|du)\s", re.IGNORECASE)
_VOLUME = re.compile(
    rf"[\s,:;(\[#-]{{0,4}}(?:(?:books?|volumes?|vols?|band|tome|no|nr|part)\.?\s{{0,2}}#?\s?)?(?:{_COUNT}|[ivx]{{1,5}}){_END}",
    re.IGNORECASE,
)
_SERIES_AT_END = re.compile(
    r"[^\W_][^()\[\]]{0,200}\s(?:series|collection|discography|tetralogy|quartet|duology)\s*$", re.IGNORECASE
)
_COUNT_AT_END = re.compile(rf"{_START}(?P<count>{_COUNT})\s{{1,2}}{_WORKS}\s*$", re.IGNORECASE)
_NUMBER = r"(?:\d{1,4}(?:\.\d{1,2})?|[ivx]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_LINK = r"\s{0,2}(?:[-‐‑–—~,&+]|,?\s(?:and|to|thru|through|und|bis|et|à|a|y|e|en|tot)\s)\s{0,2}#?"
_RANGE = re.compile(
    rf"(?:(?P<label>{_START}(?:books?|bks?|volumes?|vols?|novels?|episodes?|seasons?|issues?|folgen?|bände|bänden|band|bde?|bücher|"
    rf"buch|teile?|tomes?|tomos?|livres?|libros?|libri|boeken|boek|delen|deel)\.?\s{{0,2}}|#)#?|(?<![^\s(\[,:–—-]))"
    rf"(?P<numbers>{_NUMBER}(?:{_LINK}(?:(?:books?|volumes?|vol)\.?\s)?{_NUMBER}){{1,20}}){_END}",
    re.IGNORECASE,
)
_SPLIT = re.compile(_LINK, re.IGNORECASE)
_DASHED = re.compile(r"\d{1,3}(?:\.\d+)?\s?[-‐‑–—]\s?\d{1,3}(?:\.\d+)?")
_AFTER_BARE = re.compile(r"\s*(?:$|[)\]}(\[{:;,–—-])")
_COUNTED_OTHERWISE = frozenset(
    words("""
        age ages aged grade grades year years lesson lessons unit units chapter chapters part parts disc discs disk
        disks cd cds track tracks page pages verse verses day days week weeks month months step steps hour hours minute
        minutes level levels section sections psalm psalms genesis exodus isaiah john matthew luke mark corinthians
        samuel kings act acts lecture lectures session sessions top ww world war before since after of kbps kbit from in
    """)
)
"""What is counted, before a range, that are no books."""
_SLASHED = re.compile(r"[^/()\[\]{}]{1,200}(?:/[^/()\[\]{}]{1,200}){1,20}")
_BY = re.compile(r"\s(?:by|von|par)\s", re.IGNORECASE)
_REMARKS = frozenset(
    words("""
        m4b m4a mp3 aac flac opus ogg wma epub mobi pdf azw3 azw unabridged abridged retail audiobook audio ebook
        hörbuch ungekürzt vbr cbr audible graphicaudio fiction nonfiction fantasy romance thriller science sci fi
        scifi horror mystery mysteries crime suspense historical history biography memoir humor humour adventure drama
        classics literature poetry young adult ya children kids self help business litrpg western
    """)
)
_RATE = re.compile(r"\d+(?:k|kb|kbps|kbit|kbs|mb|gb)?")
_HIGHEST_BARE = 100


def is_collection(title: str, *, number: str | None = None) -> bool:
    """Whether a release, or a book of a catalogue, is a pack of several books.

    `number` is its place in the series: several places make it a pack, a single one overrules the weaker words of the
    title (the name of a trilogy, a closing `Collection`). How many files there are tells nothing: a single audiobook
    may have one or hundreds.
    """
    positions = read_positions(number) if number else ()
    if len(positions) > 1 or any(position.last not in {None, position.first} for position in positions):
        return True
    title = title[:_LONGEST]
    if _SURE.search(title) or names_several_volumes(title) or lists_titles(title):
        return True
    return not positions and _calls_itself_a_pack(title)


def names_several_volumes(title: str) -> bool:
    """Whether a title states a range or list of volumes (`Books 1-3`, `Vol. I & II`, a closing `1-4`)."""
    for found in _RANGE.finditer(title):
        numbers = [_value(piece) for piece in _SPLIT.split(found["numbers"]) if piece]
        values = [number for number in numbers if number is not None]
        if len(values) < 2 or values != sorted(set(values)) or values[-1] > 1000:
            continue
        label = (found["label"] or "").casefold().rstrip(". #")
        several = label.endswith(("s", "n", "bände", "libri", "bücher", "teile", "bde")) or found.group().startswith(
            "#"
        )
        if several or (label and _AFTER_BARE.match(title, found.end())):
            return True
        if not label and _is_bare_range(title, found, values):
            return True
    return False


def lists_titles(title: str) -> bool:
    """Whether a title is made of several titles with slashes between them (`Ecce Homo / The Anti-Christ`).

    Slashes without blanks belong to a title (`He/She/It`) unless there are several words on each side of them.
    """
    for found in _SLASHED.finditer(_BY.split(title)[0]):
        sides = [side.strip() for side in found.group().split("/")]
        if any(not words(side) or _is_remark(side) for side in sides):
            continue
        several_words = all(len(words(side)) > 1 for side in sides)
        if several_words or re.search(r"\s/\s", found.group()):
            return True
    return False


def _is_bare_range(title: str, found: re.Match[str], values: list[float]) -> bool:
    before = words(title[: found.start()])
    if not before or before[-1] in _COUNTED_OTHERWISE or not _AFTER_BARE.match(title, found.end()):
        return False
    listed = len(values) > 2 and not re.search(r"[^\W\d]", found["numbers"])
    return (
        (listed or bool(_DASHED.fullmatch(found["numbers"]))) and values[-1] <= _HIGHEST_BARE and values != [9.0, 11.0]
    )


def _value(text: str) -> float | None:
    text = re.sub(r"^(?:books?|volumes?|vol)\.?\s", "", text.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    value = number_word(text, ordinals=False)
    return roman(text) if value is None else value


def _calls_itself_a_pack(title: str) -> bool:
    bare = re.sub(r"[(\[{][^()\[\]{}]{0,200}[)\]}]", " ", title).strip()
    for found in _OMNIBUS.finditer(bare):
        if _OF.match(bare, found.end()) or bare[: found.start()].casefold().endswith(("a ", "an ")):
            continue
        word = found.group().casefold()
        if word.startswith("tri") and (_VOLUME.match(bare, found.end()) or bare[found.end() :].strip(" :-–—,.")):
            continue
        if _VOLUME.match(bare, found.end()) or not _only_article(bare[: found.start()]):
            return True
    if _SERIES_AT_END.search(bare) and len(words(bare)) > 2:
        return True
    if counted := _COUNT_AT_END.search(bare):
        return bool(words(bare[: counted.start()])) and counted["count"] not in {"1", "one"}
    return False


def _only_article(text: str) -> bool:
    return set(words(text)) <= {"the", "an", "a", "die", "der", "das", "la", "le", "el"}


def _is_remark(text: str) -> bool:
    said = words(text)
    return all(word in _REMARKS or _RATE.fullmatch(word) or language_code(word) for word in said)
