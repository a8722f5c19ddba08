from django.urls import path

from .web import documents, signatures, templates, verify

DOC = "cases/<str:matter_id>/docs/<int:pk>"

urlpatterns = [
    path("cases/<str:matter_id>/docs/draft", documents.draft, name="document-draft"),
    path("cases/<str:matter_id>/docs/add", documents.add, name="document-add"),
    path(DOC, documents.show, name="document"),
    path(f"{DOC}/fill", documents.fill, name="document-fill"),
    path(f"{DOC}/sign", documents.sign_it, name="document-sign"),
    path(f"{DOC}/void", documents.void_it, name="document-void"),
    path(f"{DOC}/word", documents.download, {"kind": "docx"}, name="document-word"),
    path(f"{DOC}/pdf", documents.download, {"kind": "pdf"}, name="document-pdf"),
    path(f"{DOC}/signature", signatures.sign_page, name="document-signature"),
    path(f"{DOC}/signature/<int:signature>", signatures.picture, name="document-signature-picture"),
    path(f"{DOC}/comments", signatures.comment_on, name="document-comment"),
    path(f"{DOC}/comments/<int:comment>", signatures.settle, name="document-comment-settle"),
    path("templates", templates.catalogue, name="templates"),
    path("templates/facts", templates.facts, name="template-facts"),
    path("templates/<str:code>", templates.one, name="template"),
    path("templates/<str:code>/upload", templates.upload, name="template-upload"),
    path("templates/<str:code>/<int:pk>", templates.decide, name="template-decide"),
    path("templates/<str:code>/<int:pk>/word", templates.word, name="template-word"),
    path("templates/<str:code>/<int:pk>/sample", templates.sample_pdf, name="template-sample"),
    path("open/verify/<str:code>", verify.verify, name="verify"),
]
