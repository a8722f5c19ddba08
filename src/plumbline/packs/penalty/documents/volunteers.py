"""The certificate of a volunteer supervisor: Y01. Its facts come from the appointment."""

from __future__ import annotations

from plumbline.packs.documents import DocumentTemplate, Each, Para

DOCUMENTS = (
    DocumentTemplate(
        "Y01",
        "行政执法义务监督员聘书",
        "义监聘",
        "新政办[2022]14号 二(三)2",
        to_party=True,
        stage=96,
        body=(Para("{{主送机关*}}：", first=0), Each("正文")),
    ),
)
