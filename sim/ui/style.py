"""Lay out what Streamlit draws so that nothing is cut off, on a phone and at any zoom."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
<style>
.block-container { max-width: 76rem; padding-top: 3.5rem; }
[data-testid="stMetricValue"] { font-size: 1.25rem; font-weight: 600; }
[data-testid="stMetricValue"], [data-testid="stMetricValue"] * { white-space: normal !important; overflow: visible; }
[data-testid="stMetricLabel"] p { white-space: normal; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: inherit; opacity: 1; }
[data-testid="stCheckbox"] p, [data-testid="stRadio"] p { white-space: normal !important; overflow: visible; }
[data-testid="stMultiSelectTagsContainer"] { /* what is chosen stands in as many lines as it needs */
  flex-wrap: wrap !important; overflow: visible !important; height: auto !important; max-height: none !important;
  mask-image: none !important; padding-block: 0.25rem; row-gap: 0.25rem; }
div:has(> [data-testid="stMultiSelectTagsContainer"]) { height: auto !important; max-height: none !important; }
@media (max-width: 640px) { /* an input: the box across, below it slider and evidence side by side */
  [data-testid="stHorizontalBlock"]:has(> :nth-child(3) [data-testid="stPopover"]) { flex-wrap: wrap; row-gap: 0.6rem; }
  :has(> :nth-child(3) [data-testid="stPopover"]) > [data-testid="stColumn"]:nth-child(2) {
    flex: 1 1 40% !important; min-width: 0 !important; }
  :has(> :nth-child(3) [data-testid="stPopover"]) > [data-testid="stColumn"]:nth-child(3) {
    flex: 0 0 8.5rem !important; min-width: 8.5rem !important; }
}
.js-plotly-plot .modebar-container { display: none; } /* what it can do has buttons of its own: sim/ui/figures.py */
</style>
"""
ON_PRIMARY: Final = """
<style>
[data-testid="stBaseButton-primary"]:not(:disabled) { color: #0E1117; } /* white is too faint on the blue */
</style>
"""


def style(*, dark: bool) -> str:
    """Return the style sheet of every page."""
    return STYLE + (ON_PRIMARY if dark else "")
