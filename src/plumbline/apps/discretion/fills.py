"""What the forms of notice, decision and deviation take over from the last calculation: nothing is typed twice."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases import contract as cases

from .actions import latest
from .models import Calculation
from .reckoning import yuan


def _of(file: Any) -> Calculation | None:
    """The last calculation of the file's case, read once for a form."""
    if not hasattr(file, "_calculation"):
        file._calculation = latest(file.case)
    found: Calculation | None = file._calculation
    return found


def _penalty(file: Any) -> Calculation | None:
    found = _of(file)
    return found if found is not None and found.outcome == "penalty" else None


@cases.register_fill("discretion.outcome")
def outcome(file: Any) -> Any:
    found = _of(file)
    return found.outcome if found else None


@cases.register_fill("discretion.kinds")
def kinds(file: Any) -> Any:
    found = _penalty(file)
    return list(found.kinds) if found else None


@cases.register_fill("discretion.fine")
def fine(file: Any) -> Any:
    found = _penalty(file)
    return found.fine if found else None


@cases.register_fill("discretion.base")
def base(file: Any) -> Any:
    found = _penalty(file)
    return found.base if found else None


@cases.register_fill("discretion.leniency")
def leniency(file: Any) -> Any:
    found = _penalty(file)
    return found.leniency if found else None


@cases.register_fill("discretion.mitigated")
def mitigated(file: Any) -> Any:
    found = _penalty(file)
    return True if found and found.leniency == "mitigated" else None


@cases.register_fill("discretion.benchmark")
def benchmark(file: Any) -> Any:
    found = _penalty(file)
    if found is None:
        return None
    return f"{found.benchmark}|{found.step}" if found.benchmark and found.step else "none"


@cases.register_fill("discretion.adjusted")
def adjusted(file: Any) -> Any:
    found = _penalty(file)
    return found.deviates if found and found.benchmark else None


@cases.register_fill("discretion.deviation")
def deviation(file: Any) -> Any:
    found = _penalty(file)
    return found.reasons if found and found.deviates else None


@cases.register_fill("discretion.notice_reasons")
def notice_reasons(file: Any) -> Any:
    """The article's basis, then how the amount was arrived at: the notice tells the party both (第四十四条)."""
    said, basis = reasons(file), cases.filled(file, "basis_text")
    return f"{basis}。{said}" if said and basis else said


@cases.register_fill("discretion.reasons")
def reasons(file: Any) -> Any:
    """How the amount was arrived at, in sentences."""
    found = _of(file)
    return account_in_words(found) if found else None


def account_in_words(found: Calculation) -> str:
    said = [
        f"{line['label']}：{line['words']}" + (f"（{line['article']}）" if line["article"] else "")
        for line in found.account
        if line["tone"] != "amb"
    ]
    if found.outcome == "no_penalty":
        said.append("据此不予行政处罚")
    elif found.fine is not None:
        said.append(
            f"据此拟罚款 {yuan(found.fine)} 元" + ("，属于调整适用裁量基准" if found.deviates else "")
        )
    if found.reasons:
        said.append(f"理由：{found.reasons.rstrip('。')}")
    return "；".join(said) + "。"
