from django.urls import path

from .web import beginning, inquiring, listing, papers, showing

urlpatterns = [
    path("linkage", listing.index, name="linkage"),
    path("linkage/received", listing.index, {"box": "received"}, name="linkage-received"),
    path("linkage/sent", listing.index, {"box": "sent"}, name="linkage-sent"),
    path("linkage/ledger", listing.index, {"box": "ledger"}, name="linkage-ledger"),
    path("linkage/export.<str:form>", listing.export, name="linkage-export"),
    path("linkage/figures", listing.figures, name="linkage-figures"),
    path("linkage/new", beginning.choose, name="linkage-choose"),
    path("linkage/new/<str:way>", beginning.begin, name="linkage-new"),
    path("linkage/inquiries", inquiring.inquiries, name="linkage-inquiries"),
    path("linkage/inquiries/new", inquiring.ask, name="linkage-inquiry-new"),
    path("linkage/inquiries/<int:pk>", inquiring.inquiry, name="linkage-inquiry"),
    path("linkage/inquiries/<int:pk>/end", inquiring.end, name="linkage-inquiry-end"),
    path("linkage/inquiries/<int:pk>/withdraw", inquiring.take_back, name="linkage-inquiry-withdraw"),
    path("linkage/inquiries/<int:pk>/case", inquiring.case, name="linkage-inquiry-case"),
    path(
        "linkage/inquiries/<int:pk>/papers/<int:document>", inquiring.case_paper, name="linkage-inquiry-paper"
    ),
    path("linkage/<str:code>", showing.show, name="linkage-matter"),
    path("linkage/<str:code>/steps/<str:key>", showing.step, name="linkage-step"),
    path("linkage/<str:code>/void/<str:event_id>", showing.void, name="linkage-void"),
    path("linkage/<str:code>/papers", papers.add_file, name="linkage-paper-add"),
    path("linkage/<str:code>/papers/<int:pk>", papers.open_file, name="linkage-paper"),
    path("linkage/<str:code>/papers/<int:pk>/withdraw", papers.withdraw, name="linkage-paper-withdraw"),
    path("linkage/<str:code>/sent/<int:pk>", papers.sent, name="linkage-sent-paper"),
    path("linkage/<str:code>/documents/<str:paper>/<str:event_id>", papers.document, name="linkage-document"),
]
