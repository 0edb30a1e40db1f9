"""What do other questions answer of this candidate? Each is asked at most once, and only if a proof rests on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from assay import artifacts
from assay.analysis.checklists.runs import holds_model
from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import AssayError, SourceError
from assay.model.ablation.answer import Ablation
from assay.model.ablation.question import AblationQuestion, FactorsQuestion
from assay.model.comparison.answer import Comparison
from assay.model.comparison.examples import ScoreColumns
from assay.model.comparison.question import Question, Unit
from assay.model.evidence.files import TEST_ROWS_TAG
from assay.model.evidence.leakage import Leakage, LeakageQuestion
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import ChecklistQuestion
from assay.model.evidence.reproducibility import Reproducibility, ReproducibilityQuestion
from assay.model.evidence.splits import SplitFacts
from assay.model.note import Note, note
from assay.model.runs.store import MODELS, Run
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.question import FrontQuestion, ScorecardQuestion
from assay.model.tradeoffs.scorecard import Scored
from assay.queries import freshness, policies
from assay.queries.ablation.answer import ablation
from assay.queries.ablation.levels import offered
from assay.queries.comparison.answer import columns, compare
from assay.queries.comparison.metrics import MOST, usual
from assay.queries.comparison.patience import in_time
from assay.queries.evidence.environments import MODELS_TAG
from assay.queries.evidence.files import evidence
from assay.queries.evidence.leakage import leakage
from assay.queries.evidence.reproducibility import reproducibility
from assay.queries.evidence.rows import MOST_READ
from assay.queries.metrics import judged, notable
from assay.queries.runs.selection import selection
from assay.queries.tradeoffs.front import front
from assay.queries.tradeoffs.objectives import objectives
from assay.queries.tradeoffs.scorecard import scorecard
from assay.workspace import Workspace

Answer = TypeVar("Answer")

MOST_RUNS = 1_000
"""Of a candidate, as many rows as are looked at for leaks; the others count as not logged."""
_MOST_LISTED, _SECONDS = 50, 10.0
"""Runs whose files are listed for a model, and how long that may take."""


@dataclass(frozen=True)
class Sources:
    """A candidate with its runs and those of its baseline; what an answer is refused for is a note in its place.

    `experiments`: those that both sides' runs are of.
    """

    work: Workspace
    question: ChecklistQuestion
    runs: tuple[Run, ...]
    others: tuple[Run, ...]
    experiments: tuple[str, ...]

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """What Compare would compare; of a candidate alone what it would of its own metrics."""
        if self.question.baseline:
            return usual(self.work, self._sides(()))
        logged = tuple(dict.fromkeys(key for run in self.runs for key in run.metrics))
        return judged(self.work.policy, logged)[:MOST] or notable(self.work.policy, logged)[:1]

    @cached_property
    def comparison(self) -> Comparison | Note:
        """Over seeds; of a candidate alone its own side."""
        return _tried(lambda: compare(self.work, self._sides(self._some_metrics())))

    @cached_property
    def alone(self) -> Note | None:
        """Why there is nothing to hold the candidate against; None where there is."""
        if not self.question.baseline:
            return note(Says.NO_BASELINE)
        both = {run.run_id for run in self.runs} & {run.run_id for run in self.others}
        return note(Says.RUNS_OF_BOTH_SIDES, n=len(both)) if both else None

    @cached_property
    def versus(self) -> Comparison | Note:
        """The same, which says nothing without a baseline."""
        return self.alone or self.comparison

    @cached_property
    def scores(self) -> ScoreColumns | Note:
        """What the example scores of the candidate hold; files of more runs than anybody looks at are not asked for."""
        n = len(self.runs) + len(self.others)
        if n > MOST_READ:
            return note(Says.FILES_NOT_LISTED, n=n, most=MOST_READ)
        own = self.question
        asked = Question(self.metrics[:1], own.candidate, (), self.experiments, deleted=own.deleted)
        return _tried(lambda: columns(self.work, asked))

    @cached_property
    def examined(self) -> tuple[str, ...]:
        """The metric that single examples are compared by; none where none has scores of its own."""
        found = self.scores
        if self.question.baseline and not isinstance(found, Note) and found.numbers:
            asked = replace(self._sides(self.metrics[:1]), unit=Unit.EXAMPLES)
            found = _tried(lambda: columns(self.work, asked))
        numbers = () if isinstance(found, Note) else found.numbers
        return tuple(metric for metric in self.metrics if metric in numbers)[:1]

    @cached_property
    def by_examples(self) -> Comparison | Note:
        """Over examples, on the first metric that has scores of single ones."""
        if self.alone:
            return self.alone

        def asked() -> Comparison | Note:
            if not self.examined:
                return self.scores if isinstance(self.scores, Note) else note(Says.NO_EXAMPLE_SCORES)
            return compare(self.work, replace(self._sides(self.examined), unit=Unit.EXAMPLES))

        return _tried(asked)

    @cached_property
    def slices(self) -> tuple[str, ...] | Note:
        """What the candidate's example scores can be sliced by."""
        return self.scores if isinstance(self.scores, Note) else self.scores.texts

    @cached_property
    def test_rows(self) -> Mapping[str, str | None]:
        """Run → which test rows it says that it was scored on."""
        return {run.run_id: run.tags.get(TEST_ROWS_TAG) for run in (*self.runs, *self.others)}

    @cached_property
    def scored(self) -> Scored | Note:
        """The first scorecard that speaks of the experiments, with losses where there is a baseline."""
        own = self.question
        asked = ScorecardQuestion(
            own.candidate, own.baseline, experiments=self.experiments, deleted=own.deleted, ignore=own.ignore
        )
        return _tried(lambda: scorecard(self.work, asked))

    @cached_property
    def losses(self) -> Scored | Note:
        """The same, which says nothing without a baseline."""
        return self.alone or self.scored

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Metric → its group on the card."""
        card = None if isinstance(self.scored, Note) else self.scored.card
        return {one.metric: one.group for one in card.criteria} if card else {}

    @cached_property
    def policy_place(self) -> tuple[str, int]:
        """The policy's file, and the line of the card in it, 0 for none."""
        book = policies.book(self.work.settings.policy)
        card = None if isinstance(self.scored, Note) else self.scored.card
        return Path(book.policy.origin).name, book.line(card.name) if card else 0

    @cached_property
    def front(self) -> Front | Note:
        """Of the objectives that Trade-offs would take."""
        own = self.question
        if len(self.experiments) != 1:
            return note(Says.ONE_EXPERIMENT_NEEDED, n=len(self.experiments))

        def asked() -> Front:
            with reading(self.work.snapshot):
                chosen = objectives(self.work.policy, self._logged_here()).objectives
                return front(
                    self.work,
                    FrontQuestion(
                        chosen, self.experiments, deleted=own.deleted, ignore=own.ignore,
                        candidate=own.candidate, baseline=own.baseline,
                    ),
                )  # fmt: skip

        return _tried(asked)

    @cached_property
    def ablation(self) -> Ablation | Note:
        """Of every param of the experiment that is on and off, the candidate being the full system."""
        own = self.question
        if len(self.experiments) != 1:
            return note(Says.ONE_EXPERIMENT_NEEDED, n=len(self.experiments))

        def asked() -> Ablation | Note:
            among = FactorsQuestion(self.experiments, deleted=own.deleted)
            factors = tuple(one.param for one in offered(self.work, among) if one.switch)
            if not factors:
                return note(Says.NO_SWITCH)
            [metric] = self._some_metrics()[:1]
            return ablation(
                self.work,
                AblationQuestion(
                    metric, factors, own.candidate, experiments=self.experiments, deleted=own.deleted, ignore=own.ignore
                ),
            )

        return _tried(asked)

    @cached_property
    def leakage(self) -> Leakage | Note:
        """Every check on the candidate's runs."""
        own = self.question
        asked = LeakageQuestion(
            self.experiments, own.candidate, deleted=own.deleted, ignore=own.ignore, most=MOST_RUNS
        )  # fmt: skip
        return _tried(lambda: leakage(self.work, asked))

    @cached_property
    def record(self) -> Reproducibility | Note:
        """What is on record of the candidate's runs, and whether repeats agree."""
        own = self.question
        asked = ReproducibilityQuestion(
            self.experiments, own.candidate, deleted=own.deleted, ignore=own.ignore, most=MOST_RUNS
        )  # fmt: skip
        return _tried(lambda: reproducibility(self.work, asked))

    @cached_property
    def splits(self) -> Mapping[str, SplitFacts | None]:
        """What each run logged of its splits, of as many as anybody looks at; the others count as not logged."""
        ids = [run.run_id for run in self.runs]
        found = evidence(self.work, ids[:MOST_READ])
        return dict.fromkeys(ids) | {run_id: own.splits for run_id, own in found.items()}

    @cached_property
    def stepped(self) -> frozenset[str]:
        """The runs that logged a metric at a step above 0, those of the system left out."""
        ids = [run.run_id for run in self.runs]
        names = [name for name in reads.stepped(self.work.snapshot, ids) if not name.startswith("system/")]
        found: set[str] = set()
        for name in names:
            if len(found) == len(ids):
                break
            steps = reads.latest_steps(self.work.snapshot, ids, name)
            found |= {run_id for run_id, (_, step) in steps.items() if step > 0}
        return frozenset(found)

    @cached_property
    def kept_models(self) -> frozenset[str] | Note:
        """The runs that MLflow says it kept a model of, or whose files are called like one."""
        tagged = frozenset(run.run_id for run in self.runs if MODELS_TAG in run.tags)
        rest = [run.run_id for run in self.runs if run.run_id not in tagged]
        if len(rest) > _MOST_LISTED:
            return note(Says.FILES_NOT_LISTED, n=len(rest), most=_MOST_LISTED)
        away = freshness.current(self.work.settings).problem
        if rest and away is not None:
            return away
        store = artifacts.store(self.work.settings)

        def holds(run_id: str) -> bool:
            return bool(store.artifacts(run_id, MODELS)) or holds_model(store.artifacts(run_id))

        found, error = in_time(rest, holds, _SECONDS)
        return error.note if error else tagged | {run_id for run_id, own in found.items() if own}

    def _sides(self, metrics: tuple[str, ...]) -> Question:
        own = self.question
        return Question(metrics, *own.sides, self.experiments, deleted=own.deleted, ignore=own.ignore)

    def _some_metrics(self) -> tuple[str, ...]:
        """Raises AssayError where no run logged any."""
        if not self.metrics:
            raise SourceError(Says.NOTHING_TO_COMPARE)
        return self.metrics

    def _logged_here(self) -> Sequence[str]:
        chosen = selection(self.work.snapshot, experiments=self.experiments, deleted=self.question.deleted)
        return reads.keys(self.work.snapshot, chosen).metrics


def _tried(ask: Callable[[], Answer]) -> Answer | Note:
    """What is answered, or why it is not."""
    try:
        return ask()
    except AssayError as error:
        return error.note
