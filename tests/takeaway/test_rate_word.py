"""A rate build-up in Word has every line and number of the text, on about three pages."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from sim.questions.rate.tables import differences_told, lines_told, turnover_told
from sim.questions.rate.text import sentences
from sim.takeaway.rate.word import rate_word
from tests.takeaway.test_fiscal_note import points_of
from tests.takeaway.test_rate_workbook import worlds


def test_every_number_of_the_text_is_in_the_document() -> None:
    study, loaded, _ = worlds("churn")
    document = docx.Document(io.BytesIO(rate_word(study, loaded, "peerstay rate base.toml --wage 31")))
    told = (lines_told(study, loaded), turnover_told(study), differences_told(study))
    assert len(document.tables) == len(told)
    for made, (heading, rows) in zip(document.tables, told, strict=True):
        assert [tuple(cell.text for cell in row.cells) for row in made.rows] == [heading, *rows]
    texts = [one.text for one in document.paragraphs]
    assert all(sentence in texts for sentence in sentences(study))
    assert "peerstay rate base.toml --wage 31" in texts
    assert points_of(document) < 3 * (792 - 2 * 48.2)


def test_a_base_alone_has_nothing_to_differ_from() -> None:
    study, loaded, _ = worlds("by hand")
    alone = replace(study, columns=study.columns[:1], typed=study.typed[:1])
    document = docx.Document(io.BytesIO(rate_word(alone, loaded, "peerstay rate base.toml")))
    assert len(document.tables) == 2
