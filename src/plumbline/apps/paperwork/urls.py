from django.urls import path

from .web import documents, signatures, verify

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
    path("open/verify/<str:code>", verify.verify, name="verify"),
]
