"""What there is to say of trade-offs and scorecards."""

from assay.model.note import Code


class FrontNote(Code):
    """Reasons, warnings and errors of a front; their words are in `view.text.notes.tradeoffs`."""


class ScorecardNote(Code):
    """Reasons, warnings and errors of a scorecard; their words are in `view.text.notes.tradeoffs`."""
