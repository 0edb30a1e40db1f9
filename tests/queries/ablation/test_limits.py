"""The limits that hold for a metric before anything of it is read."""

from dataclasses import replace
from pathlib import Path

from assay import policy
from assay.model.ablation.policy import AblationPolicy, ClassLimits
from assay.queries.ablation.limits import limits
from looking import looked_at
from stores import Store


def test_shares_have_the_policys_and_others_what_matters_of_them(digits: Store, tmp_path: Path) -> None:
    work = looked_at(digits, tmp_path, replace(policy.load(), ablation=AblationPolicy(0.1, 0.02)))
    assert limits(work, "accuracy")[1] == ClassLimits(0.1, 0.02)
    own = tmp_path / "own.yaml"
    own.write_text("metrics: {rmse: {smallest_effect: 0.5}}", encoding="utf-8")
    work = replace(work, policy=policy.load(own))
    assert limits(work, "rmse")[1] == ClassLimits(2.5, 0.5, of_effect=True)
    assert limits(work, "log_loss")[1] is None
    assert limits(work, "nobody logged it")[1] is None
