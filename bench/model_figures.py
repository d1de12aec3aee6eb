"""Measure the full model against its bars; a figure whose subject is not there yet says so."""

from bench import model_luck, model_speed, model_whole
from bench.figures import Figure, at_most, awaiting

FIGURES = (
    *model_speed.FIGURES,
    *model_luck.FIGURES,
    *model_whole.FIGURES,
    Figure("model.preview", "first preview on the page after a change", "≤ 2 s", at_most(2), awaiting("the page")),
)
