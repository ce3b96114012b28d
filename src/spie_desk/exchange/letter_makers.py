"""A shipped letter as a file that the structure can change in its own word processor: DOCX or ODT, fields kept."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from spie_desk.exchange.letter_parts import packed

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)
_STYLES = """<office:automatic-styles>
<style:style style:name="Titre" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.6cm"
 fo:margin-bottom="0.6cm" fo:text-align="center"/><style:text-properties fo:font-size="16pt" fo:font-weight="bold"/>
</style:style>
<style:style style:name="Corps" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"/>
<style:text-properties fo:font-size="11pt"/></style:style>
</office:automatic-styles>"""
_MIME = "application/vnd.oasis.opendocument.text"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def as_file(lines: Sequence[str], form: str) -> bytes:
    """« # » begins the title; an empty line makes room."""
    return _docx(lines) if form == "docx" else _odt(lines)


def _odt(lines: Sequence[str]) -> bytes:
    body = "\n".join(
        f'<text:p text:style-name="{"Titre" if line.startswith("# ") else "Corps"}">'
        f'{escape(line.removeprefix("# "))}</text:p>'
        for line in lines
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} office:version="1.3">{_STYLES}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {"mimetype": _MIME.encode(), "META-INF/manifest.xml": _MANIFEST.encode(), "content.xml": content.encode()}
    )


def _docx(lines: Sequence[str]) -> bytes:
    from docx import Document  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    made = Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Arial", Pt(11)
    for line in lines:
        if line.startswith("# "):
            made.add_heading(line.removeprefix("# "), level=1)
        else:
            made.add_paragraph(line)
    made.core_properties.author = made.core_properties.comments = ""
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
