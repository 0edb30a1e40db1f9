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
    NOT_KNOWN = auto()
    UNKNOWN_NAME = auto()
    UNKNOWN_VALUE = auto()
    DELETED_EXPERIMENT = auto()
    UNKNOWN_RUN = auto()
    SEVERAL_RUNS = auto()


class ArtifactNote(Code):
    """Why a file is not shown, or not handed out; their words are in `view.text.notes.artifacts`."""

    TOO_LARGE_TO_SHOW = auto()
    TOO_LARGE_TO_LOAD = auto()
    SIZE_UNKNOWN = auto()
    NO_ARTIFACT = auto()
    BYTES_FOR_TEXT = auto()
    NO_READABLE_TABLE = auto()
    TABLE_TOO_LARGE = auto()
    NO_IMAGE = auto()
    TOO_MANY_PIXELS = auto()
    NO_FORM = auto()
