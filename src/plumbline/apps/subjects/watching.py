"""The articles that subjects in force rest on, watched: what reads otherwise than when it was entered asks for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plumbline.apps.law_library.contract import Resting, RestingRow, Watch, register_resting, watch

from .models import Subject, SubjectBasis


@dataclass(frozen=True)
class Asking:
    """A subject's article that reads otherwise or is gone, and how it stands."""

    subject: Subject
    basis: SubjectBasis
    watch: Watch


def watched(bases: Sequence[SubjectBasis]) -> list[tuple[SubjectBasis, Watch]]:
    """Articles with how they stand today."""
    stand = watch(_resting(basis) for basis in bases)
    return [(basis, stand[_resting(basis)]) for basis in bases]


def _resting(basis: SubjectBasis) -> Resting:
    return Resting(basis.law, basis.article, basis.sha256)


def asking(agencies: frozenset[str] | None = None) -> list[Asking]:
    """What waits for an answer, of subjects in force; ``agencies`` None is the district."""
    rows = (
        SubjectBasis.objects.filter(subject__valid_to=None)
        .exclude(sha256="")
        .select_related("subject__agency")
    )
    if agencies is not None:
        rows = rows.filter(subject__agency_id__in=agencies)
    return [Asking(basis.subject, basis, stand) for basis, stand in watched(list(rows)) if stand.asks]


def resting_subjects(law: str, number: str) -> list[RestingRow]:
    """The subjects in force that rest on an article, for its page in the law library."""
    rows = SubjectBasis.objects.filter(subject__valid_to=None, law__endswith=law, article__startswith=number)
    return [
        RestingRow(row.subject.name, row.subject.get_kind_display(), f"/subjects/{row.subject_id}")
        for row in rows.select_related("subject")[:50]
    ]


register_resting("执法主体", resting_subjects)
