"""The right work in a recording nobody asked for: abridged, dramatised, cut in parts, another narrator."""

from __future__ import annotations

from tests.adversarial.language import Case, text, tracker, want

A = "Cora Blythe"
T = "The Paper King"

CASES = (
    Case("abridged", want(T, A), (tracker(T, A, abridged=True, seeders=500), tracker(T, A)), 1),
    Case("abridged", want(T, A), (tracker(f"{T} (Abridged)", A, seeders=500),), None),
    Case("abridged", want(T, A), (text(f"{A} - {T} ABRIDGED MP3", seeders=500), text(f"{A} - {T} UNABRIDGED MP3")), 1),
    Case("abridged is welcome", want(T, A, abridged=True), (tracker(f"{T} (Abridged)", A),), 0),
    Case("the word unabridged holds another", want(T, A), (tracker(f"{T} (Unabridged)", A),), 0),
    Case(
        "abridged in German",
        want(T, A, language="de", languages=("de",)),
        (tracker(f"{T} (gekürzt)", A, language="de"), tracker(f"{T} (ungekürzt)", A, language="de")),
        1,
    ),
    Case("dramatised", want(T, A), (tracker(f"{T} (Dramatized Adaptation)", A, seeders=500),), None),
    Case("dramatised", want(T, A), (text(f"{A} - {T} GraphicAudio [M4B]"), text(f"{A} - {T} [M4B]")), 1),
    Case("dramatised", want(T, A), (text(f"{A} - {T} - BBC Radio Full Cast Drama MP3"),), None),
    Case("dramatised is welcome", want(T, A, dramatised=True), (tracker(f"{T} (Dramatized Adaptation)", A),), 0),
    Case(
        "dramatised in parts",
        want(T, A),
        (
            tracker(f"{T} (Part 1 of 2) (Dramatized Adaptation)", A, seeders=90),
            tracker(f"{T} (Part 2 of 2) (Dramatized Adaptation)", A, seeders=90),
        ),
        None,
    ),
    Case(
        "dramatised in parts",
        want(T, A, dramatised=True),
        (tracker(f"{T} (Part 1 of 2) (Dramatized Adaptation)", A, seeders=90),),
        None,
    ),
    Case("split edition", want(T, A), (tracker(f"{T}, Part 1", A), tracker(f"{T}, Part 2", A)), None),
    Case("split edition", want(T, A), (text(f"{A} - {T} Part 1 of 3 [MP3]"), text(f"{A} - {T} [MP3]")), 1),
    Case("split edition", want(T, A), (text(f"{A} - {T} (1 of 2) [M4B]"),), None),
    Case("part of a file name only", want("Part of the Crew", A), (tracker("Part of the Crew", A),), 0),
    Case(
        "two narrators",
        want(T, A, narrators=("Will Hale",)),
        (tracker(T, A, read_by="Ann Reader", seeders=500), tracker(T, A, read_by="Will Hale", seeders=1)),
        1,
    ),
    Case(
        "two narrators",
        want(T, A),
        (tracker(T, A, read_by="Ann Reader", format="mp3"), tracker(T, A, read_by="Will Hale", format="m4b")),
        1,
    ),
    Case(
        "narrators in order",
        want(T, A, narrators=("Will Hale", "Ann Reader")),
        (tracker(T, A, read_by="Bo Other", seeders=500), tracker(T, A, read_by="Ann Reader")),
        1,
    ),
    Case(
        "one of many voices",
        want(T, A, narrators=("Will Hale",)),
        (tracker(T, A, read_by="Ann Reader"), tracker(T, A, read_by="Bo Other & Will Hale")),
        1,
    ),
    Case("e-book", want(T, A), (tracker(T, A, format="epub", size=2, seeders=900, audio=False),), None),
    Case("e-book", want(T, A), (text(f"{A} - {T} [EPUB]", size=3, seeders=900), text(f"{A} - {T} [M4B]")), 1),
    Case("e-book", want(T, A), (text(f"{T} by {A} [ENG / EPUB PDF]", size=14, seeders=900, audio=None),), None),
    Case("film", want(T, A), (text(f"{T} 2019 1080p BluRay x264-GRP", size=9000, audio=None),), None),
    Case("sample", want(T, A), (text(f"{A} - {T} (Sample) MP3", size=12),), None),
    Case("far too small", want(T, A, hours=14), (tracker(T, A, size=11),), None),
    Case("nobody seeds it", want(T, A), (tracker(T, A, seeders=0),), None),
    Case(
        "re-issued under another ASIN",
        want(T, A, asin="B00OLDASIN"),
        (tracker(T, A, asin="B0NEWASIN1"),),
        0,
    ),
    Case(
        "the ASIN of the wish on another book",
        want(T, A, asin="B00OLDASIN"),
        (tracker("A Glass Queen", "Someone Else", asin="B00OLDASIN"),),
        None,
    ),
    Case(
        "many bits do not make it right",
        want(T, A),
        (text(f"{A} - The Paper Queen [FLAC]", seeders=900, size=2000), text(f"{A} - {T} 64kbps MP3", seeders=1)),
        1,
    ),
    Case(
        "the format is a matter of taste",
        want(T, A),
        (tracker(T, A, format="mp3", seeders=900), tracker(T, A, format="m4b", seeders=3)),
        1,
    ),
    Case("anniversary edition", want(T, A), (tracker(f"{T} (10th Anniversary Edition)", A),), 0),
    Case("radio programme about it", want(T, A), (text(f"Bookclub - {A} on {T} - BBC Radio 4 MP3", size=25),), None),
)
