"""Measure the full model against its bars; a figure whose subject is not there yet says so."""

from bench import model_luck, model_page, model_questions, model_speed, model_whole

FIGURES = (
    *model_speed.FIGURES,
    *model_luck.FIGURES,
    *model_whole.FIGURES,
    *model_questions.FIGURES,
    *model_page.FIGURES,
)
