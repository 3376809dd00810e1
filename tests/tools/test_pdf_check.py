"""A certificate keeps its standards; and each thing that is broken in one is seen."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from tests.apps.credentials.certificate.test_on_paper import LONGEST, logo, signed
from tests.apps.credentials.certificate.test_render import certificate
from tests.apps.credentials.openbadges.test_compact import SAID
from tools.pdf_check import RULES, main, problems_of
from trenza.apps.credentials.certificate import Organisation
from trenza.apps.credentials.certificate.render import render_certificate

WHOLE = signed(SAID, organisations=[Organisation(name="Pro Mujer IFD", role="organiser", logo=logo(400, 200))])


def opened(data=WHOLE):
    return Pdf.open(io.BytesIO(render_certificate(data)))


@pytest.mark.parametrize(
    "data",
    [
        WHOLE,
        signed(LONGEST, language="en", demonstration=True),
        certificate(name="G\u0303uarani Ava Ñeʼe\u0303", organisations=[], skills=[], hours=None),
    ],
    ids=["signed", "longest, a demonstration", "unsigned"],
)
def test_certificate_keeps_pdf_a_3a_and_pdf_ua_1(data):
    assert problems_of(opened(data)) == []


def of(pdf, kind):
    return next(each for each in pdf.objects if isinstance(each, Dictionary | pikepdf.Stream) and kind(each))


def font(pdf):
    return of(pdf, lambda each: each.get("/Subtype") == Name.Type0)


def attached(pdf):
    return of(pdf, lambda each: each.get("/Type") == Name.Filespec)


def rewrite(pdf, change):
    page = pdf.pages[0]
    page.obj.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def metadata(old, new):
    def change(pdf):
        held = pdf.Root.Metadata
        assert old in held.read_bytes()
        held.write(held.read_bytes().replace(old, new))

    return change


def without(get, key):
    def change(pdf):
        del get(pdf)[key]

    return change


def setting(get, key, value):
    def change(pdf):
        get(pdf)[key] = value

    return change


def root(pdf):
    return pdf.Root


def structure_of(tag):
    return lambda pdf: of(pdf, lambda each: each.get("/S") == tag and "/P" in each)


def adding(**values):
    """An object of its own in the file."""
    return lambda pdf: setting(root, "/Other", pdf.make_indirect(Dictionary(**values)))(pdf)


def cmyk(pdf):
    rewrite(pdf, lambda content: content.replace(b" scn", b" scn\n/Artifact BMC 0 0 0 1 k EMC", 1))


BROKEN = {
    "no identifier": (without(lambda pdf: pdf.trailer, "/ID"), "it has no identifier"),
    "part 2": (metadata(b"<pdfaid:part>3", b"<pdfaid:part>2"), "part of http://www.aiim.org/pdfa/ns/id/"),
    "level b": (metadata(b"conformance>A", b"conformance>B"), "conformance of"),
    "no accessibility claimed": (metadata(b"<pdfuaid:part>1", b"<pdfuaid:part>2"), "part of http://www.aiim.org/pdfua"),
    "another title": (setting(lambda pdf: pdf.trailer.Info, "/Title", "Otro"), "its two titles differ"),
    "no metadata": (without(root, "/Metadata"), "metadata: there is none"),
    "no output intent": (without(root, "/OutputIntents"), "there are 0 for PDF/A"),
    "no profile": (without(lambda pdf: pdf.Root.OutputIntents[0], "/DestOutputProfile"), "its profile is not within"),
    "CMYK": (cmyk, "it paints in CMYK"),
    "not marked": (setting(lambda pdf: pdf.Root.MarkInfo, "/Marked", False), "does not say that it is tagged"),
    "no structure": (without(root, "/StructTreeRoot"), "it has no structure"),
    "no language": (without(root, "/Lang"), "it has no language"),
    "name of the file": (without(root, "/ViewerPreferences"), "the window would show the name of the file"),
    "script": (adding(S=Name.JavaScript, JS="app.alert(1)"), "it has an action /JavaScript"),
    "launches": (setting(root, "/OpenAction", Dictionary(S=Name.Launch)), "it has an action /Launch"),
    "scripts by name": (setting(lambda pdf: pdf.Root.Names, "/JavaScript", Dictionary()), "it has scripts"),
    "content elsewhere": (
        setting(lambda pdf: pdf.pages[0].Contents, "/F", "https://evil.example/x"), "lies outside the file"
    ),
    "PostScript": (adding(Subtype=Name.PS), "PostScript"),
    "smoothed picture": (
        setting(lambda pdf: of(pdf, lambda each: each.get("/Subtype") == Name.Image), "/Interpolate", True),
        "a picture is smoothed",
    ),
    "letters unsaid": (without(font, "/ToUnicode"), "does not say which letters it draws"),
    "font elsewhere": (
        lambda pdf: [
            font(pdf).DescendantFonts[0].FontDescriptor.__delitem__(key)
            for key in ("/FontFile2", "/FontFile3")
            if key in font(pdf).DescendantFonts[0].FontDescriptor
        ],
        "is not within the file",
    ),
    "outlines unsaid": (without(lambda pdf: font(pdf).DescendantFonts[0], "/CIDToGIDMap"), "which outlines"),
    "unknown blending": (adding(Type=Name.ExtGState, BM=Name.Burn), "it blends by /Burn"),
    "drawn outside of marks": (
        lambda pdf: rewrite(pdf, lambda content: content + b"\n0 0 m 9 9 l S"), "neither tagged nor an artefact"
    ),
    "mark that nobody names": (
        lambda pdf: rewrite(pdf, lambda content: content.replace(b"/MCID 3>>", b"/MCID 999>>", 1)),
        "are not those of the structure",
    ),
    "mark that does not end": (
        lambda pdf: rewrite(pdf, lambda content: b"/Artifact BMC " + content), "a mark does not end"
    ),
    "picture without words": (without(structure_of(Name.Figure), "/Alt"), "a Figure has no words in its place"),
    "unknown tag": (setting(structure_of(Name.P), "/S", Name.Paragraph), "nobody knows the tag /Paragraph"),
    "heading skipped": (setting(structure_of(Name.H1), "/S", Name.H3), "/H3 follows a heading of level 0"),
    "annotation": (
        lambda pdf: setting(lambda _pdf: pdf.pages[0].obj, "/Annots", Array([Dictionary(Subtype=Name.Text)]))(pdf),
        "one is not tagged, or has no words",
    ),
    "attachment of nothing": (without(root, "/AF"), "credencial.json belongs to nothing"),
    "attachment without relation": (without(attached, "/AFRelationship"), "does not say what it is to the document"),
    "attachment with one name": (without(attached, "/F"), "has not both of its names"),
    "attachment elsewhere": (without(attached, "/EF"), "is not within the file"),
    "attachment of no kind": (without(lambda pdf: attached(pdf).EF.F, "/Subtype"), "of which kind it is"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_is_seen(broken):
    change, said = BROKEN[broken]
    pdf = opened()

    change(pdf)

    assert any(said in each for each in problems_of(pdf)), problems_of(pdf)


def test_encrypted_file_is_none():
    kept = io.BytesIO()
    opened().save(kept, encryption=pikepdf.Encryption(owner="a", user=""))

    assert any("it is encrypted" in each for each in problems_of(Pdf.open(kept)))


def test_page_without_an_intent_says_where_it_blends():
    pdf = opened()
    del pdf.Root.OutputIntents
    for page in pdf.pages:
        page.obj.Group = Dictionary(S=Name.Transparency)

    assert any("a space to blend in" in each for each in problems_of(pdf))


def test_each_rule_names_its_clause():
    assert all("ISO" in (rule.__doc__ or "") for rule in RULES)


def test_command_says_what_each_file_breaks(tmp_path, capsys):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(render_certificate(WHOLE))
    pdf = opened()
    del pdf.Root.Lang
    pdf.save(bad)

    assert main([str(good)]) == 0
    assert main([str(good), str(bad)]) == 1
    assert "it has no language" in capsys.readouterr().out
