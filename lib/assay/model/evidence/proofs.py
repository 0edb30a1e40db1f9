"""Every proof that runs can give of an item of a checklist, by the id that the files of checklists name."""

from enum import StrEnum, auto

from assay.model.note import Code


class ProofCheck(StrEnum):
    """What is proved, where it holds; the order is that of the pages that show it.

    Where a proof is against, the item is a no. Where runs are silent it stays open, and so it does without a baseline
    where one is needed (*) or where the answer is uncertain.
    """

    # The runs of the candidate, and those of the baseline.
    TRACKED = "tracked"
    """Every run has params and metrics in MLflow."""
    ALL_FINISHED = "all_finished"
    """No run of the candidate failed, was killed or is still running."""
    NUMBERS_FINITE = "numbers_finite"
    """No metric of the candidate's runs is NaN or infinite."""
    LEARNING_CURVES = "learning_curves"
    """Every run logged a metric whose latest value is of a step above 0; how many came before is not asked."""
    RESOURCES = "resources"
    """Every run logged memory: a system metric, or one named after memory."""
    MODELS_KEPT = "models_kept"
    """Every run keeps a model or a checkpoint among its artifacts."""
    SEEDS_PER_SIDE = "seeds_per_side"
    """The candidate, and the baseline where one is named, has as many distinct replicates as promotion needs (3)."""
    MEAN_AND_SPREAD = "mean_and_spread"
    """The first metric has a mean, a standard deviation and an interval over at least two replicates."""
    BASELINE_MEASURED = "baseline_measured"
    """* The baseline has finished runs with the first metric."""

    # Compare.
    FAIR_COMPARISON = "fair_comparison"
    """* Both sides were measured on the same data as far as is logged: dataset digests, ids of splits or of scores."""
    SIGNIFICANT = "significant"
    """* Better in the first metric, with p below the level after correction and enough replicates a side."""
    QUALITY_KEPT = "quality_kept"
    """* No quality metric is shown worse, and the low end of each lies above minus its smallest effect."""
    NO_METRIC_WORSE = "no_metric_worse"
    """* No metric that the scorecard holds is shown worse than the baseline's."""
    NO_SLICE_WORSE = "no_slice_worse"
    """* No slice of the logged example scores is shown worse."""
    SLICES_MEASURED = "slices_measured"
    """Example scores are logged with at least one column of slices: categories, hard cases."""

    # The scorecard and the policy.
    SEVERAL_METRICS = "several_metrics"
    """The candidate logs at least two metrics that have a threshold in the policy."""
    THRESHOLDS_MET = "thresholds_met"
    """Every threshold of a logged metric is met by the whole interval."""
    QUALITY_THRESHOLDS = "quality_thresholds"
    """The same, of the metrics of the group quality."""
    PERFORMANCE_THRESHOLDS = "performance_thresholds"
    """The same, of performance: latencies, throughput."""
    COST_THRESHOLDS = "cost_thresholds"
    """The same, of cost."""
    RELIABILITY_THRESHOLDS = "reliability_thresholds"
    """The same, of reliability: errors, availability."""
    ALERTS_SET = "alerts_set"
    """Every metric that the candidate logs and that has a threshold has an alert limit too."""
    STATISTICS_SET = "statistics_set"
    """The policy fixes level, correction and fewest replicates before results are seen."""

    # Trade-offs and ablation.
    ON_FRONT = "on_front"
    """On the front of the policy's objectives, or shown better than the baseline in one and worse in none."""
    ABLATION_RAN = "ablation_ran"
    """The candidate's runs stand beside runs without one of its components."""
    ABLATION_EXPLAINS = "ablation_explains"
    """At least one component is shown to contribute, or shown to be removable."""

    # Leakage: the check of that name passes in every run of the candidate.
    NO_LEAK = "no_leak"
    """No check of leakage fails, and at least one of those that read splits could tell."""
    SPLITS_LOGGED = "splits_logged"
    """Every run logged which row went into which split."""
    HOLD_OUT = "hold_out"
    """Logged splits have test rows that no training row shares its id with."""
    THREE_SPLITS = "three_splits"
    """Logged splits have training, validation and test rows."""
    SHARED_IDS = "shared_ids"
    GROUP_OVERLAP = "group_overlap"
    TEMPORAL_OVERLAP = "temporal_overlap"
    DUPLICATE_ROWS = "duplicate_rows"
    LABEL_CONFLICTS = "label_conflicts"
    SPLIT_SIZES = "split_sizes"
    PREPROCESSING_FIT = "preprocessing_fit"
    FEATURE_NAMES = "feature_names"
    TRAIN_EQUALS_TEST = "train_equals_test"
    TRAIN_TEST_GAP = "train_test_gap"
    SUSPICIOUS_SCORE = "suspicious_score"
    TEST_BETTER_THAN_TRAIN = "test_better_than_train"
    FOLD_SPREAD = "fold_spread"
    TEST_LOOKS = "test_looks"
    SAME_DATASET = "same_dataset"

    # Reproducibility: the record of that name is complete in every run of the candidate.
    CODE_VERSION = "code_version"
    CODE_CLEAN = "code_clean"
    DATA_ACCESS = "data_access"
    DATA_VERSION = "data_version"
    SEEDS = "seeds"
    ENVIRONMENT = "environment"
    PACKAGES = "packages"
    HARDWARE = "hardware"
    CONTAINER = "container"
    COMMAND = "command"
    PIPELINE = "pipeline"
    LOGGING = "logging"
    FIVE_ELEMENTS = "five_elements"
    """Code versioning, data access, data versioning, experiment logging and pipeline creation are all on record."""
    REPEATS_AGREE = "repeats_agree"
    """A run of equal setup and seed was repeated, and every metric came out identical, one with telling digits too."""


class ProofNote(Code):
    """What proofs say, and why they say nothing; words in `view.text.notes.proofs`."""

    # Why nothing is said.
    NO_CANDIDATE = auto()
    NO_BASELINE = auto()
    RUNS_OF_BOTH_SIDES = auto()
    NO_RUN_OF_SIDE = auto()
    SIDE_UNMEASURED = auto()
    NO_NUMBER_LOGGED = auto()
    NOTHING_TO_COMPARE = auto()
    WAY_NOT_TOLD = auto()
    NO_EXAMPLE_SCORES = auto()
    NO_SLICES = auto()
    TEST_DATA_UNKNOWN = auto()
    NO_CARD = auto()
    NONE_OF_GROUP = auto()
    ONE_EXPERIMENT_NEEDED = auto()
    NOT_ON_FRONT = auto()
    NO_SWITCH = auto()
    NO_ARM = auto()
    NO_CURVES = auto()
    NO_MEMORY = auto()
    NO_MODELS = auto()
    FILES_NOT_LISTED = auto()
    RUNS_WITHOUT_SPLITS = auto()
    NO_TEST_ROWS = auto()
    PART_NOT_LOGGED = auto()
    NOT_ON_RECORD = auto()
    NEVER_REPEATED = auto()
    REPEATED_BY_CHANCE = auto()
    # What they say.
    ALL_TRACKED = auto()
    UNTRACKED = auto()
    RUNS_FINISHED = auto()
    RUNS_UNFINISHED = auto()
    ALL_FINITE = auto()
    NUMBER_NOT_FINITE = auto()
    CURVES_LOGGED = auto()
    MEMORY_LOGGED = auto()
    MODELS_LOGGED = auto()
    REPLICATES = auto()
    SPREAD = auto()
    SINGLE_REPLICATE = auto()
    BASELINE_SCORES = auto()
    TEST_DATA_SAME = auto()
    TEST_ROWS_SAME = auto()
    TEST_DATA_OTHER = auto()
    DIFFERENCE = auto()
    QUALITY = auto()
    METRICS_KEPT = auto()
    METRICS_LOST = auto()
    METRICS_OPEN = auto()
    SLICES = auto()
    SLICES_LOGGED = auto()
    METRICS_JUDGED = auto()
    THRESHOLDS = auto()
    ALERTS = auto()
    STATISTICS = auto()
    ON_THE_FRONT = auto()
    BETTER_THAN_BASELINE = auto()
    OFF_THE_FRONT = auto()
    ARMS = auto()
    CONTRIBUTIONS = auto()
    NONE_LEAKS = auto()
    LEAKS = auto()
    SIGNS_OF_LEAKS = auto()
    SPLITS_KNOWN = auto()
    HELD_OUT = auto()
    NOT_HELD_OUT = auto()
    THREE_WAYS = auto()
    TWO_WAYS = auto()
    ON_RECORD = auto()
    REPEATS_IDENTICAL = auto()
    REPEATS_DIFFER = auto()
