"""A small, valid EPUB file, for the e-books among the audiobooks of the demo."""

from __future__ import annotations

import html
import io
import zipfile

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<package version="3.0" unique-identifier="id" xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier><dc:title>{title}</dc:title>
<dc:creator>{author}</dc:creator><dc:language>{language}</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta>
</metadata>
<manifest><item id="text" href="text.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="text"/></spine>
</package>
"""
_TEXT = """\
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title></head>
<body><h1>{title}</h1><p id="start">{text}</p>
<nav epub:type="toc"><ol><li><a href="#start">{title}</a></li></ol></nav></body>
</html>
"""


def make_epub(*, title: str, author: str, language: str, identifier: str, text: str) -> bytes:
    """Make an EPUB 3 of one page, the same bytes for the same words every time."""
    words = {"title": title, "author": author, "language": language, "identifier": identifier, "text": text}
    safe = {name: html.escape(word) for name, word in words.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # Readers recognise the format by this entry: the first one, not compressed.
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        archive.writestr(zipfile.ZipInfo("META-INF/container.xml"), _CONTAINER)
        archive.writestr(zipfile.ZipInfo("book.opf"), _PACKAGE.format(**safe))
        archive.writestr(zipfile.ZipInfo("text.xhtml"), _TEXT.format(**safe))
    return packed.getvalue()
