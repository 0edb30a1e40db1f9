"""What there is to say of trade-offs and scorecards."""

from enum import auto

from assay.model.note import Code


class FrontNote(Code):
    """Reasons, warnings and errors of a front; their words are in `view.text.notes.tradeoffs`."""


class ScorecardNote(Code):
    """Reasons, warnings and errors of a scorecard; their words are in `view.text.notes.tradeoffs`."""

    # Why there is no score, or none yet.
    NO_CARDS = auto()
    NO_MATCHING_CARD = auto()
    UNKNOWN_CARD = auto()
    CARD_OF_NOTHING = auto()
    NONE_LOGGED = auto()
    NO_RUN_FOUND = auto()
    # Why a criterion is what it is.
    CRITERION_NOT_LOGGED = auto()
    TOO_FEW_FOR_STATUS = auto()
    JUDGED_BY_VALUE = auto()
    STRADDLES = auto()
    # What deserves a look.
    WEIGHTS = auto()
    EFFECT_UNKNOWN = auto()
    WAY_UNKNOWN = auto()
    NOTHING_SHARED = auto()
