"""All addresses: one line an app or surface."""

from django.urls import include, path

from plumbline.platform.ui.views import menu

urlpatterns = [
    path("", include("plumbline.platform.identity.urls")),
    path("", include("plumbline.platform.identity.rights.urls")),
    path("ui/", include("plumbline.platform.ui.urls")),
    path("menu", menu, name="menu"),
    path("", include("plumbline.surfaces.workbench.urls")),
    path("law/", include("plumbline.apps.law_library.urls")),
    path("open/", include("plumbline.apps.normdocs.open_urls")),
    path("open/", include("plumbline.surfaces.portal.urls")),
    path("exchange/", include("plumbline.surfaces.exchange.urls")),
    path("", include("plumbline.surfaces.administration.urls")),
    path("field/", include("plumbline.surfaces.field.urls")),
    path("uploads/", include("plumbline.platform.files.urls")),
    path("jobs/", include("plumbline.platform.jobs.urls")),
    path("", include("plumbline.apps.discretion.urls")),
    path("", include("plumbline.apps.paperwork.urls")),
    path("", include("plumbline.apps.evidence.urls")),
    path("", include("plumbline.apps.inspections.urls")),
    path("", include("plumbline.apps.challenges.urls")),
    path("", include("plumbline.apps.linkage.urls")),
    path("", include("plumbline.apps.casefile.urls")),
    path("", include("plumbline.apps.supervision.urls")),
    path("", include("plumbline.apps.oversight.urls")),
    path("", include("plumbline.apps.publicity.urls")),
    path("", include("plumbline.apps.guidance.urls")),
    path("", include("plumbline.apps.complaints.urls")),
    path("", include("plumbline.apps.coordination.urls")),
    path("", include("plumbline.apps.questions.urls")),
    path("", include("plumbline.apps.volunteers.urls")),
    path("", include("plumbline.apps.reporting.urls")),
    path("", include("plumbline.apps.programme.urls")),
    path("", include("plumbline.apps.whatif.urls")),
    path("", include("plumbline.apps.registers.urls")),
    path("", include("plumbline.apps.normdocs.urls")),
    path("", include("plumbline.apps.powers.urls")),
    path("", include("plumbline.apps.subjects.urls")),
    path("", include("plumbline.apps.targets.urls")),
    path("", include("plumbline.apps.agencies.urls")),
    # Last: an id of a matter may hold slashes, so casework's own addresses take whatever others have left.
    path("", include("plumbline.apps.cases.urls")),
]

handler400 = "plumbline.platform.ui.views.bad_request"
handler403 = "plumbline.platform.ui.views.forbidden"
handler404 = "plumbline.platform.ui.views.not_found"
handler500 = "plumbline.platform.ui.views.server_error"
