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
    words("phd md mba msc bsc dds dvm esq lcsw cpa edd psyd obe cbe mbe kbe dbe qc frs usn usmc usaf ret")
)
"""Degrees and honours that follow a name, folded without dots."""

SHORT_DEGREES = frozenset(words("ma ba jd rn ms bs do ra"))
"""Degrees that are initials or names too; they count in capitals, behind a whole name."""

COURTESY = frozenset(
    words("""
        dr prof professor sir dame lord lady mr mrs ms miss rev reverend father fr sister brother capt captain col
        colonel gen general lt sgt major maj hon rabbi herr frau mme mlle monsieur madame signor doktor dipl
        ing
    """)
)
"""Titles that precede a name, folded."""

AUTHOR_ROLES = frozenset(
    words("""
        author authors writer writers coauthor autor autorin autoren auteur auteure auteurs autore autrice autori
        autora autores schrijver geschreven written escrito ecrit scritto geschrieben forfatter skrevet forfattare
        skriven автор авторы creator 著 著者 作者 原作 지음
    """)
)
"""Roles that make an author, folded."""

EDITOR_ROLES = frozenset(
    words("""
        editor editors edited ed eds hrsg hg herausgeber herausgeberin herausgegeben curatore cura compiler compiled
        curator curated anthologist redacteur redactor redaktor redaktion редактор составитель 編 編著
    """)
)
"""Roles of those who bring the writings of others together, folded."""

OTHER_ROLES = frozenset(
    words("""
        translator translators translated translation trans tr transl ubersetzer ubersetzerin
        ubersetzung ubersetzt traducteur traductrice traduit traduction traductor traductora traduccion
        traducido traduttore traduttrice traduzione tradotto tradutor tradutora traducao traduzido
        vertaler vertaling vertaald overs oversetter oversatt oversat oversattare oversattning tlumacz
        tlumaczenie przeklad kaantaja preklad переводчик перевод 译 译者 訳 訳者 翻訳 옮김 narrator narrators
        narrated narration nar narr reader readers read sprecher sprecherin gelesen vorgelesen
        gesprochen lesung horspiel erzahler erzahlerin erzahlt narrateur narratrice lu lecteur lectrice
        narrador narradora narrado leido locutor letto lettore narratore voorgelezen verteller performed
        performer performers voice voices voiced inleser inlasare inlast upplasare upplast indlaeser
        indlaest oplaeser oplaest laest lest luettu lukija lektor czyta читает чтец исполнитель
        озвучивает 朗読 演播 播讲 낭독 illustrator illustrators illustrated illustrations illus ill illustriert
        illustrationen illustratorin illustrateur illustratrice illustratore illustrazioni ilustrador
        ilustradora ilustraciones artist artwork cover photographer photographs foreword vorwort preface
        prefacier prefazione prologo prologue introduction introducer introduced introduzione
        introduccion intro einleitung einfuhrung afterword nachwort postface epilogue contributor
        contributors contribution commentary annotator annotated notes adapter adapted adaptation
        adaptateur bearbeitet abridged abridger director directed regie producer produced production
        publisher published composer music musik cast consultant interviewer interviewee host hosted
    """)
)
"""Roles of people who are no authors, folded."""

SHARED_ROLES = frozenset(
    words("""
        authors editors eds hrsg hg translators narrators readers illustrators performers contributors writers voices
    """)
)
"""Roles that may stand once behind several people, folded."""

ORGANISATION = frozenset(
    words("""
        inc ltd llc gmbh co corp corporation company team group press publishing publishers publications verlag editions
        books studios studio productions entertainment media audio audiobooks originals original university institute
        society association foundation committee council library magazine radio theatre theater company ensemble church
        ministry
    """)
)
"""Words that make a name that of an organisation, folded."""

NOBODY = frozenset(
    words("""
        various unknown multiple diverse divers several many mixed assorted anonymous unnamed unspecified unidentified
        undefined verschiedene unbekannt unbekannter unbekannte varios vari inconnu desconocido sconosciuto onbekend
        okand ukjent ukendt tuntematon nieznany neznamy collectif неизвестный неизвестно неизвестен разные
    """)
)
"""Words that say that nobody in particular is meant, folded."""

ANYBODY = frozenset(
    words("""
        author authors writer writers artist artists narrator narrators reader readers editor editors performer
        performers contributor contributors people person persons name names autor autoren autorin autores auteur
        auteurs autori autore kunstler interpret interpreten sprecher schrijver forfatter forfattare автор авторы
        исполнитель other others and the not available specified given
    """)
)
"""Words that stand beside those and name nobody either, folded."""

_PLACEHOLDERS = """
va, v a, v v a a, vv aa, aa vv, aavv, vvaa, anthology, none, null, n a, na, nil, nan, no author, no name, not
available, not specified, untitled, tba, tbd, tbc, xxx, default, anonym, anonyme, anonimo, anonyymi, tmp, temp,
temporary, cache, metadata, data, download, downloads, downloading, complete, completed, incomplete, incoming, new
folder, folder, misc, miscellaneous, other, others, audiobook, audiobooks, audio books, audio book, audio, book,
books, library, media, mp3, m4b, torrents, torrent, seeding, files, import, imports, inbox, staging, backup, backups,
trash, recycle bin, recycle, lost found, eadir, unsorted, to sort, horbuch, horbucher, livres audio, audiolibros,
streams, stream, system, root, home, mnt, mount, share, shared, public, private, usr, var, opt, etc, config, configs,
log, logs, output, input, processed, processing, failed, converted, extracted, uploads, upload, covers, images, cd,
disc, disk, collection, collections, podcasts, music, ebooks, segments, transcode, transcodes, docker, appdata,
volumes, watch, watched, watch folder, queue, pending, unpack, unpacked, unpacking, intermediate, nzb, usenet, sync,
archive, archives, old, done, finished, ready, sorted, new books, to import, to process, manual import, blackhole,
temp files, tmp files, cached, session, sessions, database, db
"""

PLACEHOLDERS = frozenset(" ".join(words(name)) for name in _PLACEHOLDERS.split(","))
"""What stands where an author should be and names nobody, folded."""
