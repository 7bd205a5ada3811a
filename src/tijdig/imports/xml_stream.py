"""An XML file of any size as a stream of finished elements, and small readers of one element.

Everything goes by local names, so that version 02 and version 08 of a message, or a namespace that does not
exist, are read alike. Whoever takes an element lets go of it with `shed` or `shed_before`, so that memory
follows the largest entry and not the file.

Safety (see also `xml_prolog`): entities are not resolved, nothing is fetched, no document type is loaded, and
the parser's own limits on depth (256) and on the length of one text (10 MB) stay in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from tijdig.imports.xml_prolog import MAX_TEXT, Prolog, XmlRefused

Element = etree._Element

CHUNK_BYTES = 65_536
_CHARSET_ERRORS = {
    etree.ErrorTypes.ERR_INVALID_CHAR,
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.I18N_CONV_FAILED,
}


@lru_cache(maxsize=1_024)  # a file has some fifty; a hostile one may invent them for ever
def local_tag(tag: str) -> str:
    """`Ntry` for `{urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}Ntry`."""
    return tag.rpartition("}")[2]


def local_name(element: Element) -> str:
    return local_tag(element.tag)


def excerpt(element: Element) -> str:
    """The element as it stands in the file, cut at `MAX_TEXT` characters: what a Problem shows."""
    return etree.tostring(element, encoding="unicode", with_tail=False)[:MAX_TEXT]


def shed(element: Element) -> None:
    """Empty an element that has been read. The element itself stays: the parser may still hold its end."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs lack it


def shed_before(element: Element) -> None:
    """Remove the elements before this one from its parent. Never the element itself: see `shed`."""
    parent = element.getparent()
    while (before := element.getprevious()) is not None and parent is not None:
        parent.remove(before)


def _parser(names: Sequence[str], encoding: str) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # no use for identifiers, and a third of the parser's time
    )


def _broken(error: etree.XMLSyntaxError, *, at_end: bool) -> XmlRefused:
    """Why the parser stopped. Anything that only shows once the file has ended is a file that was cut off."""
    number: int = error.code  # type: ignore[attr-defined]  # the stubs lack it
    if number == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError
    if number in _CHARSET_ERRORS:
        code = "xml_charset"
    elif at_end and number != etree.ErrorTypes.ERR_INTERNAL_ERROR:
        code = "xml_truncated"
    else:
        code = "xml_broken"
    line, column = error.position if error.position else (0, 0)
    place = f"regel {line}, kolom {column}" if line else ""
    return XmlRefused(code, place=place, line=str(line), parser=str(error.msg or "").strip())


def _refuse_document_type(element: Element) -> None:
    # A second wall behind `xml_prolog`: what the parser itself saw must agree.
    if element.getroottree().docinfo.internalDTD is not None:
        raise XmlRefused("xml_doctype")


def finished_elements(stream: BinaryIO, prolog: Prolog, names: Sequence[str]) -> Iterator[Element]:
    """Every element with one of these local names, at its end tag, in order; then the root, if another.

    `prolog` is what `open_prolog` made of the same stream. Raises `XmlRefused` at the point where the file
    cannot be read further: what was yielded before stands.
    """
    parser = _parser(names, prolog.encoding)
    chunk, checked = prolog.head, False
    while chunk:
        fault: etree.XMLSyntaxError | None = None
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            fault = error
        for _, element in parser.read_events():
            assert isinstance(element, Element)  # of all events only `end` is asked for
            if not checked:
                _refuse_document_type(element)
                checked = True
            yield element
        if fault is not None:
            raise _broken(fault, at_end=False)
        chunk = stream.read(CHUNK_BYTES)
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(error, at_end=True) from None
    _refuse_document_type(root)
    if local_name(root) not in names:
        yield root


def other_message(root: Element | None, wanted: str) -> XmlRefused:
    """The refusal of a file in which none of the wanted elements was found."""
    if root is None:
        return XmlRefused("xml_other_message", found="een los onderdeel", wanted=wanted)
    found = next((local_name(child) for child in root), local_name(root))
    return XmlRefused("xml_other_message", text=excerpt(root), found=found, wanted=wanted)
