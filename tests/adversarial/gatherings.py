"""Several books in one torrent, and books that only look like several."""

from __future__ import annotations

from tests.adversarial.language import Case, text, tracker, want

A = "Rolf Amsel"
S = "The Clockwork Sea"
BRASS_TIDE = want("Brass Tide", A, f"{S} 1")
IRON_EBB = want("Iron Ebb", A, f"{S} 2")

CASES = (
    Case(
        "omnibus",
        BRASS_TIDE,
        (tracker(f"{S}, Books 1-3", A, f"{S} 1-3", size=1500, seeders=80), tracker("Brass Tide", A, f"{S} 1")),
        1,
    ),
    Case("omnibus", BRASS_TIDE, (tracker(f"{S}, Books 1-4", A, f"{S} 1-4", size=1900),), None),
    Case("omnibus", BRASS_TIDE, (text(f"{A} - {S} Omnibus [M4B]", size=1900),), None),
    Case(
        "the omnibus is wished",
        want(f"{S}: Books 1-3", A, f"{S} 1-3"),
        (tracker("Brass Tide", A, f"{S} 1"), tracker(f"{S}: Books 1-3", A, f"{S} 1-3", size=1500)),
        1,
    ),
    Case(
        "the omnibus is wished",
        want(f"{S}: Books 1-3", A, f"{S} 1-3"),
        (tracker(f"{S}: Books 4-6", A, f"{S} 4-6", size=1500), tracker("Brass Tide", A, f"{S} 1")),
        None,
    ),
    Case("box set", BRASS_TIDE, (text(f"{S} Box Set: Brass Tide, Iron Ebb - {A}", size=900),), None),
    Case("box set", IRON_EBB, (text(f"{A} - {S} Boxed Set (Books 1-6) MP3", size=2900),), None),
    Case("complete series", IRON_EBB, (text(f"{A} - {S} Complete Series [MP3]", size=2900),), None),
    Case("complete works", IRON_EBB, (text(f"{A} - 24 Audiobook Collection MP3", size=9000),), None),
    Case("pack of ten", IRON_EBB, (text(f"{A} - 10 Books Pack [MP3]", size=5000),), None),
    Case(
        "pack of ten beside the book",
        IRON_EBB,
        (text(f"{A} - 10 Books Pack [MP3]", size=5000, seeders=500), text(f"{A} - Iron Ebb [MP3]", seeders=1)),
        1,
    ),
    Case("two books in one", want("Iron Ebb", A), (text(f"{A} - Brass Tide & Iron Ebb [M4B]", size=900),), None),
    Case("duology", IRON_EBB, (tracker(f"{S} Duology", A, f"{S} 1-2", size=900),), None),
    Case(
        "the place of a range",
        IRON_EBB,
        (tracker("Iron Ebb", A, f"{S} 2-3", size=900),),
        None,
    ),
    Case("a list of places", IRON_EBB, (tracker(S, A, f"{S} 1, 2, 3", size=1300),), None),
    Case(
        "anthology",
        want("The Drowned Bell", A),
        (tracker("Tales of Deep Water: An Anthology", f"{A} & Eva Brisk & Tom Cole", seeders=80),),
        None,
    ),
    Case(
        "anthology is wished",
        want("Tales of Deep Water", "Eva Brisk"),
        (tracker("Tales of Deep Water", "Eva Brisk & Tom Cole & Rolf Amsel"),),
        0,
    ),
    Case(
        "story and its collection",
        want("The Drowned Bell", A),
        (tracker("The Drowned Bell and Other Stories", A, seeders=90),),
        None,
    ),
    Case(
        "a collection is the book",
        want("The Drowned Bell and Other Stories", A),
        (tracker("The Drowned Bell", A, size=40), tracker("The Drowned Bell and Other Stories", A)),
        1,
    ),
    Case("complete in a title", want("The Complete Gardener", A), (tracker("The Complete Gardener", A),), 0),
    Case("collection in a title", want("The Night Collection", A), (tracker("The Night Collection", A),), 0),
    Case("box in a title", want("The Music Box", A), (text(f"{A} - The Music Box [M4B]"),), 0),
    Case("set in a title", want("Set in Stone", A), (text(f"{A} - Set in Stone [M4B]"),), 0),
    Case("series in a title", want("A Series of Small Fires", A), (tracker("A Series of Small Fires", A),), 0),
    Case("books in a title", want("The Keeper of Lost Books", A), (text(f"{A} - The Keeper of Lost Books [MP3]"),), 0),
    Case("numbers in a title", want("The 5 Lives of Ada", A), (text(f"{A} - The 5 Lives of Ada [MP3]"),), 0),
    Case("years in a title", want("1913: The Year", A), (text(f"{A} - 1913 The Year [M4B]"),), 0),
    Case(
        "a volume of another series in the same world",
        IRON_EBB,
        (tracker("Steam Harbour", A, "Tales of the Clockwork Sea 2", seeders=90),),
        None,
    ),
)
