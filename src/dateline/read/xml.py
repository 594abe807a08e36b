"""XML from strangers: parsed without a DOCTYPE, and so without entities of its own."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from dateline.errors import RejectedReport
from dateline.read.decode import decode

_DEEPEST = 100


def parse_xml(data: bytes) -> Element:
    """The root of a document.

    Raises:
        RejectedReport: "malformed": no XML, one with a DOCTYPE, or one nested absurdly deep.
    """
    data = data.lstrip()
    try:
        _look(data)
    except expat.ExpatError:
        data = _in_utf8(data)
        try:
            _look(data)
        except expat.ExpatError as e:
            raise RejectedReport("malformed", f"no XML: {e}") from None
    return ElementTree.fromstring(data)


def _look(data: bytes) -> None:
    """Go through the document once, refusing what must not be there."""
    parser = expat.ParserCreate()
    depth = 0

    def doctype(*_: object) -> None:
        raise RejectedReport("malformed", "XML with a DOCTYPE is not read")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise RejectedReport("malformed", f"XML nested more than {_DEEPEST} deep")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)


def _in_utf8(data: bytes) -> bytes:
    """The document in UTF-8, where it is in another encoding than it says."""
    text = decode(data)
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    return "".join(c for c in text if c >= " " or c in "\t\n\r").encode("utf-8", "replace")
