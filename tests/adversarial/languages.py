"""The right work in the wrong language, most of all where it is the only one on offer."""

from __future__ import annotations

from tests.adversarial.language import Case, text, tracker, want

A = "Helle Storm"
T = "The Silent Fjord"

CASES = (
    Case("only result is Danish", want(T, A), (tracker(T, A, language="da", seeders=99),), None),
    Case("only result is Danish", want(T, A), (text(f"{A} - Den tavse fjord [DANISH] MP3", seeders=99),), None),
    Case("only result is Danish", want(T, A), (text(f"{T} by {A} [DAN / MP3]", seeders=99),), None),
    Case("Danish beside English", want(T, A), (tracker(T, A, language="da", seeders=99), tracker(T, A)), 1),
    Case("Danish beside English", want(T, A), (text(f"{T} by {A} [DAN / M4B]"), text(f"{T} by {A} [ENG / MP3]")), 1),
    Case("German is wished", want(T, A, language="de", languages=("de",)), (tracker(T, A),), None),
    Case(
        "German is wished",
        want("Der stille Fjord", A, language="de", languages=("de",), aliases=(T,)),
        (tracker(T, A), tracker("Der stille Fjord", A, language="de")),
        1,
    ),
    Case(
        "two languages are welcome",
        want(T, A, language=None, languages=("en", "da")),
        (tracker(T, A, language="de"), tracker(T, A, language="da")),
        1,
    ),
    Case("language told in words", want(T, A), (text(f"{A} - {T} (Spanish Edition) [M4B]"),), None),
    Case("language told in words", want(T, A), (text(f"{A} - {T} (Edición en español) [M4B]"),), None),
    Case("language told in words", want(T, A), (text(f"{A} - {T} - Hörbuch ungekürzt deutsch MP3"),), None),
    Case("language told in words", want(T, A), (text(f"{A} - {T} [FRENCH] [M4B]"),), None),
    Case("language told in words", want(T, A), (text(f"{A} - {T} (Polish audiobook) MP3"),), None),
    Case("a language in a title", want("The English Girl", A), (text(f"{A} - The English Girl [M4B]"),), 0),
    Case("a language in a title", want("A French Exit", A), (tracker("A French Exit", A),), 0),
    Case("a language in a title", want("The Polish Cousin", A), (text(f"{A} - The Polish Cousin [MP3]"),), 0),
    Case(
        "one English book is three Spanish ones",
        want("The Crown of Reeds", A, "Reeds 1"),
        (
            tracker("La corona de juncos 1", A, "Juncos 1", language="es", seeders=50),
            tracker("La corona de juncos 2", A, "Juncos 2", language="es", seeders=50),
        ),
        None,
    ),
    Case(
        "one English book is three Spanish ones",
        want("La corona de juncos", A, "Juncos 1", language="es", languages=("es",)),
        (tracker("La corona de juncos 2", A, "Juncos 2", language="es", seeders=50),),
        None,
    ),
    Case(
        "translated title in the wrong place",
        want(T, A, "Fjord 1"),
        (text(f"{A} - Fjord 1 - Der stille Fjord [M4B]"),),
        None,
    ),
    Case(
        "Cyrillic offer for an English wish",
        want(T, A),
        (text("Хелле Шторм - Тихий фьорд [MP3]"),),
        None,
    ),
    Case("no language is stated by a tracker", want(T, A), (tracker(T, A, language=None),), 0, or_nothing=True),
    Case("English is stated in a text", want(T, A), (text(f"{T} by {A} [ENG / M4B] [VIP]"),), 0),
)
