"""The upload form of the import page."""

from __future__ import annotations

from django import forms

from plumbline.platform.ui.forms import LabelledForm

MAX_BYTES = 200 * 1024 * 1024


class ImportForm(LabelledForm):
    events = forms.FileField(
        label="事件文件",
        help_text="JSON Lines，一行一个事件，UTF-8，不超过 200 MB",
        allow_empty_file=False,
        error_messages={
            "required": "请选择事件文件。",
            "empty": "事件文件是空的。请选择导出后有内容的文件。",
        },
    )
    registers = forms.FileField(
        label="登记册",
        required=False,
        help_text="本次事件用到的机关、证件、审核人员、执法事项（JSON）；本平台已有的以本平台为准",
        allow_empty_file=False,
        error_messages={"empty": "登记册是空文件。没有登记册可以不选。"},
    )
    resumable = forms.ChoiceField(
        label="出现中断时",
        choices=[("", "要么全部写入，要么都不写"), ("1", "分批写入，中断后再次上传从断点继续")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def clean_events(self) -> object:
        upload = self.cleaned_data["events"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                f"事件文件不能超过 200 MB（当前 {upload.size // 1048576} MB）。请按时间段分成几个文件上传。"
            )
        return upload
