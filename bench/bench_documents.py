"""Filling and setting a document, per document: ours (Word, page, PDF) beside docxtpl alone on the same templates and facts.

python -m bench.bench_documents

The baseline renders and saves the Word file with docxtpl and does nothing else: no check of gaps, no page, no PDF.
Processor time, so that other work on the machine does not count; the median over the catalogue.
"""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Callable
from datetime import date

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
    django.setup()
    from docxtpl import DocxTemplate

    from plumbline.apps.paperwork.keeping import ALL_DOCUMENTS
    from plumbline.apps.paperwork.layouts import word_template
    from plumbline.apps.paperwork.sampling import examples
    from plumbline.platform.printing.html_form import as_html
    from plumbline.platform.printing.pdf_form import as_pdf
    from plumbline.platform.printing.word_filling import fill_word
    from plumbline.platform.printing.word_reading import read_word

    facts = examples()
    words = {code: word_template(template) for code, template in ALL_DOCUMENTS.items()}

    def docxtpl_alone(word: bytes) -> None:
        template = DocxTemplate(io.BytesIO(word))
        template.render(dict(facts), autoescape=True)
        template.save(io.BytesIO())

    def page(word: bytes) -> None:
        as_html(read_word(fill_word(word, facts)))

    def all_three(word: bytes) -> None:
        sheet = read_word(fill_word(word, facts))
        as_html(sheet)
        as_pdf(sheet, on=date(2026, 3, 2))

    for name, work in (("docxtpl alone", docxtpl_alone), ("page", page), ("Word, page and PDF", all_three)):
        work(next(iter(words.values())))  # fonts and compilers are loaded once a process
        spent = {code: _milliseconds(work, word) for code, word in words.items()}
        worst = max(spent, key=lambda code: spent[code])
        print(
            f"{name}: median {statistics.median(spent.values()):.0f} ms a document, "
            f"longest {spent[worst]:.0f} ms ({worst}), {len(spent)} documents"
        )


def _milliseconds(work: Callable[[bytes], None], word: bytes) -> float:
    start = time.process_time()
    work(word)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
