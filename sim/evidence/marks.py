"""What the marks of cards, effects and sources mean, in words."""

from types import MappingProxyType

GRADES = MappingProxyType(
    {
        "A": "meta-analysis or experiment",
        "B": "quantitative study of peers, or a payer's or statistical office's own document",
        "C": "direction only, or a figure from a neighboring field",
        "D": "assumption",
    }
)
QUALITIES = MappingProxyType(
    {
        "P": "primary document or a copy of primary data",
        "S": "secondary: press, vendor, blog, or a paper that cites it",
        "A": "somebody's planning assumption, not a measurement",
        "D": "computed from figures that were seen",
    }
)
OBTAINED = MappingProxyType(
    {
        "seen": "read in the document or abstract named",
        "second-hand": "read in a text that quotes it",
        "derived": "computed here",
        "unseen": "from memory, to be verified before anyone quotes it",
        "assumption": "assumed",
    }
)
KINDS = MappingProxyType(
    {
        "estimate": "an estimate from evidence",
        "own figure": "the user's own figure; the default is a stand-in",
        "setting": "a setting of the calculation",
    }
)
