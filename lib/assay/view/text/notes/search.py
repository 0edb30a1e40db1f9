"""The words for what there is to say of a search."""

from collections.abc import Mapping

from assay.model.note import Code
from assay.model.search import SearchNote as Says
from assay.view.text.notes.template import Words

WORDS: Mapping[Code, Words] = {
    Says.CHOOSE_EXPERIMENT: "A search is one experiment's: choose which.",
    Says.NO_METRIC: "None of these runs logged a metric, so nothing tells a good trial from a bad one.",
    Says.TOO_MANY_TO_NAME: (
        "What you chose holds {n:run}; a filter can name {most:,}. Choose fewer, or by a param with few values."
    ),
}
