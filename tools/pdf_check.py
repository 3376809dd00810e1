"""Whether a PDF keeps what it claims: `python -m tools.pdf_check FILE…` looks at PDF/A-3a and PDF/UA-1.

veraPDF is the reference and needs Java and a download, so what a program can see of ISO 19005-3 and ISO 14289-1 is
looked at here, down to the operators. Each rule names its clause. What only a person can judge (whether a text in the
place of a picture is right, whether the order of reading makes sense) is not.
"""

import sys
import xml.etree.ElementTree as ET  # files that we made ourselves
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

Problems = Iterator[str]


def _names(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_IDENTIFIED: Final = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "3",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
_FORBIDDEN_ACTIONS: Final = _names(
    "Launch Sound Movie ResetForm ImportData Hide SetOCGState Rendition Trans GoTo3DView JavaScript"
)
_RELATIONS: Final = _names("Source Data Alternative Supplement EncryptedPayload FormData Schema")
_FONT_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_STANDARD_TAGS: Final = _names(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP "
    "Warichu WT WP Figure Formula Form"
)
_BLENDS: Final = _names(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference "
    "Exclusion Hue Saturation Color Luminosity"
)
_PAINTS: Final = frozenset(
    ("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE", "Tj", "TJ", "'", '"')
)
_CMYK: Final = frozenset(("k", "K"))


def problems_of(pdf: Pdf) -> list[str]:
    """Every rule that it breaks, with the clause of the standard; none is well."""
    return [f"{rule.__doc__}: {said}" for rule in RULES for said in rule(pdf)]


def trailer(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.1.3, trailer"""
    if pdf.is_encrypted:
        yield "it is encrypted"
    if len(_list(pdf.trailer.get("/ID"))) != 2:
        yield "it has no identifier"


def metadata(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.6, and ISO 14289-1, 5: metadata"""
    held = pdf.Root.get("/Metadata")
    if held is None:
        yield "there is none"
        return
    xmp = ET.fromstring(held.read_bytes())
    said = {key: value for each in xmp.iter(f"{_RDF}Description") for key, value in each.attrib.items()}
    said |= {each.tag: (each.text or "") for each in xmp.iter()}
    for key, wanted in _IDENTIFIED.items():
        if said.get(key) != wanted:
            yield f"{key.rpartition('}')[2]} of {key[1:].partition('}')[0]} is {said.get(key)!r}, not {wanted!r}"
    titles = ["".join(each.itertext()).strip() for each in xmp.iter(_DC_TITLE)]
    if not any(titles):
        yield "it has no title"
    elif "/Info" in pdf.trailer and str(pdf.trailer.Info.get("/Title", titles[0])) != titles[0]:
        yield "its two titles differ"


def output_intent(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.2.3, output intent"""
    intents = [each for each in _list(pdf.Root.get("/OutputIntents")) if each.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"there are {len(intents)} for PDF/A"
        return
    profile = intents[0].get("/DestOutputProfile")
    if not isinstance(profile, Stream) or profile.read_bytes()[36:40] != b"acsp":
        yield "its profile is not within the file"


def colours(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.2.4, colours"""
    intents = _list(pdf.Root.get("/OutputIntents"))
    if any(int(each.get("/DestOutputProfile", {}).get("/N", 0)) == 4 for each in intents):
        return
    for content in _contents(pdf):
        if any(str(each.operator) in _CMYK for each in pikepdf.parse_content_stream(content)):
            yield "it paints in CMYK, and its output intent is RGB"


def catalogue(pdf: Pdf) -> Problems:
    """ISO 14289-1, 7.1 and 7.2, document"""
    marks = pdf.Root.get("/MarkInfo", Dictionary())
    if not marks.get("/Marked", False) or marks.get("/Suspects", False):
        yield "it does not say that it is tagged"
    if "/StructTreeRoot" not in pdf.Root:
        yield "it has no structure"
    if not str(pdf.Root.get("/Lang", "")):
        yield "it has no language"
    if not pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the window would show the name of the file, not the title"


def actions(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.5, actions, and 6.1.7, what lies outside"""
    if "/JavaScript" in pdf.Root.get("/Names", Dictionary()) or "/AA" in pdf.Root:
        yield "it has scripts"
    for each in _dictionaries(pdf):
        if str(each.get("/S", "")) in _FORBIDDEN_ACTIONS:
            yield f"it has an action {each.S}"
        if isinstance(each, Stream) and "/F" in each:
            yield "the content of a stream lies outside the file"
        if "/LZWDecode" in {str(name) for name in _list(each.get("/Filter"))}:
            yield "a stream is packed with LZW"


def pictures(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.2.8 and 6.2.9, pictures"""
    for each in _dictionaries(pdf):
        if each.get("/Subtype") == Name.PS or "/OPI" in each or "/Alternates" in each:
            yield "a drawing is PostScript, or has others in its place"
        if each.get("/Subtype") == Name.Image and each.get("/Interpolate", False):
            yield "a picture is smoothed"


def fonts(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.2.11, fonts"""
    for font in _dictionaries(pdf):
        if font.get("/Type") != Name.Font or font.get("/Subtype") in (Name.CIDFontType0, Name.CIDFontType2):
            continue
        name = str(font.get("/BaseFont", "/?"))
        if "/ToUnicode" not in font:
            yield f"{name} does not say which letters it draws"
        if font.get("/Subtype") == Name.Type3:
            continue
        for each in _list(font.get("/DescendantFonts")) or [font]:
            descriptor = each.get("/FontDescriptor", Dictionary())
            if not any(isinstance(descriptor.get(key), Stream) for key in _FONT_FILES):
                yield f"{name} is not within the file"
            if each.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in each:
                yield f"{name} does not say which outlines are its letters"


def transparency(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.2.10, transparency"""
    with_intent = bool(_list(pdf.Root.get("/OutputIntents")))
    for each in _dictionaries(pdf):
        if str(each.get("/BM", "/Normal")) not in _BLENDS:
            yield f"it blends by {each.BM}"
    for page in pdf.pages:
        if not with_intent and "/CS" not in page.obj.get("/Group", Dictionary()):
            yield "a page has neither an output intent nor a space to blend in"


def marked_content(pdf: Pdf) -> Problems:
    """ISO 14289-1, 7.1, all that is drawn is tagged or an artefact"""
    for number, page in enumerate(pdf.pages, 1):
        found: list[int] = []
        yield from (f"page {number}: {said}" for said in _unmarked(page.obj, found))
        if len(found) != len(set(found)):
            yield f"page {number}: a mark stands twice"
        if set(found) != (tagged := _tagged(pdf, page.obj)):
            yield f"page {number}: marks {sorted(set(found) ^ tagged)} are not those of the structure"


def structure(pdf: Pdf) -> Problems:
    """ISO 14289-1, 7.1, 7.3 and 7.4, structure"""
    roles = pdf.Root.get("/StructTreeRoot", Dictionary()).get("/RoleMap", Dictionary())
    level = 0
    for element in _elements(pdf):
        tag = str(element.S)
        tag = str(roles.get(tag, tag))
        if tag not in _STANDARD_TAGS:
            yield f"nobody knows the tag {tag}"
        if tag in ("/Figure", "/Formula") and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield f"a {tag[1:]} has no words in its place"
        if tag[1:2] == "H" and tag[2:].isdigit():
            if int(tag[2:]) > level + 1:
                yield f"{tag} follows a heading of level {level}"
            level = int(tag[2:])


def annotations(pdf: Pdf) -> Problems:
    """ISO 14289-1, 7.18, annotations"""
    for number, page in enumerate(pdf.pages, 1):
        held = _list(page.obj.get("/Annots"))
        if held and page.obj.get("/Tabs") != Name.S:
            yield f"page {number}: the tab key does not follow the structure"
        if any("/StructParent" not in each or not str(each.get("/Contents", "")) for each in held):
            yield f"page {number}: one is not tagged, or has no words"


def attachments(pdf: Pdf) -> Problems:
    """ISO 19005-3, 6.8, files within"""
    linked = [each for holder in _dictionaries(pdf) for each in _list(holder.get("/AF"))]
    for file in _dictionaries(pdf):
        if file.get("/Type") != Name.Filespec and "/EF" not in file:
            continue
        name = str(file.get("/UF", file.get("/F", "?")))
        if "/F" not in file or "/UF" not in file:
            yield f"{name} has not both of its names"
        if str(file.get("/AFRelationship", "")) not in _RELATIONS:
            yield f"{name} does not say what it is to the document"
        if not any(each.objgen == file.objgen for each in linked):
            yield f"{name} belongs to nothing"
        content = file.get("/EF", Dictionary()).get("/F")
        if not isinstance(content, Stream):
            yield f"{name} is not within the file"
        elif "/Subtype" not in content or "/ModDate" not in content.get("/Params", Dictionary()):
            yield f"{name} does not say of which kind it is, or from when"


RULES: Final[tuple[Callable[[Pdf], Problems], ...]] = (
    trailer, metadata, output_intent, colours, catalogue, actions, pictures, fonts, transparency, marked_content,
    structure, annotations, attachments,
)  # fmt: skip


def _unmarked(page: Object, found: list[int]) -> Problems:
    """What is drawn outside of every mark; the numbers of marks are added to `found`."""
    depth: list[bool] = []  # whether each open mark is a tag or an artefact
    for each in pikepdf.parse_content_stream(page):
        name, operands = str(each.operator), each.operands
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else Dictionary()
            if isinstance(properties, Name):
                properties = page.Resources.Properties[properties]
            if "/MCID" in properties:
                found.append(int(properties.MCID))
            depth.append("/MCID" in properties or operands[0] == Name.Artifact)
        elif name == "EMC":
            if not depth:
                yield "a mark ends that did not begin"
                return
            depth.pop()
        elif name in _PAINTS and not any(depth):
            yield f"{name} draws what is neither tagged nor an artefact"
            return
    if depth:
        yield "a mark does not end"


def _tagged(pdf: Pdf, page: Object) -> set[int]:
    """The marks of a page that the structure names."""
    found = set()
    for element in _elements(pdf):
        for child in _list(element.get("/K")):
            if isinstance(child, int):
                holder, number = element.get("/Pg"), child
            elif isinstance(child, Dictionary) and child.get("/Type") == Name.MCR:
                holder, number = child.get("/Pg", element.get("/Pg")), int(child.MCID)
            else:
                continue
            if holder is not None and holder.objgen == page.objgen:
                found.add(number)
    return found


def _elements(pdf: Pdf) -> Iterator[Object]:
    """The elements of the structure, in the order of reading."""
    waiting = _list(pdf.Root.get("/StructTreeRoot", Dictionary()).get("/K"))[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting += _list(element.get("/K"))[::-1]


def _contents(pdf: Pdf) -> Iterator[Object]:
    """All that draws: pages, and drawings within them."""
    yield from (page.obj for page in pdf.pages)
    yield from (each for each in _dictionaries(pdf) if each.get("/Subtype") == Name.Form and isinstance(each, Stream))


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those within others too; each once."""
    waiting: list[Any] = [each for each in pdf.objects if isinstance(each, Dictionary | Stream | Array)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
        inner = each if isinstance(each, Array) else [value for _key, value in each.items()]
        waiting += [value for value in inner if isinstance(value, Dictionary | Array) and not value.is_indirect]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def main(paths: list[str]) -> int:
    """Print what each file breaks; 1 if any does."""
    worst = 0
    for path in paths:
        with Pdf.open(Path(path)) as pdf:
            found = problems_of(pdf)
        print(f"{path}: {'keeps PDF/A-3a and PDF/UA-1, as far as a program can see' if not found else ''}")
        for each in found:
            print(f"  {each}")
        worst |= bool(found)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
