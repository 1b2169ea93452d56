"""The words around names: roles, particles, suffixes, courtesy titles, placeholders, organisations."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

PARTICLES = frozenset(
    words("""
        de del della dello degli di da das do dos du des d la le les lo van von der den ten ter te vom zu zum zur af av
        al el bin ben ibn abu st saint mac
    """)
)
"""Words that may begin a surname, folded."""

GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
"""Suffixes that tell members of one family apart, folded, to one form."""

DEGREES = frozenset(
    words("""
        phd md ma mba msc bsc ba dds dvm esq jd rn lcsw cpa edd psyd obe cbe mbe kbe dbe qc frs ret usn usmc usa usaf
    """)
)
"""Degrees and honours that follow a name, folded without dots."""

COURTESY = frozenset(
    words("""
        dr prof professor sir dame lord lady mr mrs ms miss rev reverend father fr sister brother capt captain col
        colonel gen general lt sgt major maj hon rabbi herr frau mme mlle monsieur madame signor don dona doktor dipl
        ing
    """)
)
"""Titles that precede a name, folded."""

AUTHOR_ROLES = frozenset(
    words("""
        author authors writer coauthor autor autorin autoren auteur auteure autore autrice auteurs schrijver written
        forfatter forfattare автор creator
    """)
)
"""Roles that make an author, folded."""

OTHER_ROLES = frozenset(
    words("""
        translator translators translated translation trans tr transl ubersetzer ubersetzerin ubersetzung ubersetzt
        traducteur traductrice traduit traduction traductor traductora traduccion traduttore traduttrice traduzione
        vertaler vertaling overs oversetter oversatt oversattare narrator narrators narrated narration nar reader
        readers read sprecher sprecherin gelesen vorgelesen erzahler erzahlerin erzahlt narrateur narratrice lu lecteur
        lectrice narrador narradora narrado leido letto narratore voorgelezen verteller performed performer performers
        voice voices editor editors edited ed eds editing hrsg herausgeber herausgeberin herausgegeben editeur redacteur
        curatore illustrator illustrators illustrated illustrations illus ill illustriert illustrateur illustratrice
        illustratore ilustrador ilustradora artist cover photographer foreword vorwort preface prefacier prologue
        introduction introducer intro einleitung afterword nachwort postface epilogue contributor contributors
        contribution commentary annotator notes adapter adapted adaptation abridged abridger director directed producer
        produced production publisher published composer music musik cast compiler compiled consultant interviewer
        interviewee переводчик перевод читает чтец исполнитель редактор illustratorin inleser inlasare indlaeser
        oplaeser luettu lukija lektor czyta tlumacz
    """)
)
"""Roles of people who are no authors, folded."""

ORGANISATION = frozenset(
    words("""
        inc ltd llc gmbh co corp corporation company team group press publishing publishers publications verlag editions
        books studios studio productions entertainment media audio audiobooks originals original university institute
        society association foundation committee council library magazine radio theatre theater company ensemble church
        ministry
    """)
)
"""Words that make a name that of an organisation, folded."""

_PLACEHOLDERS = """
various, various authors, various artists, various author, various narrators, va, v a, multiple, multiple
authors, many, several authors, diverse, diverse autoren, verschiedene, verschiedene autoren, auteurs divers,
divers, collectif, varios, varios autores, autori vari, aa vv, aavv, vvaa, anthology, collection, collections,
unknown, unknown author, unknown artist, unknown narrator, author unknown, unbekannt, unbekannter autor,
unbekannter kunstler, inconnu, auteur inconnu, desconocido, autor desconocido, sconosciuto, onbekend, okand,
ukjent, неизвестно, неизвестен, неизвестный автор, разные авторы, anonymous, anonym, anonyme, anonimo, none,
null, n a, na, nil, undefined, nan, not available, no author, author, authors, artist, narrator, writer, name,
test, untitled, tba, tbd, tmp, temp, temporary, cache, metadata, data, download, downloads, downloading,
complete, completed, incomplete, incoming, new, new folder, folder, misc, miscellaneous, other, others,
audiobook, audiobooks, audio books, audio book, audio, books, book, library, media, mp3, m4b, torrents, torrent,
seeding, files, import, imports, inbox, staging, backup, trash, unsorted, horbuch, horbucher, livres audio,
streams, system, root, home, mnt, share, public, private
"""

PLACEHOLDERS = frozenset(" ".join(words(name)) for name in _PLACEHOLDERS.split(","))
"""What stands where an author should be and names nobody, folded."""
