"""What there is to say of runs and of what was asked of them."""

from enum import auto

from assay.model.note import Code


class RunNote(Code):
    """Warnings and errors; their words are in `view.text.notes.runs`."""

    MAY_REPEAT = auto()
    SEED_SHARED = auto()
    TOLD_APART = auto()
    PARAM_ALWAYS_DIFFERS = auto()
    FOLDS_DEPEND = auto()
    PICKED_BY_SCORE = auto()
    NOT_FINITE = auto()
    TOO_LARGE = auto()
    UNKNOWN_NAME = auto()
    DELETED_EXPERIMENT = auto()
    UNKNOWN_RUN = auto()
