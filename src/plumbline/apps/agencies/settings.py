"""Numbers of the place that nobody has verified: each is off until a text is entered, and says what would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .models import RegisterSetting


@dataclass(frozen=True)
class Unverified:
    """A setting that is off until a document gives its number. ``suggested`` is shown and never used."""

    name: str
    label: str
    unit: str
    suggested: str
    does: str
    settled_by: str


SETTINGS: Final[dict[str, Unverified]] = {
    each.name: each
    for each in (
        Unverified(
            "certificate_years",
            "执法证件有效期",
            "年",
            "各地常见 5 年",
            "启用后，制发和换发时按此预填有效期止。",
            "湖北省行政执法证件管理的规定",
        ),
        Unverified(
            "annual_check_month",
            "年检截止月份",
            "月底",
            "各地做法不一",
            "启用后，当年过了该月仍没有年检的有效证件列为待办。",
            "湖北省行政执法证件管理的规定",
        ),
        Unverified(
            "public_delay_days",
            "动态调整公开间隔",
            "个工作日",
            "本平台建议 20 个工作日",
            "启用后，超过的变动另计一栏；法定期限（政府信息公开条例第二十六条）照常计算。",
            "区政府或者区司法局的书面规定",
        ),
    )
}


def setting_on(name: str, on: date) -> RegisterSetting | None:
    """The row in force on a day, or None while the setting is off."""
    return RegisterSetting.objects.filter(name=name, valid_from__lte=on).first()


def standings(on: date) -> list[tuple[Unverified, RegisterSetting | None]]:
    """Every setting with its row in force."""
    return [(each, setting_on(each.name, on)) for each in SETTINGS.values()]
