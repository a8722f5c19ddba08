"""One object for every address with a parameter, all of one street, and four people who ask for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.cases.actions import decide_request
from plumbline.apps.cases.tests.world import ITEM, OTHER, STREET, World, ago
from plumbline.apps.challenges import actions as challenging
from plumbline.apps.challenges.actions.opening import Particulars
from plumbline.apps.evidence.actions import add_evidence
from plumbline.apps.evidence.custody import make_copy
from plumbline.apps.evidence.recordings import add_recording
from plumbline.apps.law_library.models import CrimeThreshold, LoadedArticle, LoadedStatute, LocalParameter
from plumbline.apps.paperwork.layouts import word_template
from plumbline.apps.paperwork.models import Document, DocumentComment, DocumentSignature, TemplateVersion
from plumbline.apps.powers.models import PowerItem
from plumbline.apps.publicity.feedback import take_in
from plumbline.apps.publicity.models import CreditFile, Publication
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.models import ReplyFile
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.models import Upload
from plumbline.platform.files.store import keep
from plumbline.platform.files.tests.made import png
from plumbline.platform.identity.capabilities import CAPABILITIES
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.models import Job
from plumbline.platform.recheck.models import Finding, RecheckRun
from plumbline.rules import RuleBook
from plumbline.surfaces.workbench.actions import give_feedback

from .district_complaints import complaint_objects
from .district_field import field_objects
from .district_guidance import guidance_objects
from .district_linkage import linkage_objects
from .district_lists import list_objects
from .district_norms import norm_objects
from .district_programme import programme_objects
from .district_questions import question_objects
from .district_reports import report_objects
from .district_subjects import subject_objects
from .district_supervision import supervision_objects
from .district_transfers import transfer_objects
from .district_volunteers import volunteer_objects

PARTY, PLACE = "武汉江阳筑工建筑劳务有限公司", "平江路"
PNG = png()
# Of the cases app's own capabilities a colleague elsewhere holds every one, for his own agency.
FOR_ONE_AGENCY = [
    c for c in CAPABILITIES if c not in {"supervision.supervise", "supervision.sign", "supervision.decide"}
]


class District:
    """``people`` by what they are to the street's objects; ``arguments`` for every address."""

    def __init__(self, world: World) -> None:
        self.scene = Scene(world)
        self._sessions: dict[int, str] = {}
        self.everything = self._post("quan", STREET, list(CAPABILITIES))
        self.elsewhere = self._post("wai2", OTHER, FOR_ONE_AGENCY)
        self.bare = self._post("kong", STREET, [])
        self.custodian = self._post("bao", STREET, ["complaints.custody"])
        self.case = world.investigated()
        self.answered = self.scene.unserved()
        self.alert = self.scene.alert(self.answered)
        self.arguments = self._objects(world)

    def _post(self, login: str, agency: str, capabilities: list[str]) -> Person:
        return self.scene.world.person(
            login, f"岗位{login}", "", agency, f"岗位{login}", capabilities, "other", staff=login.upper()
        )

    def _objects(self, world: World) -> dict[str, Any]:
        actor = world.actor(world.officer)
        request = world.propose_decision(world.noticed())
        evidence = add_evidence(
            actor=actor, case=self.case, title="照片", kind="documentary", source="officers", origin=PLACE,
            proves="倾倒", collected_on=ago(37).date(), officers=["HB001", "HB002"], files=[SimpleUploadedFile("a.png", PNG)],
        )  # fmt: skip
        photo = evidence.files.get()
        copy = make_copy(actor=actor, case=self.case, file=photo, note="附卷")
        recording = add_recording(
            actor=actor, case=self.case, stage="evidence", title=PLACE, began_at=ago(37), minutes=5, operator="周",
            upload=SimpleUploadedFile("c.amr", b"#!AMR" + bytes(20)),
        )  # fmt: skip
        question = supervising.ask(
            actor=self.scene.actor(self.scene.clerk), alert=self.alert, text="请说明未送达的原因。",
            respond_by=clock.today() + timedelta(days=5),
        )  # fmt: skip
        letter = self.scene.letter(self.scene.alert(self.scene.unserved()))
        supervising.reply(
            actor=self.scene.actor(self.scene.answering),
            instrument=letter,
            text="已送达。",
            files=[SimpleUploadedFile("b.png", PNG)],
        )
        publication = Publication.objects.filter(agency_id=STREET).first() or Publication.objects.create(
            matter_id=self.answered.matter_id, decision_event="E", agency_id=STREET, party_name=PARTY,
            decided_on="2026-11-02", due_on="2026-11-11",
        )  # fmt: skip
        report = take_in(publication, text=PLACE, contact="")
        credit = CreditFile.objects.create(
            agency_id=STREET, first="2026-11-02", last="2026-11-08", made_label="试", agency_credit_code="91110000600037341L",
        )  # fmt: skip
        document = Document.objects.unscoped("测试").filter(matter_id=self.case.matter_id).first()
        if document is None:
            document = Document.objects.create(
                matter_id=self.case.matter_id, agency_id=STREET, template="D04", template_version="2026-1",
                title="现场笔录", html=PARTY,
            )  # fmt: skip
        mark = {"document": document, "agency_id": STREET, "at": clock.now()}
        version = TemplateVersion.objects.create(
            code="D25",
            agency_id=STREET,
            version=1,
            sha256=keep([word_template(TEMPLATES["D25"])]).sha256,
            note="试",
        )
        comment = DocumentComment.objects.create(text=PLACE, **mark)
        signature = DocumentSignature.objects.create(
            role="party", name=PARTY, way="drawn", sha256=keep([PNG]).sha256, text_hash="0", **mark
        )
        certificate = OfficerCertificate.objects.create(
            number="HB900", name="证件人", agency_id=STREET, valid_from=date(2022, 1, 1)
        )
        PowerItem.objects.create(
            item=ITEM, agency_id="T-DEPT", violation="擅自处置", domain="housing_construction",
            valid_from=date(2005, 6, 1),
        )  # fmt: skip
        statute = LoadedStatute.objects.create(title="试法", short_title="试法")
        article = LoadedArticle.objects.create(
            statute=statute, number="第一条", place=0, text="试。", sha256="0" * 64
        )
        parameter = LocalParameter.objects.create(
            name="night_from",
            hour="22:00",
            source="试验文件",
            valid_from=date(2026, 1, 1),
            entered_at=clock.now(),
        )
        threshold = CrimeThreshold.objects.create(
            crime="试验罪", domain="other", measure="违法所得", standard="试", source="试验文件", article="第一条",
            valid_from=date(2026, 1, 1), entered_at=clock.now(),
        )  # fmt: skip
        feedback = give_feedback(actor=actor, kind="wish", text="希望更快。")
        job = Job.objects.create(kind="exchange.import", title="导入", started_by=world.officer)
        upload = Upload.objects.create(person=world.officer, sha256="0" * 64, name="c.txt", size=5)
        event = matter_events(self.case.matter_id)[-1]
        case, late = {"matter_id": self.case.matter_id}, {"pk": self.alert.pk}
        return {
            "feedback-answer": {"pk": feedback.pk},
            "statute": {"pk": statute.pk},
            "article": {"pk": statute.pk, "number": article.number},
            "parameter": {"pk": parameter.pk},
            "crime-threshold": {"pk": threshold.pk},
            "parameter-new": {"name": "hearing_threshold"},
            "rule": {"rule_id": RuleBook.load(["plumbline.packs.penalty"]).rules[0].id},
            "rule-results": {"rule_id": RuleBook.load(["plumbline.packs.penalty"]).rules[0].id},
            "calendar": {"year": 2026},
            "public-decision-pdf": {"public_id": publication.public_id},
            "public-decision": {"public_id": publication.public_id},
            "public-disclosure": {"code": STREET},
            "public-procedure": {"key": "ordinary"},
            "disclosure": {"code": STREET},
            "public-report": {"pk": report.pk},
            "credit-file": {"pk": credit.pk},
            "credit-answer": {"pk": credit.pk},
            "credit-file-take": {"pk": credit.pk, "form": "csv"},
            "public-dataset": {"key": "officers"},
            "public-download": {"key": "officers", "form": "csv"},
            "public-feed": {"key": "decisions"},
            "sitemap-part": {"key": "pages", "number": "0"},
            "public-officer": {"number": certificate.number},
            "rights-person": {"pk": self.bare.pk},
            "rights-post": {"pk": self.bare.tenures.get().post_id},
            "upload": {"sha256": upload.sha256},
            "upload-part": {"sha256": upload.sha256, "number": 0},
            "upload-finish": {"sha256": upload.sha256},
            "job": {"pk": job.pk},
            "job-cancel": {"pk": job.pk},
            "discretion": case,
            "document-draft": case,
            "document-add": case,
            **{
                name: case | {"pk": document.pk}
                for name in (
                    "document",
                    "document-fill",
                    "document-sign",
                    "document-void",
                    "document-word",
                    "document-pdf",
                    "document-signature",
                    "document-comment",
                )
            },
            "template": {"code": "D25"},
            "template-upload": {"code": "D25"},
            **{
                name: {"code": "D25", "pk": version.pk}
                for name in ("template-decide", "template-word", "template-sample")
            },
            "document-signature-picture": case | {"pk": document.pk, "signature": signature.pk},
            "document-comment-settle": case | {"pk": document.pk, "comment": comment.pk},
            "verify": {"code": document.code},
            "evidence-add": case,
            "evidence-verify": case | {"pk": evidence.pk},
            "evidence-file": case | {"pk": photo.pk},
            "evidence-view": case | {"pk": photo.pk},
            "evidence-copy": case | {"pk": photo.pk},
            "evidence-small": case | {"pk": photo.pk},
            "evidence-item": case | {"pk": evidence.pk},
            "evidence-custody": case | {"pk": evidence.pk},
            "evidence-working-copy": case | {"pk": copy.pk},
            "case-file": case,
            "case-file-change": case,
            "case-file-build": case,
            "case-file-package": case,
            "case-file-pdf": case | {"volume": "main"},
            "recording-add": case,
            "recording-sheet": case,
            "recording-file": case | {"pk": recording.pk},
            "alert": late,
            "alert-ask": late,
            "alert-explained": late,
            "alert-false-alarm": late,
            "alert-merge": late,
            "alert-part": late,
            "alert-issue": late | {"kind": "letter"},
            "alert-answer": late | {"question": question.pk},
            "order": {"matter_id": letter.matter_id},
            "order-file": {"matter_id": letter.matter_id, "pk": ReplyFile.objects.get().pk},
            "publication": {"public_id": publication.public_id},
            "power": {"code": ITEM},
            **{key: {"pk": certificate.pk} for key in ("officer", "officer-photo", "officer-photo-new")},
            "cases-export-file": {"pk": job.pk},
            "case-step": case | {"key": "investigation_ended"},
            "case-request": {"matter_id": request.case.matter_id, "pk": request.pk},
            "case-request-approve": {"matter_id": request.case.matter_id, "pk": request.pk},
            "case-review": case,
            "case-reading": case,
            "case-party": case,
            "case-void": case | {"event_id": event.id},
            "case": case,
            **self._challenged(world),
            **_judged_in_bulk(),
            **subject_objects(PARTY, STREET, certificate),
            **report_objects(PARTY, STREET),
            **programme_objects(PLACE, STREET),
            **field_objects(PARTY, PLACE, world.officer, PNG),
            **norm_objects(actor, PLACE, PNG),
            **guidance_objects(PLACE),
            **supervision_objects(PLACE, self.case.matter_id, self.scene, PNG),
            **linkage_objects(world, self.case, PARTY, PLACE, PNG),
            **complaint_objects(PLACE, self.everything, PNG),
            **question_objects(PLACE, PNG),
            **transfer_objects(PLACE, PNG, document.code),
            **volunteer_objects(PLACE, self.everything, PNG),
            **list_objects(world.actor(self.everything), PLACE),
        }

    def _challenged(self, world: World) -> dict[str, Any]:
        """A lawsuit against a decision of the street, with the answer it called for and a paper."""
        actor, decided = world.actor(world.officer), world.decided()
        lawsuit = challenging.register_challenge(
            actor=actor, case=decided, way="lawsuit", particulars=Particulars(organ="区人民法院", applicant=PARTY),
            details={"claims": PLACE}, occurred_at=ago(3),
        )  # fmt: skip
        asked = challenging.take_step(
            actor=actor, challenge=lawsuit, step="defence_approved", details={"facts": PLACE, "answer": "请求驳回。"}
        )  # fmt: skip
        filed = decide_request(actor=world.actor(world.head), request=asked, approve=True, occurred_at=ago(2))
        paper = challenging.add_paper(
            actor=actor, challenge=lawsuit, title="应诉通知书", upload=SimpleUploadedFile("c.png", PNG)
        )
        mine = {"matter_id": lawsuit.matter_id}
        return {
            "challenge": mine,
            "challenge-step": mine | {"key": "trial_held"},
            "challenge-correct": mine,
            "challenge-void": mine | {"event_id": filed.event_id},
            "challenge-paper-add": mine,
            "challenge-paper": mine | {"pk": paper.pk},
            "challenge-paper-withdraw": mine | {"pk": paper.pk},
            "challenge-document": mine | {"code": "SS1", "event_id": filed.event_id},
            "challenge-new": {"way": "lawsuit"},
            "challenges-export": {"form": "csv"},
        }

    def client(self, person: Person | None) -> Client:
        """A fresh client, under the session that the person has from before where nobody has logged it out: an address asked
        in ten milliseconds is not worth another log-in.
        """
        client = Client(raise_request_exception=False)
        if person is None:
            return client
        kept = self._sessions.get(person.pk)
        if kept is None or not Session.objects.filter(pk=kept).exists():
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            self._sessions[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        else:
            client.cookies[settings.SESSION_COOKIE_NAME] = kept
        return client


def _judged_in_bulk() -> dict[str, Any]:
    moment = clock.now()
    run = RecheckRun.objects.create(
        began_at=moment, finished_at=moment, as_of=moment, snapshot="x", matters=1, verdicts=1, seconds=1,
        differences=1, kept=1, started_by="系统",
    )  # fmt: skip
    finding = Finding.objects.create(
        run=run, kind="stale", matter_id="案", rule="APL-61-serve-7wd", subject="E"
    )
    named = {"recheck-run": {"pk": run.pk}, "recheck-finding": {"pk": run.pk, "number": finding.pk}}
    asked = Job.objects.create(kind="whatif.judge", title="假设推演")
    named |= {"whatif-answer": {"pk": asked.pk}, "whatif-export": {"pk": asked.pk}}
    return named | {"recheck-export": {"pk": run.pk}, "recheck-again": {"pk": run.pk}}


def addresses() -> dict[str, set[str]]:
    """Every named address of the site, with the names of its parameters."""
    found: dict[str, set[str]] = {}

    def walk(patterns: list[URLPattern | URLResolver], above: set[str]) -> None:
        for each in patterns:
            inside = above | set(each.pattern.converters)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, inside)
            else:
                found[str(each.name)] = inside

    walk(get_resolver().url_patterns, set())
    return found
