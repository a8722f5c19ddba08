"""What the preview marks: the place in the public text, the words in the record; nothing else, and nothing unescaped."""

from __future__ import annotations

from plumbline.apps.publicity.marking import marked_public, marked_record
from plumbline.apps.publicity.redaction import redact_text

TEXT = "李晓明<b>在阳逻街道倾倒，电话13871234567。\n当场查实。"


def test_both_columns_mark_the_same_places() -> None:
    redacted = redact_text(TEXT, names=["李晓明"])
    assert len(redacted.masks) == 2
    masks = [{"category": mask.category, "basis": mask.basis} for mask in redacted.masks]
    public, record = marked_public(redacted.text, masks), marked_record(TEXT, names=["李晓明"])
    assert public.count('class="rd"') == record.count('class="hid"') == 2
    assert "李晓明" not in public and "13871234567" not in public
    assert ">李晓明<" in record and ">13871234567<" in record
    assert "&lt;b&gt;" in public and "&lt;b&gt;" in record and "<b>" not in public + record


def test_brackets_that_hide_nothing_are_not_made_into_tags() -> None:
    assert 'class="rd"' not in marked_public("【姓名】栏为空。", [])
    assert 'class="hid"' not in marked_record("阳逻街道办事处。", names=[])
