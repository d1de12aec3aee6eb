"""Lay out what Streamlit draws so that nothing is cut off, on a phone and at any zoom."""

from __future__ import annotations

from typing import Final

from sim.questions.compare.decision_html import CSS, CSS_DARK

STYLE: Final = """
<style>
.block-container { max-width: 76rem; padding-top: 3.5rem; padding-bottom: 5rem; }
@media (min-width: 641px) { .block-container { padding-left: 3rem; padding-right: 3rem; } }
[data-testid="stSidebarHeader"]::before { content: "peerstay"; font-weight: 700; font-size: 1.25rem; }
[data-testid="stPageLink-NavLink"] { padding-left: 0; }
[data-testid="stPageLink-NavLink"] :is(span, div, p) { white-space: normal; overflow: visible; text-overflow: clip; }
[data-testid="stPageLink-NavLink"] p { color: #005A9C; text-decoration: underline; }
[data-testid="stMetricValue"] { font-size: 1.25rem; font-weight: 600; }
[data-testid="stMetricValue"], [data-testid="stMetricValue"] * { white-space: normal !important; overflow: visible; }
@media (min-width: 641px) { [data-testid="stMetricLabel"] { min-height: 2.8em; } } /* side by side: level */
[data-testid="stMetricLabel"] { align-items: flex-start; }
[data-testid="stMetricLabel"] p { white-space: normal; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: inherit; opacity: 1; }
[data-testid="stSelectbox"] input, [data-testid="stTextInput"] input { text-overflow: ellipsis; }
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
@media (min-width: 1000px) and (min-height: 720px) { /* what is changed stays in sight beside its answer */
  [data-testid="stColumn"]:has(.st-key-beside) { position: sticky; top: 3.5rem; align-self: flex-start;
    max-height: calc(100vh - 4.5rem); overflow-y: auto; padding: 0 0.5rem 0.5rem; }
}
.peerstay-sideways::before { /* more columns than there is room for, which sim/ui/parts/reach.js has seen */
  content: "Scroll sideways for more columns →" / ""; position: sticky; left: 0; display: block; width: fit-content;
  padding: 0 0 0.35rem; font-size: 0.85rem; font-style: italic; }
.peerstay-sideways { border-right: 3px solid rgba(128, 128, 128, 0.55); }
@media print { .peerstay-sideways::before { display: none; } .peerstay-sideways { border-right: 0; } }
.st-key-link [data-testid="stCode"] pre { max-height: 6.5rem; overflow: hidden; } /* a link is long */
.st-key-link [data-testid="stCode"] > div:last-child { /* the button that copies it */
  visibility: visible !important; opacity: 1 !important; pointer-events: auto !important; }
.js-plotly-plot .modebar-container { display: none; } /* sim/ui/answers/figures.py has its buttons */
</style>
"""
PAPER: Final = """
<style>
@media print { /* what is read, across the sheet; nothing to press */
  @page { margin: 0.6in; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"], #peerstay-skip,
  [data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stFormSubmitButton"],
  [data-testid="stPopover"], [data-testid="stPageLink"], [data-testid="stFileUploader"], [data-testid="stProgress"],
  [data-testid="stBidiComponentRegular"], [data-testid="stBidiComponentIsolated"],
  [data-testid="stColumn"]:has(.st-key-beside), [data-testid="stExpander"] details:not([open]) {
    display: none !important; }
  [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; height: auto !important; overflow: visible !important; background: none !important; }
  .block-container { max-width: none; padding: 0; }
  [data-testid="stMain"] :is(h1, h2, h3, h4, p, li, th, td, label, span, b, small, a) { color: #000000 !important; }
  [data-testid="stVerticalBlock"], [data-testid="stHorizontalBlock"]:has(.st-key-beside) { display: block !important; }
  [data-testid="stVerticalBlock"] > * { margin-bottom: 0.75rem; width: auto !important; max-width: 100% !important; }
  [data-testid="stColumn"]:has(~ [data-testid="stColumn"] .st-key-beside) { width: 100% !important; }
  [data-testid="stMain"] :is(h1, h2, h3, h4) { break-after: avoid; }
  [data-testid="stMain"] :is(tr, img, [data-testid="stMetric"], [data-testid="stAlert"]) { break-inside: avoid; }
  .decision, [data-testid="stTable"] > div { overflow: visible !important; }
  .decision tbody th { min-width: 0; }
  [data-testid="stElementContainer"]:has(.js-plotly-plot) { break-inside: avoid; }
  [data-testid="stElementContainer"]:has(.js-plotly-plot), :has(> .js-plotly-plot), .js-plotly-plot, .plot-container {
    width: 100% !important; height: auto !important; overflow: visible !important; }
  .js-plotly-plot .svg-container { width: 100% !important; height: auto !important; }
  .js-plotly-plot .main-svg { width: 100% !important; height: 100% !important; }
}
</style>
"""
DARK: Final = """
<style>
[data-testid="stPageLink-NavLink"] p { color: #8CC8F5; }
[data-testid="stBaseButton-primary"]:not(:disabled) { color: #0E1117; } /* white is too faint on the blue */
</style>
"""


def style(*, dark: bool) -> str:
    """Return the style sheet of every page."""
    return f"{STYLE}{PAPER}{DARK if dark else ''}<style>{CSS}{CSS_DARK if dark else ''}</style>"
