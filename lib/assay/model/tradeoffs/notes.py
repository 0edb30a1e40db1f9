"""What there is to say of trade-offs and scorecards."""

from enum import auto

from assay.model.note import Code


class FrontNote(Code):
    """Reasons, warnings and errors of a front; their words are in `view.text.notes.front`."""

    # What cannot be asked.
    NO_OBJECTIVE_ASKED = auto()
    NO_METRIC_LOGGED = auto()
    UNKNOWN_OBJECTIVE = auto()
    SET_NOT_LOGGED = auto()
    SET_WITH_DIRECTION = auto()
    OBJECTIVE_BOTH_WAYS = auto()
    REFERENCE_OF_OTHERS = auto()
    REFERENCE_TWICE = auto()
    NO_METRIC_VALUE = auto()
    SEED_NO_NUMBER = auto()
    SINGLE_RUNS_BY_PARAMS = auto()
    # Why something is not there.
    NO_POINT_HAS_ALL = auto()
    NOT_A_POINT = auto()
    NO_PROBABILITY = auto()
    TOO_FEW_FOR_NOISE = auto()
    NO_VOLUME = auto()
    REFERENCE_UNBEATEN = auto()
    MEDIANS_UNTESTED = auto()
    # What deserves a look.
    ONE_OBJECTIVE = auto()
    DIRECTION_OF_NAME = auto()
    DIRECTION_OF_NOBODY = auto()
    SEVERAL_POINTS = auto()
    SEVERAL_EXPERIMENTS = auto()
    NEGATIVE_VALUES = auto()
    PARENT_OF_OTHERS = auto()
    MANY_OBJECTIVES = auto()
    SEEDS_DIFFER = auto()
    TEST_DATA_DIFFER_HERE = auto()
    SEVERAL_TASKS = auto()
    MORE_MAY_BE = auto()
    TOO_ALIKE = auto()
    GROUPS_OF_SEVERAL = auto()
    THRESHOLDS_BY_MEANS = auto()


class ScorecardNote(Code):
    """Reasons, warnings and errors of a scorecard; their words are in `view.text.notes.scorecard`."""

    # Why there is no score, or none yet.
    NO_CARDS = auto()
    NO_MATCHING_CARD = auto()
    UNKNOWN_CARD = auto()
    NONE_LOGGED = auto()
    NO_RUN_FOUND = auto()
    # Why a criterion is what it is.
    CRITERION_NOT_LOGGED = auto()
    CRITERION_UNUSABLE = auto()
    TOO_FEW_FOR_STATUS = auto()
    JUDGED_BY_VALUE = auto()
    STRADDLES = auto()
    SCALE_UNKNOWN = auto()
    # What deserves a look.
    EFFECT_UNKNOWN = auto()
    WAY_UNKNOWN = auto()
    NOTHING_SHARED = auto()
