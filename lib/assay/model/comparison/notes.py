"""What there is to say of a comparison."""

from enum import auto

from assay.model.note import Code


class ComparisonNote(Code):
    """Reasons, caveats and warnings; their words are in `view.text.notes.comparison`."""

    # Why a side or a difference has no number.
    NO_SCORE = auto()
    SIDE_EMPTY = auto()
    ONE_REPLICATE = auto()
    SIDE_OF_ONE = auto()
    NO_VARIATION = auto()
    SIDE_WITHOUT_VARIATION = auto()
    FEW_REPLICATES = auto()
    FEW_REARRANGEMENTS = auto()
    FEW_RESAMPLES = auto()
    REARRANGED_ALONE = auto()
    UNPAIRED_STD = auto()
    TWO_WAY_ONLY = auto()
    NO_MARGIN = auto()
    WORSE_IS_UNKNOWN = auto()
    # Pairs.
    SEEDS_NOT_LOGGED = auto()
    SEED_NOT_UNIQUE = auto()
    FEW_SHARED_SEEDS = auto()
    PARTLY_SHARED_SEEDS = auto()
    SEEDS_LEFT_OUT = auto()
    SEED_REPEATED = auto()
    SEED_AVERAGED = auto()
    PAIRS_REFUSED = auto()
    # Who stands on the sides.
    SEVERAL_CONFIGURATIONS = auto()
    REPLICATES_FILTERED_OUT = auto()
    RUNS_SHARED = auto()
    OTHER_EXPERIMENTS = auto()
    SEVERAL_COMMITS = auto()
    TRAINING_DATA_VARY = auto()
    # What they were tested on.
    TEST_DATA_DIFFER = auto()
    TEST_DATA_NAMED_OTHERWISE = auto()
    TEST_DATA_VARY = auto()
    TEST_DATA_NOT_LOGGED = auto()
    TEST_DATA_WITHOUT_DIGEST = auto()
    # How far a difference can be trusted.
    IDENTICAL_SCORES = auto()
    SKEWED = auto()
    CHECKPOINTS = auto()
    SIDE_IS_CHECKPOINT = auto()
    SINGLE_TRAINING = auto()
    RESTS_ON_NORMALITY = auto()
    COVERAGE = auto()
    BEST_OF_SEVERAL = auto()
    BEST_OF_CONFIGURATIONS = auto()
    DIRECTION_ASSUMED = auto()
    OFF_SCALE = auto()
    BASELINES_DIFFER = auto()
    WELCH_UNEVEN = auto()
    NEAR_END = auto()
    TWO_LAWS = auto()
    LATEST_NOT_BEST = auto()
    UNADJUSTED = auto()
    # What the next runs could show.
    PLAN_NEEDS_SPREAD = auto()
    PLAN_WITHOUT_SPREAD = auto()
    PLAN_BEYOND_A_MILLION = auto()
    # What cannot be asked.
    STATISTIC_NEEDS_EXAMPLES = auto()
    UNKNOWN_OPTION = auto()
    LEVEL_OUT_OF_RANGE = auto()
    EFFECT_OUT_OF_RANGE = auto()
    MARGIN_OUT_OF_RANGE = auto()
    TOO_MANY_CANDIDATES = auto()
    MARGIN_WITHOUT_AIM = auto()


class ExampleNote(Code):
    """The same for comparisons by example scores."""

    # Why there is no number.
    NO_SHARED_EXAMPLE = auto()
    NO_EXAMPLE = auto()
    FEW_EXAMPLES = auto()
    FEW_SEEDS = auto()
    EXAMPLES_ALIKE = auto()
    SIDE_EXAMPLES_ALIKE = auto()
    SLICE_OF_FEW = auto()
    SLICE_ALIKE = auto()
    MEANS_ONLY = auto()
    UNDEFINED = auto()
    MOSTLY_UNDEFINED = auto()
    SAME_DIFFERENCE = auto()
    SAME_VALUE = auto()
    NO_RUN = auto()
    SIDE_LACKS = auto()
    OTHER_SIDE_EMPTY = auto()
    NO_FLIPS = auto()
    NO_FLIPS_OF_STATISTIC = auto()
    ONE_CLUSTER = auto()
    FEW_CLUSTERS = auto()
    CLUSTERS_ALIKE = auto()
    # Predictions.
    NO_STATISTIC_OF_IT = auto()
    NOT_A_MEAN = auto()
    NO_LABEL = auto()
    NOT_BINARY = auto()
    ONE_LABEL = auto()
    LABELS_DIFFER = auto()
    PREDICTIONS_ARE_NO_LABELS = auto()
    # Files.
    SCORES_NOT_LOGGED = auto()
    NO_COLUMN = auto()
    UNKNOWN_SLICE = auto()
    UNKNOWN_CLUSTER = auto()
    CLUSTER_NEEDS_EXAMPLES = auto()
    # What was read and left out.
    COMPUTED = auto()
    READ_FROM_COLUMN = auto()
    MATCHED_BY = auto()
    UNPAIRED_EXAMPLES = auto()
    WITHOUT_PARTNER = auto()
    UNEVEN = auto()
    SCORES_UNDEFINED = auto()
    IDS_REPEATED = auto()
    ROWS_AVERAGED = auto()
    CLUSTER_MISSING = auto()
    CLUSTER_DIFFERS = auto()
    RUNS_NOT_LOGGED = auto()
    SLICES_ARE_OF_MEANS = auto()
    # What was done instead of what was asked.
    DIFFERENCES_SKEWED = auto()
    TOO_MANY_TO_DRAW = auto()
    PERCENTILE_INSTEAD = auto()
    CLUSTERED_INSTEAD = auto()
    COLUMNS_ARE_CLUSTERS = auto()
    FEWER_RESAMPLES = auto()
    # How far a difference can be trusted.
    ALIKE = auto()
    CLUSTERS_OF_ONE = auto()
    LARGE_CLUSTER = auto()
    FEW_BEYOND = auto()
    BEYOND = auto()
    SEEDS_AND_EXAMPLES = auto()
    THESE_TRAININGS = auto()


class TaskNote(Code):
    """The same for comparisons over several tasks."""

    # Why there is no number.
    NO_SHARED_TASK = auto()
    ONE_TASK = auto()
    FEW_RUNS_PER_TASK = auto()
    TASKS_WITHOUT_VARIATION = auto()
    NO_TARGET = auto()
    NO_SCALE = auto()
    # Why a task is left out.
    TASK_ONLY_ELSEWHERE = auto()
    TASK_OF_FEW_RUNS = auto()
    TASK_WITHOUT_RANGE = auto()
    BASELINE_AT_ZERO = auto()
    NO_REFERENCE = auto()
    REFERENCE_CONTRADICTS = auto()
    # What deserves a look.
    SEVERAL_CONFIGURATIONS_PER_TASK = auto()
    SCALE_ASSUMED = auto()
    SCALES_DIFFER = auto()
    UNEVEN_RUNS = auto()
    TASKS_OF_SEVERAL_LINES = auto()
    FEWER_RESAMPLES_OVER_TASKS = auto()
    PERCENTILE_OVER_TASKS = auto()
    # How far a difference can be trusted.
    THESE_TASKS = auto()
    COVERAGE_OVER_TASKS = auto()
    # Over steps.
    NO_HISTORIES = auto()
    HISTORIES_SLOW = auto()
    NO_SHARED_STEPS = auto()
    TOO_MANY_HISTORIES = auto()
    # What cannot be asked.
    TASKS_NEED_SEEDS = auto()
    SCALE_NEEDS_TASKS = auto()
