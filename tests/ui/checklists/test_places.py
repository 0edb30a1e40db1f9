"""Where proofs lead: to pages that there are, by inputs that these know."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import ChecklistQuestion, Proved
from assay.model.note import note
from assay.model.runs.listing import ListQuestion
from assay.ui import policy
from assay.ui.ablation import question as ablation
from assay.ui.comparison import question as comparison
from assay.ui.evidence import question as leakage
from assay.ui.evidence.record import question as record
from assay.ui.frame import PAGES
from assay.ui.runs import question as runs
from assay.ui.tradeoffs import question as tradeoffs
from assay.view.text.checklists.places import page

FOUND = Proved(
    ChecklistQuestion("params.model = 'a'", "params.model = 'b'", ignore=("host",), deleted=True),
    experiments=("e",),
    candidate="a",
    baseline="b",
    metrics=("accuracy", "f1"),
    examined="f1",
    objectives=("accuracy:max",),
    factors=("pca",),
)
KNOWN = {
    "": ("run", *runs.choices(ListQuestion())),
    "compare": comparison._KEYS,
    "tradeoffs": tradeoffs._KEYS,
    "ablation": ablation.KEYS,
    "leakage": leakage.KEYS,
    "reproducibility": record.KEYS,
    "policy": policy._KEYS,
}


def proof(of: ProofOf, **more: str) -> Proof:
    return Proof(of, True, note(Says.NO_BASELINE), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("of", ProofOf)
def test_every_proof_leads_to_a_page_by_inputs_that_it_knows(of: ProofOf) -> None:
    for own in (proof(of), proof(of, run_id="r1", check="shared_ids", metric="f1")):
        found = urlsplit(page(FOUND, own))
        assert not found.path or (PAGES / f"{found.path}.py").is_file()
        assert {*parse_qs(found.query)} <= {*KNOWN[found.path]}


def test_a_comparison_is_that_of_the_proof() -> None:
    asked = parse_qs(urlsplit(page(FOUND, proof(ProofOf.COMPARISON, metric="f1"))).query)
    assert asked == {
        "experiment": ["e"], "metric": ["accuracy", "f1"], "baseline": ["params.model = 'b'"],
        "candidate": ["params.model = 'a'"], "shown": ["f1"], "ignore": ["host"], "with-deleted": ["true"],
    }  # fmt: skip
    single = replace(proof(ProofOf.COMPARISON, metric="accuracy"), by_examples=True)
    examined = parse_qs(urlsplit(page(FOUND, single)).query)
    assert (examined["metric"], examined["unit"]) == (["f1"], ["examples"])
    assert "shown" not in examined
    alone = replace(FOUND, baseline="")
    assert page(alone, proof(ProofOf.COMPARISON)) == "?in=e&where=params.model+%3D+%27a%27&deleted=true"
