"""Reading papers back, two ways: as a viewer does (QtPdf), and from the file's own operators and tags."""

import io
import re

import pikepdf
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument


def page_texts(pdf):
    """The text of each page as a viewer's search finds it."""
    kept = QByteArray(pdf)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() == QPdfDocument.Status.Ready
    texts = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    buffer.close()
    return texts


def tight(text):
    """Without spaces and line breaks, which depend on where lines end."""
    return re.sub(r"\s", "", text)


def spoken(pdf):
    """[(role, text)] for each element with text of its own, in the order of the tags, as a screen reader meets them."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        marks = {}
        for number, page in enumerate(file.pages):
            marks |= {(number, mark): text for mark, text in _marked(page).items()}
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        return list(_elements(file.Root.StructTreeRoot.K, marks, pages))


def _elements(node, marks, pages):
    own = [marks[pages[kid.Pg.objgen], int(kid.MCID)] for kid in node.K if "/MCID" in kid]
    yield str(node.S)[1:], "".join(own)
    for kid in node.K:
        if "/MCID" not in kid:
            yield from _elements(kid, marks, pages)


def _marked(page):
    """Mark number -> text on this page."""
    tables = {name: _unicode(font) for name, font in page.Resources.Font.items()}
    texts, mark, table = {}, None, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                mark = int(operands[1].MCID) if "/MCID" in operands[1] else None
                if mark is not None:
                    texts[mark] = ""
            case "EMC":
                mark = None
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj" if mark is not None:
                texts[mark] += "".join(table[code] for code in bytes(operands[0]))
    return texts


def _unicode(font):
    rows = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>", font.ToUnicode.read_bytes())
    return {int(code, 16): chr(int(char, 16)) for code, char in rows}


def everything(pdf):
    """All that a file carries: what is seen, what is read aloud, and every string, name and plain stream in it."""
    found = [*page_texts(pdf), *(text for _, text in spoken(pdf))]
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for item in file.objects:
            found += _strings(item)
            if isinstance(item, pikepdf.Stream) and item.get("/Type") != "/XObject":
                found.append(item.read_bytes().decode("latin-1"))
                found.append(item.read_bytes().decode("utf-8", "replace"))
        found += _strings(file.trailer)
    return tight("".join(found))


def _strings(item):
    match item:
        case pikepdf.String() | pikepdf.Name():
            return [str(item)]
        case pikepdf.Array():
            return [each for part in item if not getattr(part, "is_indirect", False) for each in _strings(part)]
        case pikepdf.Dictionary() | pikepdf.Stream():
            return [
                each
                for key in item.keys()  # noqa: SIM118 - a pikepdf object isn't a dict
                if not getattr(item[key], "is_indirect", False)
                for each in [key, *_strings(item[key])]
            ]
    return []


def baselines(pdf):
    """How high above the page's lower edge each line of tagged text stands."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            inside, moved, kept = False, 0.0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        kept.append(moved)
                    case "Q":
                        moved = kept.pop()
                    case "cm":
                        moved += float(operands[5])
                    case "BDC":
                        inside = "/MCID" in operands[1]
                    case "EMC":
                        inside = False
                    case "Tm" if inside:
                        yield moved + float(operands[5])
