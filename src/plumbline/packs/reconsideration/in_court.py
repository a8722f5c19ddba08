"""Who stands for the agency in court (行政诉讼法第三条第三款)."""

from plumbline.rules.language import event, exists

#: The head came to this hearing of the court (the subject).
HEAD_CAME = exists(event("head_appeared", same=("trial",)))
