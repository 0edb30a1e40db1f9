"""Where each proof is seen: the page and what its address asks for."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proved import Proved

Choices = Mapping[str, str | Sequence[str] | None]


def place(found: Proved, proof: Proof) -> tuple[str, Choices]:
    """A page by its path, and choices by name; None and "" are left out."""
    asked = found.question
    if proof.run_id and proof.of is ProofOf.RUNS:
        return "", {"run": proof.run_id}
    match proof.of:
        case ProofOf.RUNS:
            return "", {"in": found.experiments, "where": asked.candidate}
        case ProofOf.COMPARISON:
            return _comparison(found, proof)
        case ProofOf.SCORECARD | ProofOf.TRADEOFFS:
            sides = {"candidate": asked.candidate, "baseline": asked.baseline}
            about = _named("traded", {"experiment": _one(found), **sides, "ignore": asked.ignore})
            return "tradeoffs", {**about, "objective": found.objectives}
        case ProofOf.ABLATION:
            own = {"in": _one(found), "metric": proof.metric, "components": found.factors}
            return "ablation", _named("ablated", {**own, "full": asked.candidate if found.factors else ""})
        case ProofOf.LEAKAGE:
            return "leakage", _named("leak", _checks(found, proof))
        case ProofOf.REPRODUCIBILITY:
            return "reproducibility", _named("repro", _checks(found, proof))
        case ProofOf.POLICY:
            return "policy", {"part": proof.check or "scorecards"}


def page(found: Proved, proof: Proof) -> str:
    """The same as an address without its root: `compare?baseline=…`."""
    path, choices = place(found, proof)
    lists = {key: [value] if isinstance(value, str) else list(value or ()) for key, value in choices.items()}
    said = urlencode({key: [one for one in values if one] for key, values in lists.items() if any(values)}, doseq=True)
    return f"{path}?{said}".removesuffix("?")


def _comparison(found: Proved, proof: Proof) -> tuple[str, Choices]:
    asked = found.question
    metrics = (found.examined,) if proof.by_examples and found.examined else found.metrics
    if not asked.baseline:
        return "", {"in": found.experiments, "where": asked.candidate}
    return "compare", {
        "experiment": _one(found),
        "metric": metrics,
        "baseline": asked.baseline,
        "candidate": asked.candidate,
        "unit": "examples" if proof.by_examples else None,
        "shown": proof.metric if proof.metric in metrics else None,
        "ignore": asked.ignore,
        "with-deleted": "true" if asked.deleted else None,
    }


def _checks(found: Proved, proof: Proof) -> Choices:
    own: Choices = {"in": found.experiments, "where": found.question.candidate, "ignore": found.question.ignore}
    return {**own, "row": proof.run_id, "check": proof.check if proof.run_id else None}


def _one(found: Proved) -> Sequence[str]:
    """The experiment, for pages that take one; none where there are several."""
    return found.experiments if len(found.experiments) == 1 else ()


def _named(page: str, choices: Choices) -> Choices:
    """With the page's name before each: keys belong to one page."""
    return {f"{page}-{key}": value for key, value in choices.items()}
