"""What there is to say of evidence files and of the checks on leakage."""

from enum import auto

from assay.model.note import Code


class SplitFiles(Code):
    """What of a file of splits can't be used."""

    SPLITS_GONE = auto()
    SPLITS_DAMAGED = auto()
    SPLITS_LACK = auto()
    SPLITS_TWICE = auto()
    SPLITS_EMPTY = auto()
    SPLITS_UNKNOWN = auto()
    SPLITS_ALIKE = auto()
    FOLDS_TOO_MANY = auto()
    HASHES_ROUNDED = auto()
    TIMES_UNREADABLE = auto()
    TIMES_MIXED = auto()
    TIMES_PARTLY = auto()


class SplitNote(Code):
    """What the checks on splits found; words in `view.text.notes.splits`."""

    # Why a check can't tell.
    NO_SPLITS = auto()
    NO_COLUMN = auto()
    NO_VALUES = auto()
    ONE_SPLIT = auto()
    TIMES_EQUAL = auto()
    # What they found.
    IDS_SHARED = auto()
    IDS_APART = auto()
    GROUPS_SHARED = auto()
    GROUPS_APART = auto()
    TIMES_CROSS = auto()
    TIMES_APART = auto()
    ROWS_COPIED = auto()
    ROWS_ALIKE = auto()
    ROWS_APART = auto()
    LABELS_DIFFER = auto()
    LABELS_OPEN = auto()
    LABELS_AGREE = auto()
    SPLIT_EMPTY = auto()
    TEST_SMALL = auto()
    SIZES = auto()
