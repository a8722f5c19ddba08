from django.urls import path

from .web import board, directives, intake, papers, settling, stages, tallying, tasks

ONE = "programmes/<slug:key>"
TASK = f"{ONE}/tasks/<str:code>"
UNIT = f"{ONE}/units/<str:agency>"

urlpatterns = [
    path("programmes", board.index, name="programmes"),
    path("programmes/intake", intake.intakes, name="programme-intakes"),
    path("programmes/intake/template.xlsx", intake.template, name="programme-template"),
    path("programmes/intake/<int:pk>", intake.intake, name="programme-intake"),
    path(ONE, board.overview, name="programme"),
    path(f"{ONE}/plan.xlsx", intake.plan, name="programme-plan"),
    path(f"{ONE}/ledger.xlsx", board.ledger_file, name="programme-ledger"),
    path(f"{ONE}/board.pdf", board.print_file, name="programme-print"),
    path(f"{ONE}/duties", board.duties, name="programme-duties"),
    path(TASK, tasks.task, name="programme-task"),
    path(f"{TASK}/recorded/<slug:page>", tallying.rows, name="programme-tally"),
    path(f"{TASK}/deadline", settling.deadline, name="programme-deadline"),
    path(f"{TASK}/acceptance", stages.accept, name="programme-accept"),
    path(f"{TASK}/units/<str:agency>/report", tasks.report, name="programme-report"),
    path(f"{ONE}/reports/<int:pk>/review", tasks.review, name="programme-review"),
    path(f"{ONE}/files/<int:pk>", tasks.file, name="programme-file"),
    path(UNIT, tasks.unit, name="programme-unit"),
    path(f"{UNIT}/people", tasks.name_people, name="programme-name"),
    path(f"{UNIT}/self-check", stages.self_check, name="programme-self-check"),
    path(f"{ONE}/self-checks/<int:pk>", stages.self_check_review, name="programme-self-check-review"),
    path(f"{ONE}/people", settling.people, name="programme-people"),
    path(f"{ONE}/conflicts", settling.conflicts, name="programme-conflicts"),
    path(f"{ONE}/conflicts/<str:code>", settling.settle, name="programme-settle"),
    path(f"{ONE}/stages", stages.stages, name="programme-stages"),
    path(f"{ONE}/rectifications/<int:pk>", stages.rectification, name="programme-rectification"),
    path(f"{ONE}/rectifications/<int:pk>/prove", stages.prove, name="programme-prove"),
    path(f"{ONE}/proofs/<int:pk>/verify", stages.verify, name="programme-verify"),
    path(f"{ONE}/proofs/<int:pk>/file", stages.proof_file, name="programme-proof"),
    path(f"{ONE}/directives", directives.directives, name="programme-directives"),
    path(f"{ONE}/directives/new", directives.directive_new, name="programme-directive-new"),
    path(f"{ONE}/directives/<int:pk>/file", directives.directive_file, name="programme-directive-file"),
    path(f"{ONE}/merits", settling.merits, name="programme-merits"),
    path(f"{ONE}/merits/new", settling.merit_new, name="programme-merit-new"),
    path(f"{ONE}/merits/<int:pk>/withdraw", settling.merit_withdraw, name="programme-merit-withdraw"),
    path(f"{ONE}/papers", papers.papers, name="programme-papers"),
    path(f"{ONE}/papers/new", papers.paper_new, name="programme-paper-new"),
    path(f"{ONE}/papers/<int:pk>", papers.paper, name="programme-paper"),
    path(f"{ONE}/papers/<int:pk>.<str:form>", papers.paper_file, name="programme-paper-file"),
]
