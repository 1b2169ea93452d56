"""The words by which releases speak of themselves: formats, recordings, languages apart from titles and people.

Each phrase has a weight. CLEAR phrases mean the same wherever they end a text, NEAR ones beside a clear one, LOOSE ones
only among their like: within brackets, or alone between two separators.
"""

from __future__ import annotations

from enum import IntEnum

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.claiming import NOTHING
from audiobook_daemon.matching.text import words


class Weight(IntEnum):
    """How sure it is that a phrase is a remark and no word of a title."""

    LOOSE = 1
    NEAR = 2
    CLEAR = 3


Phrase = tuple[tuple[str, ...], Claims, Weight]

_AUDIO = "mp3 m4b m4a aac flac ogg oga opus wma wav alac aax aaxc aiff ape mka ac3 m4p mp4 eac3"
_EBOOK = "epub mobi azw azw3 azw4 kfx pdf djvu fb2 lit lrf prc chm txt rtf doc docx html"
_COMIC = "cbz cbr cb7 cbt"
_VIDEO = "mkv avi wmv mov webm mpg mpeg m2ts ts vob flv"
_ARCHIVE = "zip rar 7z tar gz iso nzb torrent par2 nfo"
_ENCODING = "joint vbr cbr mono stereo lossless lame opus ogg wav multi hq webrip cdrip"
_AMBIGUOUS = "opus lit ape mov ts doc html chm txt wav mp4 ogg"

AUDIO_FORMATS = frozenset(_AUDIO.split())
EBOOK_FORMATS = frozenset(_EBOOK.split())
COMIC_FORMATS = frozenset(_COMIC.split())
VIDEO_FORMATS = frozenset(_VIDEO.split())
ARCHIVES = frozenset(_ARCHIVE.split())
EXTENSIONS = AUDIO_FORMATS | EBOOK_FORMATS | COMIC_FORMATS | VIDEO_FORMATS | ARCHIVES
ENCODINGS = frozenset(_ENCODING.split())
"""Words for the encoding that are none of a title's when they end it in lower case (`The Stand mono`)."""
_WORDS_OF_TITLES = frozenset(_AMBIGUOUS.split())
"""Formats whose names are words (or abbreviations) of their own."""

_UNABRIDGED = """
    unabridged | un abridged | unabridged audiobook | unabridged edition | unabridged version | unabridged recording
    complete and unabridged | complete unabridged | unabridged audio | unabr | ungekürzt | ungekürzte | ungekuerzt
    ungekürzte lesung | ungekürzte ausgabe | ungekürzte fassung | ungekürzte hörbuchfassung | vollständige lesung
    ungekürztes hörbuch | texte intégral | version intégrale | édition intégrale | íntegro | versión íntegra
    sin abreviar | edizione integrale | versione integrale | onverkort | oförkortad | uforkortet | lyhentämätön
"""
_ABRIDGED = """
    abridged | abridged edition | abridged version | abridged audiobook | abridged recording | abridgement
    abridgment | abr | gekürzt | gekürzte | gekuerzt | gekürzte lesung | gekürzte ausgabe | gekürzte fassung
    autorisierte lesefassung | abrégé | version abrégée | abreviado | abreviada | versión abreviada | ridotto
    versione ridotta | verkort | förkortad | forkortet | lyhennetty
"""
_DRAMATISED = """
    dramatized | dramatised | dramatization | dramatisation | dramatized adaptation | dramatised adaptation
    graphicaudio | graphic audio | full cast | full cast recording | full cast audio | full cast production
    full cast audiobook | full cast drama | full cast audio drama | full cast dramatization
    full cast dramatisation | full cast adaptation | audio drama | audio dramatization | audio dramatisation
    radio drama | radio play | radio dramatization | radio dramatisation | radio adaptation | bbc radio drama
    bbc dramatization | bbc dramatisation | bbc radio dramatization | bbc radio dramatisation
    bbc radio 4 dramatisation | bbc radio full cast dramatisation | bbc full cast dramatisation
    bbc radio 4 full cast dramatisation | a movie in your mind | hörspiel | luisterspel | hoorspel | radioteatteri
    a full cast production | full cast edition | dramatized edition
"""
_CLEAR_NOISE = """
    full audiobook | full audio book | audiobook full | complete audiobook | audiobook | audiobooks | audio book
    audio books | hörbuch | hörbücher | livre audio | audiolivre | audiolibro | luisterboek | ljudbok | lydbog
    lydbok | äänikirja | audiobuch | ebook | e book | ebooks | kindle edition | audible edition
    audible audio edition | audible audiobook | audio cd | mp3 cd | audio edition | audiobook edition
    audible original | light novel
"""
_NEAR_NOISE = """
    vbr | cbr | mono | stereo | joint stereo | lossless | lossy
    khz | kbps | kbit s | kb s | retail | web | webrip | web dl | download | downloads | cd | cds | cd rip | cdrip
    hq | ripped | aac lc | he aac | xhe aac | lame | tracks | proper | audible | audible rip | libro fm
    chapterized | chaptered | chapterised | retagged
"""
_LOOSE_NOISE = """
    eac | log | tie in | movie tie in | film tie in | tv tie in | media tie in | large print
    scene | audio | vip | freeleech | free leech | fl | neutral leech | neutral | internal | int | new | nfo | cue
    image cue | image | with chapters | chapters | chapter | single file | single m4b | one file | multi file
    multi | drm free | no drm | tagged | scan | scanned | book | hardcover | paperback | promo | promo cd | novel
    roman | vip only | vip until | sample | request | fixed | complete | uncut | rip | dvd | sbd | overdrive
    audible studios | scribd | storytel | hoopla | nextory | bookbeat | everand | digital | digitized | ocr
    illustrated | edition | version | mb | gb | kb | xpost | reup | re up | read nfo | us | uk | au | ca
    us version | uk version | us edition | uk edition | explicit | clean | original | arc | galley
    uncorrected proof | advance reading copy | deluxe | 2cd | lp | ep | cdr
    1st printing | first printing | 2nd printing | second printing | standalone | stand alone | ai narrated
    virtual voice | text to speech | tts | human narrated | duet narration | duet | dual narration | dual pov
    multicast | multi cast | multiple narrators | various narrators | unknown narrator | bonus material
    bonus content | with bonus | with pdf | pdf included | ebook included | with ebook | audiobook and ebook | cover
    hd | hi res | remastered | rerelease | reissue | novella | short story | a novel | a novella
    a short story | lesung | hörbuchfassung | autorenlesung | gesproken
"""
_REPACKS = "repack | rerip | re rip | repacked"
_COLLECTIONS = """
    discografia | discografia completa | obra completa | obras completas | box set | boxed set | boxset | box
    omnibus | omnibus edition | complete series | the complete series | complete collection
    the complete collection | complete box set | complete boxed set | collection | bundle | complete set
    complete saga | the complete saga | complete trilogy | the complete trilogy | trilogy box set | series box set
    audio collection | discography | complete discography | complete works | the complete works | gesamtausgabe
    sammelband | sammlung | intégrale | la série complète | colección completa | collected works | anthology
    compilation | the box set | the boxed set | series collection | trilogy collection | the collection | megapack
    mega pack | pack
"""
_DRAMA_PUBLISHERS = {"GraphicAudio": "graphicaudio | graphic audio", "Soundbooth Theater": "soundbooth theater"}
_PUBLISHERS = """
    Audible Studios | Books on Tape | Books in Motion | Recorded Books | Blackstone Audio | Blackstone Publishing
    Brilliance Audio | Tantor Audio | Tantor Media | Naxos AudioBooks | Penguin Audio | Random House Audio
    HarperAudio | Hachette Audio | Simon & Schuster Audio | Macmillan Audio | Podium Audio | BBC Audio
    Bolinda Audio | Listening Library | Dreamscape Media | HighBridge Audio | Scholastic Audio | Der Hörverlag
    Argon Verlag | Lübbe Audio | LibriVox
"""


def _listed(text: str) -> list[str]:
    return [phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|") if phrase.strip()]


def _table() -> dict[str, tuple[Phrase, ...]]:
    found: dict[tuple[str, ...], tuple[Claims, Weight]] = {}

    def add(text: str, claims: Claims, weight: Weight) -> None:
        for phrase in _listed(text):
            found[words(phrase)] = (claims, weight)

    add(_LOOSE_NOISE, NOTHING, Weight.LOOSE)
    add(_NEAR_NOISE, NOTHING, Weight.NEAR)
    add(_CLEAR_NOISE, NOTHING, Weight.CLEAR)
    add(_REPACKS, Claims(repack=True), Weight.NEAR)
    add("proper", Claims(repack=False), Weight.NEAR)
    add(_COLLECTIONS, Claims(collection=True), Weight.LOOSE)
    add(_UNABRIDGED, Claims(abridged=False), Weight.CLEAR)
    add(_ABRIDGED, Claims(abridged=True), Weight.CLEAR)
    add(_DRAMATISED, Claims(dramatised=True), Weight.CLEAR)
    for publisher, phrases in _DRAMA_PUBLISHERS.items():
        add(phrases, Claims(publisher=publisher, dramatised=True), Weight.CLEAR)
    for publisher in _listed(_PUBLISHERS):
        add(publisher, Claims(publisher=publisher), Weight.LOOSE)
    for name in AUDIO_FORMATS | EBOOK_FORMATS | COMIC_FORMATS:
        weight = Weight.LOOSE if name in _WORDS_OF_TITLES else Weight.CLEAR
        add(name, Claims(formats=(name,)), weight)
    table: dict[str, list[Phrase]] = {}
    for phrase, (claims, weight) in found.items():
        table.setdefault(phrase[0], []).append((phrase, claims, weight))
    return {first: tuple(sorted(phrases, key=lambda item: -len(item[0]))) for first, phrases in table.items()}


PHRASES = _table()
"""First word -> the phrases that begin with it, the longest first."""
