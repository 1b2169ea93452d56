"""Small words and endings that give a language away."""

from __future__ import annotations

import re

_FUNCTION_WORDS = {
    "en": """
        the of and a an in to for with on at from by my his her its our your their is are be was were been who what when
        how why where no not all as if it this that these those you he she we they me him us them i do does did so or
        but into over under out up off than then there here can will would should could have has had
    """,
    "de": """
        der die das dem den des ein eine einer eines einem einen und oder im am vom zum zur ins mit für auf aus bei nach
        über unter vor zwischen wie ist sind war nicht kein keine ich du er sie wir ihr mein meine dein sein seine von
        zu ohne gegen wenn als auch noch wo wer was warum durch bis immer
    """,
    "fr": """
        le la les l d du des et un une dans sur sous pour avec sans aux est sont qui que quand où mon ma mes ton ta
        son sa ses leur leurs notre nous vous il elle ne pas chez entre vers après avant ce cette ces de au à comme
    """,
    "es": """
        el la los las del y un una unos en con por para sin al es son que qué mi mis tu su sus nos se lo de entre sobre
        hasta desde cuando donde como más este esta yo ella
    """,
    "it": """
        il lo la gli le del dello della dei delle degli un una uno di in con per senza che non mio mia tuo suo sua nel
        nella nei nelle dal dalla alla allo al sul sulla è sono chi come quando io e da ai
    """,
    "pt": """
        o os as do da dos das e um uma em no na nos nas com por para sem ao à que não meu minha seu sua entre sobre de
        é são quando como mais
    """,
    "nl": """
        het een de van en in met voor op uit zonder bij naar dat die niet zijn haar mijn te aan over onder tussen wie
        wat is ik je hij zij wij der
    """,
    "sv": "och den det en ett som på av till från med utan jag du inte är var min mitt sin om för vid hon han",
    "da": "og den det en et som på af til fra med uden jeg du ikke er var min mit sin om for ved hun han",
    "no": "og den det en et som på av til fra med uten jeg du ikke er var min mitt sin om for ved hun han",
    "fi": "ja on ei se että kun hän minä sinä joka mutta kuin ovat oli",
    "pl": "w z na do się i jest nie od dla po za przez oraz jak co to kto gdy ze pod nad",
    "cs": "v na do se je ne od pro po za přes jak kdo co když ze pod nad",
    "sk": "v na do sa je nie od pre po za cez ako kto čo keď zo pod nad",
    "hr": "u na do se je ne od za po kroz kao tko što kad iz pod nad koji",
    "hu": "az és egy nem van ha hogy mint aki ami csak volt meg",
    "ro": "și în cu din un o nu este ce care pentru cel cea despre la pe",
    "tr": "ve bir bu ile için değil ne gibi kadar daha ben sen olan",
}
_MAKING_WORDS = {
    "de": r"hörbuch|hörbücher|hörspiele?|(?:un)?gekürzte?|\w*ausgaben?|sammelb(?:and|ände)|schuber|lesung|limitierte|"
    r"taschenbuch|sonderedition|deutsche",
    "fr": r"intégrales?|éditions?|abrégée?|coffrets?|tomes|limitée|reliée?|française?",
    "es": r"edición|ediciones|audiolibros?|colección|íntegr[oa]|estuche|coleccionista|tomos?|española?",
    "it": r"edizion[ei]|audiolibr[oi]|cofanetto|limitata|raccolta",
    "pt": r"edição|edições|coleção|audiolivros?",
    "nl": r"luisterboek(?:en)?|\w*uitgave|hoorspel|\w*editie|verzamelbox",
    "sv": r"ljudb(?:ok|öcker)|\w*utgåva",
    "da": r"lydb(?:og|øger)|\w*udgave",
    "no": r"lydb(?:ok|øker)|\w*utgave",
    "pl": r"wydanie|księga|słuchowisko|edycja|kolekcjonerska",
    "cs": r"vydání|audiokniha|díl|kniha",
    "hu": r"\w*kiadás|kötet|hangoskönyv|könyv",
    "fi": r"äänikirja|\w*painos",
    "ro": r"ediția|volumul",
    "tr": r"baskı|kitabı|cilt",
}
_CONTENT_WORDS = {
    "de": """
        zeit haus häuser mann männer frau frauen tod leben nacht welt könig königin herr herrin kind kinder mädchen
        junge buch schwert schwerter sturm spiel spiele tochter sohn schwester bruder mutter vater liebe herz feuer
        wasser blut schatten licht drache drachen hexe stadt weg reise ende geheimnis geschichte krieg frieden himmel
        hölle teufel engel winter sommer insel meer schlüssel tage jahre letzte erste große kleine schwarze weiße rote
        verlorene
    """,
    "fr": """
        petit petite grand grande homme hommes femme femmes mort vie nuit monde roi reine fille fils soeur frère mère
        père amour coeur feu eau sang ombre ombres lumière ville chemin voyage fin secret histoire guerre paix ciel
        enfer diable ange hiver été île mer clé jours ans dernier dernière premier première noir noire blanc rouge perdu
        perdue maison enfant enfants école trône épée
    """,
    "es": """
        casa vida muerte noche mundo rey reina hombre hombres mujer mujeres hija hijo hermana hermano madre padre amor
        corazón fuego agua sangre sombra sombras luz ciudad camino viaje fin secreto historia guerra paz cielo infierno
        diablo ángel invierno verano isla mar llave días años último última primero negro blanco rojo perdido juego
        tronos viento piedra niño niña soledad nombre princesa libro
    """,
    "it": """
        vita morte notte mondo regina uomo uomini donna donne figlia figlio sorella fratello madre padre amore cuore
        fuoco acqua sangue ombra ombre luce città viaggio fine segreto storia guerra cielo inferno diavolo angelo
        inverno estate isola mare chiave giorni anni ultimo ultima primo nero bianco rosso perduto gioco spade trono
        nome rosa principe bambino ragazza libro
    """,
    "pt": """
        vida morte noite mundo rei rainha homem mulher filha filho irmã coração fogo água sangue sombra luz livro jogo
    """,
    "nl": """
        huis leven dood nacht wereld koning koningin vrouw kind meisje boek zwaard spel dochter zoon zus broer liefde
    """,
    "sv": """
        hus liv död natt värld kung drottning kvinna flickan pojken mannen bok svärd spel dotter kärlek hjärta eld
    """,
    "da": """
        hus liv død nat verden konge dronning kvinde pigen drengen manden sværd spil datter kærlighed hjerte ild
    """,
    "pl": """
        życie śmierć noc świat król królowa kobieta dziewczyna miłość serce ogień krew cień wojna pani miecz gra
    """,
    "cs": """
        život smrt svět král královna žena dívka láska srdce oheň krev stín válka meč hra
    """,
    "fi": """
        elämä kuolema yö maailma kuningas kuningatar nainen tyttö rakkaus sydän tuli veri varjo sota miekka
    """,
    "hu": """
        élet halál éjszaka világ király királynő nő férfi lány szerelem szív tűz vér árnyék háború kard
    """,
}
_ENDINGS = {
    "de": "ungen|heit|heiten|keit|keiten|schaft|lein|liche|ischen|igkeit|lung|tung|dung|gung|rung|nung",
    "fr": "euse|euses|ités?|eaux|aise|oises|ième|oire",
    "es": "ción|ciones|dades|mientos?|ería|ísimo|ísima",
    "it": "zione|zioni|ità|ezza|ezze|issimo|issima|aggio",
    "pt": "ção|ções|dades|eiro|eira|ões|inho|inha",
    "nl": "heid|heden|lijk|lijke|schap|tjes",
    "pl": "ość|ości|owie|skie|skiego|nych",
    "cs": "ost|osti|ání|ení|ský|ská|ské|ného|ných",
    "hu": "ság|ség|nak|nek|ról|ről|tól|től|ája|éje",
    "fi": "inen|isen|issa|issä|illa|illä|ista|istä|sten",
}

FUNCTION_WORDS = {
    code: frozenset(f"{row} {_CONTENT_WORDS.get(code, '')}".split()) for code, row in _FUNCTION_WORDS.items()
}
"""Words that make sentences and titles, by language, in small letters with their accents."""

MAKING_WORDS = {code: re.compile(row) for code, row in _MAKING_WORDS.items()}
"""Words about the making of a book (`Ausgabe`), which only a title in that language has."""

ENDINGS = {code: re.compile(rf"\w{{3,}}(?:{row})") for code, row in _ENDINGS.items()}
"""How longer words of a language end."""

NAME_WORDS = frozenset(
    ["de", "da", "di", "del", "van", "von", "der", "do", "dos", "la", "le", "el", "las", "los", "les", "al"]
)
"""Function words that stand in the names of people and places too."""

VOLUME_WORDS = {
    **dict.fromkeys(("band", "bd", "teil", "folge", "buch"), "de"),
    **dict.fromkeys(("tome", "livre", "partie"), "fr"),
    **dict.fromkeys(("tomo", "libro"), "es"),
    **dict.fromkeys(("deel", "boek"), "nl"),
    **dict.fromkeys(("díl", "kniha"), "cs"),
    "kötet": "hu",
    "osa": "fi",
    "księga": "pl",
}
"""Words that number volumes in one language and are no English words before a number."""
