"""Papers of a matter: files that people put in beside its steps.

Checked before they are kept, named by their hash, withdrawn with a reason, never deleted. The app says whose papers they are
and asks its own policy; keeping, withdrawing and recording are the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import FileResponse

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.forms import LabelledForm

from .store import open_kept
from .uploads import accepted, kept


class KeptPaper(models.Model):
    """What every such file has; the app adds the matter that it belongs to."""

    title = models.CharField("材料名称", max_length=100)
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("大小")
    by_label = models.CharField("收入人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.CharField("撤下的理由", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]


class PaperForm(LabelledForm):
    title = forms.CharField(label="材料名称", max_length=100)
    file = forms.FileField(label="文件", help_text="PDF、照片、Word、Excel；不收含宏的文件。")


@dataclass(frozen=True)
class Papers:
    """The papers of one sort of matter.

    ``of`` names the field of ``rows`` that holds the matter; ``added`` and ``taken_out`` are the activities in its log;
    ``example`` is a title as people there would write it.
    """

    rows: type[Any]
    of: str
    added: str
    taken_out: str
    example: str

    def put_in(self, *, actor: Actor, matter: Any, kind: str, title: str, upload: Any, **beside: Any) -> Any:
        """Keep one file under its hash and record it; ``beside`` are further columns. Raises InputFault by field."""
        if not title.strip():
            raise InputFault({"title": f"请填写材料名称，例如“{self.example}”。"})
        if upload is None:
            raise InputFault({"file": "请选择文件。"})
        paper = self.rows.objects.create(
            **{self.of: matter},
            title=title.strip()[:100],
            by_label=actor.label,
            **kept(accepted(upload)),
            **beside,
        )
        told = {"paper": paper.pk, "sha256": paper.sha256, "size": paper.size}
        self._tell(actor, matter, kind, self.added, told)
        return paper

    def locked(self, matter: Any, paper: Any) -> Any:
        """The paper for a change, where it is one of this matter and still listed; Refusal otherwise."""
        found = self.rows.objects.select_for_update().get(pk=paper.pk)
        if getattr(found, f"{self.of}_id") != matter.pk or found.withdrawn:
            raise Refusal("这份材料已经撤下", next_step="请刷新页面。")
        return found

    def take_out(self, *, actor: Actor, matter: Any, kind: str, paper: Any, reason: str) -> None:
        """Take a wrong paper out of the list; it stays kept, with the reason."""
        found = self.locked(matter, paper)
        if not reason.strip():
            raise InputFault({"reason": "请写明撤下的理由。"})
        found.withdrawn = reason.strip()[:200]
        found.save(update_fields=["withdrawn"])
        self._tell(actor, matter, kind, self.taken_out, {"paper": found.pk, "reason": found.withdrawn})

    @staticmethod
    def _tell(actor: Actor, matter: Any, kind: str, activity: str, told: dict[str, Any]) -> None:
        # Either end of a matter puts papers in: the event is the matter's, whichever agency the actor is of.
        with whole_district():
            record(
                actor=actor,
                matter=matter.matter_id,
                kind=kind,
                activity=activity,
                agency=matter.agency_id,
                data=told,
            )


def download_of(paper: Any) -> FileResponse:
    """The kept file under the name and kind that were read from its content when it came in."""
    response = FileResponse(open_kept(paper.sha256), as_attachment=True, filename=paper.name)
    response["Content-Type"] = paper.content_type
    return response
