"""The words of folders that are neither people nor books: of machines, of genres, of series."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

TECHNICAL = frozenset(
    words("""
        audiobook audiobooks audio book books ebook ebooks library libraries bibliothek media medien mnt srv home root
        users user public private share shares shared nas storage data pool tank volumes torrents torrent seeding seed
        download downloads downloading completed complete incomplete incoming import imports inbox staging unsorted
        sorted tmp temp files new misc other horbuch horbucher backup qbittorrent transmission deluge rtorrent sabnzbd
        nzbget usenet audiobookshelf abs plex booksonic readarr listenarr opt var done finished processed singles
        volume1 volume2 disk1 disk2 mp3 m4b standalone standalones
    """)
)
"""Words of which the names of places on a machine are made, folded."""

SERIES_ENDS = frozenset(
    words("""
        series saga trilogy cycle chronicles chronicle sequence duology quartet quintet tetralogy pentalogy septology
        books novels files mysteries adventures omnibus anthology universe serie reihe zyklus trilogie chroniken serien
        trilogia ciclo crónicas
    """)
)
"""Words that end the name of a series rather than of a book, folded."""

_GENRES = """
    fiction, nonfiction, non fiction, fantasy, epic fantasy, urban fantasy, science fiction, sci fi, scifi, sf, sff,
    science fiction and fantasy, mystery, mysteries, crime, thriller, thrillers, mystery and thriller, horror, romance,
    history, historical fiction, biography, biographies, memoir, memoirs, self help, business, philosophy, religion,
    science, children, childrens, kids, young adult, ya, litrpg, classics, literature, humor, humour, comedy, poetry,
    drama, western, westerns, adventure, general fiction, health, politics, true crime, paranormal, lgbtq, krimi,
    kinder, sachbuch, belletristik, roman, romane, jeunesse, polar, novela, infantil
"""
_GENRE_NAMES = frozenset(" ".join(words(genre)) for genre in _GENRES.split(","))


def is_genre(name: str) -> bool:
    """Whether a folder is called as a genre is."""
    return " ".join(words(name)) in _GENRE_NAMES
