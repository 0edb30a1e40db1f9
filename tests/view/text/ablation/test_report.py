"""What of an ablation goes into a report: plain text, a line a finding."""

from dataclasses import replace

from ablated import demo
from assay.view.text.ablation.report import reports


def test_a_report_has_the_answer_what_follows_and_how_far_to_trust_it() -> None:
    said = reports(demo())
    assert said[0].startswith("scaling is critical: accuracy loses 12.6 points without it. pca can go")
    assert any(line.startswith("scaling and pca: one of them wins.") for line in said)
    assert any(line.startswith("Shapley shares 24.7 + 9.7 + 1.1 = 35.6 points") for line in said)
    assert any("A large p removes nothing." in line for line in said)
    assert not [line for line in said if "`" in line or "**" in line or not line]


def test_the_hypothesis_comes_first_on_one_line() -> None:
    said = reports(replace(demo(), hypothesis="Scaling\ncarries *it*."))
    assert said[0] == "The plan's hypothesis: Scaling carries *it*."
