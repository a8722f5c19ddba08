"""Log-in forms. Field names are those of password managers; pasting is never blocked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

from plumbline.platform.ui.forms import LabelledForm, dress


class LoginForm(LabelledForm):
    username = forms.CharField(
        label="登录名",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(LabelledForm):
    code = forms.CharField(
        label="动态口令",
        help_text="手机验证器上的 6 位数字，每 30 秒更新一次",
        max_length=8,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class NewPasswordForm(PasswordChangeForm):
    """Django's own form with our words: its help is a list, which cannot stand in a line of hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {
            "old_password": ("现在的密码", ""),
            "new_password1": (
                "新密码",
                "至少 10 个字符；不用常见密码，不全是数字，不与姓名、登录名相近。",
            ),
            "new_password2": ("再输一次新密码", ""),
        }
        for name, (label, hint) in told.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
            dress(self.fields[name])

    def clean_new_password1(self) -> str:
        """A one-time password is known to whoever made it: it cannot be kept by typing it again."""
        chosen: str = self.cleaned_data["new_password1"]
        if self.user.check_password(chosen):
            raise forms.ValidationError("新密码与现在的密码相同。请换一个只有您知道的密码。")
        return chosen
