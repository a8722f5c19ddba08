"""A plot in both files: as a picture with words in Word, as a drawing whose words can be searched in the PDF."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import docx
import pypdf
from PIL import Image

from plumbline.platform.printing.blocks import Paragraph, Run, Sheet
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.plots import LABELS, PlotRow, bar_plot
from plumbline.platform.printing.word_writing import as_word

ROWS = [PlotRow("立案", 40, "40", 20, "20"), PlotRow("没收违法所得、没收非法财物", 0, "0", 10, "10")]


def test_the_bars_are_as_long_as_their_figures_say() -> None:
    picture = bar_plot(ROWS, words="立案和没收")
    boxes = ElementTree.fromstring(picture.vector).findall("{*}rect")
    lengths = [
        float(box.get("width", 0))
        for box in boxes
        if float(box.get("y", 0)) > 60 and box.get("x") == f"{LABELS}.0"
    ]
    assert [round(each / lengths[0], 2) for each in lengths] == [1.0, 0.5, 0.25]
    assert Image.open(BytesIO(picture.data)).size[0] == 1500


def test_a_plot_stands_in_word_and_pdf() -> None:
    sheet = Sheet((Paragraph((Run(picture=bar_plot(ROWS, words="立案<和>没收")),)),), title="图")
    made = as_word(sheet)
    assert made == as_word(sheet)
    opened = docx.Document(BytesIO(made))
    assert len(opened.inline_shapes) == 1
    assert round(opened.inline_shapes[0].width.mm) == 156
    assert 'descr="立案&lt;和&gt;没收"' in zipfile.ZipFile(BytesIO(made)).read("word/document.xml").decode()
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(as_pdf(sheet, on=date(2026, 1, 1)))).pages
    )
    assert "立案" in text
    assert "上年同期" in text
