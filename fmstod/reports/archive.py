"""The step that makes a drawn file PDF/A-2a and PDF/UA-1: tags, colour profile, fonts, streams and metadata."""

import io
import re
import zlib
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from fmstod.paths import RESOURCES
from fmstod.reports.tagged import Element

PRODUCER = "reportlab, pikepdf"


class Imprint(NamedTuple):
    """What the file says of itself; never a patient's number."""

    title: str
    author: str
    creator: str
    made: datetime


def finish(raw: bytes, tree: Element, imprint: Imprint) -> bytes:
    """The same pages, tagged and described; equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _write_tree(pdf, tree)
        _mend_fonts(pdf)
        root = pdf.Root
        root.MarkInfo, root.Lang = Dictionary(Marked=True), String("sv-SE")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for key in ("/PageMode", "/Outlines"):
            if key in root:
                del root[key]
        _write_profile(pdf)
        _pack_streams(pdf)
        _write_metadata(pdf, imprint)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Written in a way that the standards accept; equal content gives equal bytes."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        force_version="1.7",
        fix_metadata_version=False,
        compress_streams=False,
    )
    return out.getvalue()


@cache
def _profile() -> bytes:
    # Kept as a file: a profile made on the spot holds the time it was made, and no two papers would be equal.
    return (RESOURCES / "srgb.icc").read_bytes()


def _write_profile(pdf: pikepdf.Pdf) -> None:
    """Say that colours are sRGB."""
    made = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=pdf.make_stream(_profile(), N=3))
    made.OutputConditionIdentifier = made.Info = String("sRGB IEC61966-2.1")
    pdf.Root.OutputIntents = Array([made])


def _write_tree(pdf: pikepdf.Pdf, tree: Element) -> None:
    pages = [page.obj for page in pdf.pages]
    owners: list[dict[int, pikepdf.Object]] = [{} for _ in pages]
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def build(element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        node = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
        if attributes := _attributes(element):
            node.A = attributes
        if element.alt:
            node.Alt = String(element.alt)
        kids = []
        for child in element.children:
            if isinstance(child, Element):
                kids.append(build(child, node))
            else:
                page, number = child
                owners[page][number] = node
                kids.append(Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number))
        node.K = Array(kids)
        return node

    top.K = build(tree, top)
    numbers: list[object] = []
    for index, page in enumerate(pages):
        page.StructParents, page.Tabs = index, Name.S
        numbers += [index, pdf.make_indirect(Array([owners[index][n] for n in sorted(owners[index])]))]
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    top.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = top


def _attributes(element: Element) -> pikepdf.Object | None:
    match element.role:
        case "TH":
            return Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
        case "L":
            return Dictionary(O=Name.List, ListNumbering=Name("/None"))
        case "Figure" if element.box:
            return Dictionary(O=Name.Layout, BBox=Array(element.box), Placement=Name.Block)
        case _:
            return None


def _mend_fonts(pdf: pikepdf.Pdf) -> None:
    """Drop the mapping of .notdef to U+0000, which the standards forbid."""
    done = set()
    for page in pdf.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            if font.objgen not in done and "/ToUnicode" in font:
                done.add(font.objgen)
                table, gone = re.subn(rb"<[0-9A-F]{2}> <0000>\r?\n", b"", font.ToUnicode.read_bytes())
                was = int(re.findall(rb"(\d+) beginbfchar", table)[0])
                font.ToUnicode.write(table.replace(b"%d beginbfchar" % was, b"%d beginbfchar" % (was - gone), 1))


def _pack_streams(pdf: pikepdf.Pdf) -> None:
    """Compress. No stream may end in CR or LF, else its end is taken for part of the line end before `endstream`."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            data = item.read_bytes()
            while (packed := zlib.compress(data))[-1] in b"\r\n":
                data += b" "
            item.write(packed, filter=Name.FlateDecode)
            if "/Length1" in item:
                item.Length1 = len(data)


def _write_metadata(pdf: pikepdf.Pdf, imprint: Imprint) -> None:
    made = imprint.made.astimezone(UTC)
    fields = {"title": imprint.title, "author": imprint.author, "creator": imprint.creator, "producer": PRODUCER}
    fields |= {"made": made.strftime("%Y-%m-%dT%H:%M:%S+00:00")}
    xmp = pdf.make_stream(XMP.format(**{key: escape(value) for key, value in fields.items()}).encode())
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = xmp
    day = made.strftime("D:%Y%m%d%H%M%S+00'00'")
    told = {"Title": imprint.title, "Author": imprint.author, "Creator": imprint.creator, "Producer": PRODUCER}
    info = Dictionary(
        {f"/{key}": String(value) for key, value in {**told, "CreationDate": day, "ModDate": day}.items()}
    )
    pdf.trailer.Info = pdf.make_indirect(info)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>sv-SE</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part number</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
