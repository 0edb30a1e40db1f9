"""Each criterion's number beside its limit, what binds first, and where it is seen."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from assay.model.note import Note, note
from assay.model.review.gate import WaiverFound
from assay.model.review.notes import GateNote as Gate
from assay.model.review.policy import GateCriterion
from assay.view.text.escape import flat
from assay.view.text.notes import words
from assay.view.text.review import criteria, report
from assay.view.text.review.places import place
from standing import AUTHOR, WAIVED, evidence, made, standing


def test_what_keeps_it_back_stands_first_bold_and_what_is_met_last() -> None:
    rows = criteria.rows(standing(), lambda one: "x" if one is GateCriterion.SIGNIFICANT else "")
    assert rows["status"] == [
        ":violet[:material/pending:]\u00a0**waiting**",
        ":orange[:material/front_hand:]\u00a0waived",
        ":green[:material/check_circle:]\u00a0met",
        ":orange[:material/warning:]\u00a0met, look",
    ]
    assert rows["criterion"][0] == "Signatures"
    assert rows["criterion"][2] == "[Significant\\: p \\< 0\\.05](x)"
    assert [flat(one).replace("\\", "") for one in rows["number and limit"]] == [
        "1 of 2 signatures; missing: production approver",
        "9 of 10 met; model_size_bytes 291.0 kB, needs < 250 kB; 1 that nobody logs or requires; waived until 11 Dec 2026",
        "accuracy +1.9 points [+1.0, +2.7], p = 0.004",
        "10 of 10 runs that match are in :gray[(shown, does not block)]",
    ]
    assert criteria.met(standing()) == (2, 3)
    assert criteria.warnings(standing()) == [
        "No run left out: Fewer than 5 replicates a side\\: one odd seed may decide\\."
    ]


def test_a_waiver_says_who_until_when_and_why_it_is_void() -> None:
    holds = WaiverFound(made(7, AUTHOR), WAIVED)
    head, why = criteria.waiver(holds, GateCriterion.THRESHOLDS)
    assert head == "Thresholds: waived by 박하늘, 20 Nov 2026 16:40 UTC, until the end of **11 Dec 2026 UTC**."
    assert why.startswith("“The device has 512 kB\\.” Covers this criterion only")
    void, _ = criteria.waiver(
        replace(holds, void=note(Gate.WAIVER_ENDED, until="2026-12-11")), GateCriterion.THRESHOLDS
    )
    assert void.startswith("Thresholds: void. The waiver ended with")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (note(Gate.GATE_REPLICATES, baseline=3, candidate=5, needed=3), "3 and 5 replicates, needs 3 a side."),
        (
            note(Gate.GATE_SIGNIFICANT, metric="loss", unit="", difference=None, low=None, high=None, p=None, level=0.05,
                 over=1, reason="only one run"),
            "loss: only one run, no p.",
        ),
        (
            note(Gate.GATE_SIGNIFICANT, metric="latency", unit="ms", difference=12.0, low=-1.0, high=25.0, p=0.07,
                 level=0.05, over=3),
            "latency +12 ms [−1, +25], p = 0.070 over 3 comparisons; needs p < 0.05.",
        ),
        (
            note(Gate.GATE_IMPROVEMENT, metric="accuracy", unit="share", low=0.01, high=None, minimum=0.005),
            "Low end of the gain in accuracy +1.00 points, needs > 0.5 points.",
        ),
        (note(Gate.GATE_LEFT_OUT, n=1, of=11, reasons=("1 failed",)), "1 of 11 runs that match is left out: 1 failed."),
        (note(Gate.GATE_HARM_ERRORS, value=0.02, limit=0.01), "error_rate is 2.00 %, above the guard of 1 %."),
        (note(Gate.GATE_HARM_ERRORS, value=0.01001, limit=0.01), "error_rate is 1.001 %, above the guard of 1 %."),
        (
            note(Gate.GATE_IMPROVEMENT, metric="accuracy", unit="share", low=0.0049999, minimum=0.005),
            "Low end of the gain in accuracy +0.49999 points, needs > 0.5 points.",
        ),
        (
            note(Gate.GATE_IMPROVEMENT, metric="zorbl", unit="", low=None, minimum=0.0, reason=None, told=False),
            "zorbl: nobody told which way it gets better.",
        ),
        (
            note(Gate.GATE_SIGNIFICANT, metric="zorbl", unit="", difference=-0.1, low=-0.12, high=-0.08, p=0.0001,
                 level=0.05, over=1, told=False),
            "zorbl −0.100 [−0.120, −0.080], p < 0.001; nobody told which way it gets better.",
        ),
        (
            note(Gate.GATE_THRESHOLDS, met=0, of=1, metric="accuracy", unit="share", value=0.91, low=0.88, high=0.94,
                 threshold="> 0.9"),
            "0 of 1 met; accuracy 91.0 % [88.0, 94.0], needs > 90 %.",
        ),
        (
            note(Gate.GATE_HARM_ALERT, metric="accuracy", unit="share", value=0.79, low=0.785, high=0.7999, alert="< 0.8"),
            "accuracy 79.00 % [78.50, 79.99] lies wholly beyond the alert limit < 80 %.",
        ),
        (
            note(Gate.GATE_QUALITY, met=1, of=2, metric="log_loss", unit="", difference=-0.1, low=-0.3, high=0.1,
                 smallest=0.05, worse=False, lower=True),
            "1 of 2 keep up; log_loss −0.10 [−0.30, +0.10], needs a high end below +0.05.",
        ),
        (
            note(Gate.GATE_QUALITY, met=1, of=2, metric="f1", unit="", difference=-0.1, low=-0.3, high=0.1,
                 smallest=None, worse=False, lower=False),
            "1 of 2 keep up; f1 −0.10 [−0.30, +0.10], needs a low end above 0.",
        ),
        (
            note(Gate.GATE_QUALITY, met=1, of=2, metric="f1", unit="share", difference=-0.002, low=-0.003, high=-0.001,
                 smallest=0.01, worse=True, lower=False),
            "1 of 2 keep up; f1 −0.20 points [−0.30, −0.10], shown worse.",
        ),
    ],
)  # fmt: skip
def test_numbers_have_units_and_limits(given: Note, said: str) -> None:
    assert words(given) == said


def test_each_criterion_that_a_page_shows_links_to_the_runs_of_the_evidence() -> None:
    found = {one: place(standing(), one) for one in GateCriterion}
    shown = found[GateCriterion.SIGNIFICANT]
    assert shown is not None
    assert urlencode({"candidate": "run_id IN ('b')"}) in urlencode(shown[1])
    assert [one for one, where in found.items() if where is None] == [GateCriterion.SIGNATURES, GateCriterion.CHECKLIST]
    assert place(replace(standing(), other_store=True), GateCriterion.SIGNIFICANT) is None
    assert place(replace(standing(), evidence=None), GateCriterion.SIGNIFICANT) is None
    many = evidence(run_ids=(tuple(map(str, range(500))), ("x'y",)))
    filters = place(replace(standing(), evidence=many), GateCriterion.QUALITY)
    assert filters is not None
    assert (filters[1]["baseline"], filters[1]["candidate"]) == ("params.model = 'logreg'", "params.model = 'svc'")


def test_a_terminal_reads_the_same_answer() -> None:
    lines = report.reports(standing())
    assert lines[0] == "R-001: svc-rbf against logistic-regression"
    assert lines[-1] == "Evidence 9f3c1e07, frozen 20 Nov 2026 16:40 UTC."
    assert report.signatures(standing())[0].startswith("Production approver: approved, stale, 이서준")
    assert report.question(standing()) == "May svc-rbf replace logistic-regression, by accuracy?"
    assert report.events(standing())[-1].endswith("somebody erased commented (erased)")
