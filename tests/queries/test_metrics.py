"""What a metric's name, and the policy, say of it."""

from pathlib import Path

import pytest

from assay import policy as policies
from assay.model.metric import Direction, MetricUnit
from assay.model.policy import Policy
from assay.queries.metrics import direction, known, unit

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE
NAMES = {
    # Autologging of scikit-learn, Keras, PyTorch Lightning, transformers, Ray and Ultralytics.
    "training_loss": (DOWN, "name"),
    "loss": (DOWN, "name"),
    "val_accuracy": (UP, "name"),
    "training_f1_score": (UP, "name"),
    "mean_squared_error": (DOWN, "name"),
    "r2_score": (UP, "name"),
    "time/fps": (UP, "name"),
    "time/time_elapsed": (DOWN, "name"),
    "time/total timesteps": (UP, "assumed"),
    "training_roc_auc": (UP, "name"),
    "explained_variance_score": (UP, "name"),
    "eval/mean_reward": (UP, "name"),
    "episode_reward_mean": (UP, "name"),
    "episode_len_mean": (UP, "assumed"),
    "eval_samples_per_second": (UP, "name"),
    "eval_runtime": (DOWN, "name"),
    "metrics/mAP50-95(B)": (UP, "name"),
    "train/rougeL": (UP, "name"),
    "mean_accuracy": (UP, "name"),
    "time_total_s": (DOWN, "name"),
    "valRMSE": (DOWN, "name"),
    "rmse": (DOWN, "name"),
    "MAE": (DOWN, "name"),
    "brier_score": (DOWN, "name"),
    "categorical_cross_entropy": (DOWN, "name"),
    "policy_entropy": (UP, "assumed"),
    "learning_rate": (UP, "assumed"),
    "정확도": (UP, "assumed"),
    # Turned round by a word.
    "neg_log_loss": (UP, "name"),
    "mean_test_neg_log_loss": (UP, "name"),
    "neg_mean_squared_error": (UP, "name"),
    "negative_mse": (UP, "name"),
    "neg_brier_score": (UP, "name"),
    "negative_log_likelihood": (DOWN, "name"),
    "false_negative_rate": (DOWN, "name"),
    "true_negative_rate": (UP, "name"),
    "loss_negative": (UP, "assumed"),
    "negative_class_accuracy": (UP, "assumed"),
    # Several words that pull in different ways.
    "balanced_accuracy_loss": (DOWN, "name"),
    "accuracy_drop": (DOWN, "name"),
    "time_to_accuracy": (DOWN, "name"),
    "auc_kl": (UP, "assumed"),
    "loss_recall": (UP, "assumed"),
    "accuracy_std": (UP, "assumed"),
    "std_accuracy": (DOWN, "name"),
    # Best at 0 from both sides, or only in size.
    "bias": (UP, "assumed"),
    "calibration_slope": (UP, "assumed"),
    "abs_bias": (DOWN, "name"),
    "attack_success_rate": (DOWN, "assumed"),
    "accuracy_under_attack": (UP, "name"),
    # Gains and losses of something else.
    "brier_skill_score": (UP, "name"),
    "loss_improvement": (UP, "name"),
    "information_gain": (UP, "name"),
    "error_reduction": (UP, "name"),
    # What is better the less there is of it.
    **dict.fromkeys(
        [
            "eer",
            "mindcf",
            "ece",
            "mce",
            "bpb",
            "bits_per_byte",
            "bits_per_dim",
            "hd95",
            "hausdorff",
            "edit_distance",
            "cosine_distance",
            "distance",
            "kid",
            "fid",
            "crps",
            "bce",
            "ter",
            "wer",
            "cer",
            "collision_rate",
            "violation_rate",
            "false_alarm",
            "jailbreak_rate",
            "forgetting",
            "parity_difference",
            "equalized_odds_difference",
            "wasserstein",
            "mmd",
            "mean_rank",
            "flops",
            "macs",
            "num_params",
            "co2",
            "energy",
            "drawdown",
        ],
        (DOWN, "name"),
    ),
    "distance_similarity": (UP, "assumed"),
    "distance_correlation": (UP, "assumed"),
    # Turned round by a word that says nothing alone.
    "bias_score": (UP, "assumed"),
    "no_hallucination_rate": (UP, "assumed"),
    "collision_free_rate": (UP, "assumed"),
    "demographic_parity_ratio": (UP, "assumed"),
    "cost_saving": (UP, "name"),
    "error_reduction_rate": (UP, "name"),
    # Models in service.
    "error_rate": (DOWN, "policy"),
    "perplexity": (DOWN, "name"),
    "throughput_tokens_per_s": (UP, "name"),
    "tokens_per_second": (UP, "name"),
    "seconds_per_token": (DOWN, "name"),
    "errors_per_second": (DOWN, "name"),
    "latency_p95_ms": (DOWN, "policy"),
    "results_ttft_s_mean": (DOWN, "name"),
    "memory_gb": (DOWN, "name"),
    "cost_usd": (DOWN, "name"),
    "profit_usd": (UP, "assumed"),
    "win_rate": (UP, "name"),
    "hallucination_rate": (DOWN, "name"),
    "toxicity/v1/score": (DOWN, "name"),
    "answer_similarity/v1/mean": (UP, "name"),
}


@pytest.mark.parametrize(("name", "said"), NAMES.items())
def test_a_name_says_its_direction_or_that_it_says_none(policy: Policy, name: str, said: tuple[Direction, str]) -> None:
    assert direction(policy, name) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("val_accuracy", MetricUnit.SHARE),
        ("eval/accuracy", MetricUnit.SHARE),
        ("f1_macro", MetricUnit.SHARE),
        ("recall_at_5", MetricUnit.SHARE),
        ("training_roc_auc", MetricUnit.SHARE),
        ("time_to_accuracy", MetricUnit.NONE),
        ("balanced_accuracy_loss", MetricUnit.NONE),
        ("accuracy_drop", MetricUnit.NONE),
        ("loss_recall", MetricUnit.NONE),
        ("eval/loss_recall", MetricUnit.NONE),
        ("auc_kl", MetricUnit.NONE),
        ("neg_log_loss", MetricUnit.NONE),
        ("p95_ms", MetricUnit.MILLISECONDS),
        ("throughput_tokens_per_s", MetricUnit.PER_SECOND),
        ("profit_usd", MetricUnit.USD),
    ],
)
def test_only_shares_are_shares(policy: Policy, name: str, said: MetricUnit) -> None:
    assert unit(policy, name, [0.25, 0.5]) is said


def test_a_share_logged_in_per_cent_is_shown_as_it_is(policy: Policy) -> None:
    assert unit(policy, "val_accuracy", [78.2]) is MetricUnit.PERCENT
    assert unit(policy, "val_accuracy", [0.78, 0.9]) is MetricUnit.SHARE


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([0.77, 0.9], (MetricUnit.SHARE, 0.01)),
        ([77.1, 64.0, 0.0], (MetricUnit.PERCENT, 1.0)),
        ([0.61, 0.99, 1.0000001], (MetricUnit.SHARE, 0.01)),
        ([0.8, 0.7, 80.0], (MetricUnit.NONE, None)),
        ([-0.2, 0.4], (MetricUnit.NONE, None)),
        ([0.5, 120.0], (MetricUnit.NONE, None)),
    ],
)
def test_the_smallest_effect_follows_the_unit_that_is_really_logged(
    policy: Policy, values: list[float], said: tuple[MetricUnit, float | None]
) -> None:
    found = known(policy, "accuracy", None, values)
    assert (found.unit, found.smallest_effect) == said


def test_the_policy_comes_before_the_name_and_the_reviewer_before_both(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("metrics: {training_loss: {direction: maximize}}\n", encoding="utf-8")
    own = policies.load(path)
    assert direction(own, "training_loss") == (UP, "policy")
    assert direction(own, "training_loss", DOWN) == (DOWN, "option")
