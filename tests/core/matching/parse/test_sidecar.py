from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import SeriesPlace
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.sidecar import read_sidecar
from audiobook_daemon.matching.parse.sidecar_fields import Sidecar

NFO = """
 ╔══════════════ General Information ══════════════╗
 ║ Title:                  Words of Radiance       ║
 ║ Author.......:          Sanderson, Brandon      ║
 ║ Read By:                Michael Kramer, Kate Reading
 Copyright:                2014
 Series Name:              The Stormlight Archive
 Position in Series:       02
 Publisher:                Macmillan Audio
 Language:                 English
 ASIN:                     B00HPHI3O0
 ISBN:                     978-0-7653-2636-2
 Unabridged:               Yes

 Genres: Epic, Fantasy; epic

 Book Description
 ================
 Expected by his enemies to die.
 It goes on.

 Media Information
 Format:                   M4B
 Encoded Bitrate:          64 kbps
 Author:                   somebody else
"""
RADIANCE = Claims(
    "Words of Radiance",
    authors=("Brandon Sanderson",),
    narrators=("Michael Kramer", "Kate Reading"),
    series=(SeriesPlace("The Stormlight Archive", "2"),),
    year=2014,
    formats=("m4b",),
    bitrate=64,
    abridged=False,
    language="en",
    publisher="Macmillan Audio",
    asin="B00HPHI3O0",
    isbn="9780765326362",
)
OPF = """<?xml version="1.0" encoding="utf-8"?>
<ns0:package xmlns:ns0="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <ns0:metadata>
    <dc:title>Words of Radiance</dc:title>
    <dc:creator opf:role="aut" opf:file-as="Sanderson, Brandon">Brandon Sanderson</dc:creator>
    <dc:creator opf:role="nrt">Michael Kramer, Kate Reading</dc:creator>
    <dc:contributor opf:role="bkp">calibre</dc:contributor>
    <dc:date>2014-03-04T00:00:00+00:00</dc:date>
    <dc:publisher>Macmillan Audio</dc:publisher>
    <dc:subject>Fantasy</dc:subject>
    <dc:subject>Epic, Fantasy</dc:subject>
    <dc:tag>owned</dc:tag>
    <dc:description>
      &lt;p&gt;Expected by his &lt;b&gt;enemies&lt;/b&gt; &amp;amp; friends to die.&lt;/p&gt;
    </dc:description>
    <dc:language>eng</dc:language>
    <dc:identifier opf:scheme="ISBN">978-0-7653-2636-2</dc:identifier>
    <dc:identifier opf:scheme="AMAZON">B00HPHI3O0</dc:identifier>
    <ns0:meta name="calibre:series" content="The Stormlight Archive"/>
    <ns0:meta name="calibre:title_sort" content="Words of Radiance"/>
    <ns0:meta name="calibre:series_index" content="2.0"/>
  </ns0:metadata>
</ns0:package>"""


def test_an_nfo_is_read_whole() -> None:
    assert read_sidecar(NFO, "nfo") == Sidecar(
        RADIANCE, ("Epic", "Fantasy"), (), "Expected by his enemies to die. It goes on."
    )


def test_an_opf_is_read_whole_even_where_prefixes_are_not_declared() -> None:
    expected = replace(RADIANCE, formats=(), bitrate=None, abridged=None)
    found = Sidecar(expected, ("Fantasy", "Epic"), ("owned",), "Expected by his enemies & friends to die.")
    assert read_sidecar(OPF, "opf") == found
    assert read_sidecar("\ufeff" + OPF.replace("utf-8", "utf-16"), ".OPF") == found


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ("Title: 10:04", Claims("10:04")),
        ("Title: The Great Gatsby: A Novel", Claims("The Great Gatsby", "A Novel")),
        ("Title: Firefight: The Reckoners, Book 2", Claims("Firefight", series=(SeriesPlace("The Reckoners", "2"),))),
        ("Title:", Claims()),
        ("Title: N/A", Claims()),
        ("TITEL = Tintenherz", Claims("Tintenherz")),
        ("Author(s): Neil Gaiman & Terry Pratchett", Claims(authors=("Neil Gaiman", "Terry Pratchett"))),
        ("Written by: Unknown", Claims()),
        ("Narrator : Full Name", Claims(narrators=("Full Name",))),
        ("Gelesen von: Rufus Beck", Claims(narrators=("Rufus Beck",))),
        ("Series: Discworld #16.5", Claims(series=(SeriesPlace("Discworld", "16.5"),))),
        ("Series: Discworld, Book 3", Claims(series=(SeriesPlace("Discworld", "3"),))),
        ("Series: Discworld", Claims(series=(SeriesPlace("Discworld"),))),
        ("Series: Discworld\nPosition in Series: Book One", Claims(series=(SeriesPlace("Discworld", "1"),))),
        ("Series: Area 51\nBook number: 2", Claims(series=(SeriesPlace("Area 51", "2"),))),
        ("Release Date: 04-Mar-2014", Claims(year=2014)),
        ("Date:0", Claims()),
        ("lang: deu", Claims(language="de")),
        ("Language: Klingonese", Claims()),
        ("Abridged: No", Claims(abridged=False)),
        ("Unabridged: No", Claims(abridged=True)),
        ("Version: Unabridged", Claims(abridged=False)),
        ("Format: MP3 128 kbps", Claims(formats=("mp3",), bitrate=128)),
        ("Description: Title and Author: none", Claims()),
        ("no label here", Claims()),
    ],
)
def test_labels_of_an_nfo_are_known(line: str, claims: Claims) -> None:
    found = read_sidecar(line, "nfo")
    assert found is not None
    assert found.claims == claims


def opf(*lines: str) -> str:
    return f"<package><metadata>{''.join(lines)}</metadata></package>"


def series(name: str) -> str:
    return f'<meta name="calibre:series" content="{name}"/>'


def index(number: str) -> str:
    return f'<meta name="calibre:series_index" content="{number}"/>'


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ((series("A"), index("1")), (SeriesPlace("A", "1"),)),
        ((series("A"), index("1"), series("B"), index("2.5")), (SeriesPlace("A", "1"), SeriesPlace("B", "2.5"))),
        ((series("A"), index("1"), index("2"), series("B")), (SeriesPlace("A", "1"), SeriesPlace("B"))),
        ((index("1"), series("A")), (SeriesPlace("A"),)),
        ((series("A"), series("B"), index("2")), (SeriesPlace("A"), SeriesPlace("B", "2"))),
        ((series(""), index("2")), ()),
        ((series("A"), index("nonsense")), (SeriesPlace("A"),)),
        (
            (
                '<meta property="belongs-to-collection" id="c1">A</meta>',
                '<meta refines="#c1" property="group-position">3</meta>',
            ),
            (SeriesPlace("A", "3"),),
        ),
    ],
)
def test_an_index_counts_within_the_series_before_it(lines: tuple[str, ...], places: tuple[SeriesPlace, ...]) -> None:
    found = read_sidecar(opf(*lines), "opf")
    assert found is not None
    assert found.claims.series == places


def test_roles_of_opf_3_tell_who_reads() -> None:
    text = opf(
        '<dc:creator id="a">Neil Gaiman</dc:creator>',
        '<dc:creator id="n">Lenny Henry</dc:creator>',
        '<meta refines="#n" property="role" scheme="marc:relators">nrt</meta>',
    )
    found = read_sidecar(text, "opf")
    assert found is not None
    assert (found.claims.authors, found.claims.narrators) == (("Neil Gaiman",), ("Lenny Henry",))


def test_identifiers_may_be_urns() -> None:
    found = read_sidecar(opf("<dc:identifier>urn:isbn:9780765326362</dc:identifier>"), "opf")
    assert found is not None
    assert found.claims.isbn == "9780765326362"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<package><metadata>",
        "<package><metadata/></package><package/>",
        "<html><title>x</title></html>",
        "<package>\0</package>",
        '<!DOCTYPE package [<!ENTITY a "b">]><package><metadata/></package>',
        '<!DOCTYPE package SYSTEM "file:///etc/passwd"><package><metadata/></package>',
        "\udcff<package>&undeclared;</package>",
        "<package>" + "<a/>" * 30_000 + "</package>",
    ],
)
def test_broken_and_hostile_documents_claim_nothing(text: str) -> None:
    assert read_sidecar(text, "opf") is None


def test_deep_documents_are_read_to_their_end() -> None:
    assert read_sidecar("<package>" + "<a>" * 9_000 + "</a>" * 9_000 + "</package>", "opf") == Sidecar(Claims())


def test_other_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="json"):
        read_sidecar("{}", "json")


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from([*NFO.split(), "\n", ":", "=", " "]), max_size=30).map(" ".join)
    | st.text(alphabet="<>/=\"'& ametpkgdt", max_size=80).map(opf),
    st.sampled_from(["nfo", "opf"]),
)
def test_any_text_is_read(text: str, kind: str) -> None:
    found = read_sidecar(text, kind)
    assert found is None or found.claims.title is None or found.claims.title.strip()


@pytest.mark.parametrize("piece", ["Title: ", "a", ":", "x\n", "<a>", "&", "Series: a, ", " . _"])
def test_no_text_hangs(piece: str) -> None:
    begin = time.process_time()
    read_sidecar(piece * (100_000 // len(piece)), "nfo")
    read_sidecar(f"<package>{piece * (100_000 // len(piece))}", "opf")
    assert time.process_time() - begin < 2
