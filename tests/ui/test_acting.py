"""What an action says against the input reaches the form it came from, whatever it names."""

from __future__ import annotations

import pytest
from django import forms

from plumbline.platform.actions import ALLOWED, InputFault, Refusal, denied
from plumbline.platform.ui.acting import put_faults, tried


class NameForm(forms.Form):
    name = forms.CharField()


def bound() -> NameForm:
    form = NameForm({"name": "新洲"})
    assert form.is_valid()
    return form


def test_a_fault_stands_at_its_field_and_one_that_names_no_field_above_the_form() -> None:
    form = bound()
    put_faults(form, InputFault({"name": "名称有误。", "number": "编号有误。", "": "请核对。"}))
    assert form.errors == {"name": ["名称有误。"], "__all__": ["编号有误。", "请核对。"]}


def test_a_refusal_stands_above_the_form_with_its_article_and_what_to_do() -> None:
    form = bound()
    put_faults(form, Refusal("期限已过", basis="第九条", next_step="请先延期。"))
    assert form.non_field_errors() == ["期限已过（第九条）。请先延期。"]


def test_what_was_tried_gives_its_result_or_leaves_the_reason_on_the_form() -> None:
    def refused() -> None:
        raise InputFault({"name": "已有同名的。"})

    form = bound()
    assert tried(form, lambda: 7) == 7
    assert tried(form, lambda: None) is True
    assert not form.errors
    assert tried(form, refused) is None
    assert form.errors == {"name": ["已有同名的。"]}


def test_a_denial_that_is_demanded_refuses_in_the_policys_words() -> None:
    ALLOWED.demand()
    with pytest.raises(Refusal) as caught:
        denied("不是承办人", basis="第八条", next_step="请承办人办理。").demand()
    assert (caught.value.reason, caught.value.basis, caught.value.next_step) == (
        "不是承办人",
        "第八条",
        "请承办人办理。",
    )
