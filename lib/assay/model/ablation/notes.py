"""What there is to say of an ablation."""

from enum import auto

from assay.model.note import Code


class AblationNote(Code):
    """Reasons, warnings and errors; their words are in `view.text.notes.ablation`."""

    # What cannot be asked.
    NO_COMPONENT = auto()
    BOTH_WAYS = auto()
    FACTOR_TWICE = auto()
    COMPONENT_TWICE = auto()
    ON_TWICE = auto()
    FULL_NEEDED = auto()
    NO_PAIR_GIVEN = auto()
    NO_LEVEL_GIVEN = auto()
    ONE_LEVEL = auto()
    MANY_LEVELS = auto()
    WHICH_IS_ON = auto()
    NO_SUCH_LEVEL = auto()
    FULL_FINDS_NOTHING = auto()
    FULL_FINDS_SEVERAL = auto()
    SEVERAL_EXPERIMENTS_HOLD = auto()
    TWO_CONFIGURATIONS = auto()
    SEVERAL_STUDIES = auto()
    NO_RUN_HOLDS = auto()
    # Why there is no number.
    ARM_MISSING = auto()
    FULL_MISSING = auto()
    CELLS_MISSING = auto()
    CELL_OF_ONE = auto()
    CELL_UNSCORED = auto()
    GAINS_ALONE = auto()
    CELLS_WITHOUT_VARIATION = auto()
    FEW_IN_A_CELL = auto()
    TOO_MANY_TOGETHER = auto()
    NOT_ALL_TOGETHER = auto()
    NO_LIMITS = auto()
    NOBODY_SAID_BETTER = auto()
    # What deserves a look.
    SAME_RUNS = auto()
    FILTERS_ALIKE = auto()
    TEST_ROWS_DIFFER = auto()
    SEEDS_DIFFER_BETWEEN = auto()
    FOLLOWS = auto()
    CHANGES_BESIDE = auto()
    CHANGE_TOGETHER = auto()
    RUNS_OUTSIDE = auto()
    ON_OF_NONE = auto()
    PLANS_DIFFER = auto()
    MANY_SYSTEMS = auto()
    INTERVALS_ALONE = auto()
