"""Log-in forms. Field names are those of password managers; pasting is never blocked."""

from __future__ import annotations

from django import forms

from plumbline.platform.ui.forms import LabelledForm


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
