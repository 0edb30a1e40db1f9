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
    SPLITS_TOO_MANY = auto()
    SPLITS_TOO_LARGE = auto()
    SPLITS_UNKNOWN = auto()
    SPLITS_ALIKE = auto()
    IDS_MISSING = auto()
    FOLDS_TOO_MANY = auto()
    HASHES_ROUNDED = auto()
    TIMES_UNREADABLE = auto()
    TIMES_MIXED = auto()
    TIMES_PARTLY = auto()


class SplitNote(Code):
    """What the checks on splits found; words in `view.text.notes.splits`."""

    # Why a check can't tell.
    NO_SPLITS = auto()
    SPLITS_WITHOUT = auto()
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
    LABELS_CONTRADICT = auto()
    LABELS_OPEN = auto()
    LABELS_AGREE = auto()
    SPLIT_EMPTY = auto()
    TEST_SMALL = auto()
    SIZES = auto()


class ScoreNote(Code):
    """What the checks on metrics found; words in `view.text.notes.leakage`."""

    # Why a check can't tell.
    NO_PAIR = auto()
    NO_SHARE_PAIR = auto()
    NO_HELD_SCORE = auto()
    REPLICATES_MISSING = auto()
    NO_FOLDS = auto()
    NO_TEST_DATA = auto()
    # What they found.
    EQUAL_SCORES = auto()
    EQUAL_ONCE = auto()
    SATURATED = auto()
    DIFFERENT_SCORES = auto()
    GAP_LARGE = auto()
    GAP_SMALL = auto()
    TOO_GOOD = auto()
    NOT_TOO_GOOD = auto()
    TEST_BETTER = auto()
    TEST_NOT_BETTER = auto()
    FOLDS_UNEVEN = auto()
    FOLDS_EVEN = auto()
    LOOKED_OFTEN = auto()
    LOOKED_SELDOM = auto()


class DataNote(Code):
    """What the check on dataset inputs found; words as above."""

    NO_INPUTS = auto()
    NO_TRAINING_INPUT = auto()
    NO_TEST_INPUT = auto()
    NO_DIGEST = auto()
    SAME_DATA = auto()
    OTHER_DATA = auto()


class TrainingNote(Code):
    """What the checks on preprocessing and features found; words as above."""

    NO_PREPROCESSING = auto()
    PREPROCESSING_DAMAGED = auto()
    FITTED_ON_ALL = auto()
    FITTED_ON_OTHERS = auto()
    FITTED_ON_TRAIN = auto()
    NO_IMPORTANCE = auto()
    IMPORTANCE_DAMAGED = auto()
    IMPORTANCE_TOO_MANY = auto()
    NAMED_LIKE_ID = auto()
    NAMED_LIKE_TARGET = auto()
    ONE_FEATURE = auto()
    UNEXPECTED_FEATURE = auto()
    FEATURES_PLAIN = auto()


class EvidenceNote(Code):
    """What keeps files of evidence from being looked at, or is odd about them; words as above."""

    NOT_LOOKED_INTO = auto()
    NOT_FETCHED = auto()
    STEPS_CUT = auto()
    FILES_CUT = auto()
    OTHER_THAN_TAGGED = auto()


class WorthNote(Code):
    """Why nothing is said of what a finding is worth; words as above."""

    NAMES_NO_EXAMPLES = auto()
    NO_METRIC_FOR_WORTH = auto()
    UNKNOWN_EXAMPLES = auto()


class RecordNote(Code):
    """What is on record of a run, and what is not; words in `view.text.notes.record`.

    What a NO_ note has as `line` logs it.
    """

    # Files that cannot be used.
    ENVIRONMENT_DAMAGED = auto()
    ENVIRONMENT_OF_OTHER_VERSION = auto()
    REQUIREMENTS_DAMAGED = auto()
    # Code.
    NO_COMMIT = auto()
    COMMIT_KNOWN = auto()
    COMMIT_NO_HASH = auto()
    COMMITS_VARY = auto()
    NO_TREE = auto()
    TREE_CLEAN = auto()
    TREE_KEPT = auto()
    TREE_DIRTY = auto()
    TREE_TOO_LARGE = auto()
    SCRIPT_UNTRACKED = auto()
    # Data.
    NO_DATA_SOURCE = auto()
    DATA_REACHED = auto()
    DATA_FROM_CODE = auto()
    DATA_FROM_UNKNOWN_CODE = auto()
    DATA_LOCAL = auto()
    NO_DATA_VERSION = auto()
    DIGESTS_KNOWN = auto()
    DIGESTS_LACK = auto()
    SPLITS_HASHED = auto()
    DATA_VARIES = auto()
    DATA_BY_SEED = auto()
    # What it ran on.
    NO_SEEDS = auto()
    SEEDS_SET = auto()
    SEEDS_PARTLY = auto()
    SEED_PARAM = auto()
    NO_ENVIRONMENT = auto()
    ENVIRONMENT_KNOWN = auto()
    ENVIRONMENT_PARTLY = auto()
    NO_PACKAGES = auto()
    PACKAGES_KNOWN = auto()
    PACKAGES_LOCAL = auto()
    REQUIREMENTS_PINNED = auto()
    REQUIREMENTS_LOOSE = auto()
    NO_HARDWARE = auto()
    HARDWARE_KNOWN = auto()
    HARDWARE_PARTLY = auto()
    NO_CONTAINER = auto()
    IMAGE_PINNED = auto()
    IMAGE_LOOSE = auto()
    IMAGE_UNKNOWN = auto()
    # How it was run.
    NO_COMMAND = auto()
    COMMAND_KNOWN = auto()
    COMMAND_HIDDEN = auto()
    COMMAND_SOURCE = auto()
    NO_PIPELINE = auto()
    PIPELINE_RECIPE = auto()
    PIPELINE_PROJECT = auto()
    NOTHING_LOGGED = auto()
    LOGGED = auto()
    LOGGED_METRICS = auto()
    LOGGED_PARAMS = auto()
    # Whether it came out again.
    NO_REPEATS = auto()
    REPEATED = auto()
    REPEAT_DIFFERS = auto()
    REPEAT_UNREAD = auto()
    REPEAT_DISAGREES = auto()
    REPEAT_INCOMPARABLE = auto()
    # What a second run lacks beside these.
    NO_REMOTE = auto()
    REMOTE_REFUSED = auto()
