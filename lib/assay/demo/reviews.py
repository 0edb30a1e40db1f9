"""The demo's reviews: one waits for a signature, one is blocked, one was rejected, and one is stale."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assay import actions
from assay.identity import of_command
from assay.model.journal import Via
from assay.model.people import Acting, Role
from assay.model.policy import Policy
from assay.model.review.acts import Answered, Basis, ItemReply, Opened, ReviewDecision, SignVerdict
from assay.model.review.gate import ReviewQuestion
from assay.model.review.policy import GateCriterion
from assay.model.review.review import Review
from assay.model.sync import Snapshot
from assay.queries.review import reading
from assay.queries.review.standing import standing
from assay.settings import Settings
from assay.workspace import Desk

Read = Callable[[Settings], Snapshot]
"""Syncs a store and gives its newest snapshot."""

AUTHOR, LEAD, PRODUCTION = "author", "tech_lead", "production"
_DIGITS, _LEAK = ("digits-classifiers", "model"), ("leak-selection", "selection_fit_on")
"""Experiments, and the params whose values stand against each other there."""
_WAIVED_DAYS = 20
_REVIEWS = 4
_SEEDS = """
SELECT run_uuid, CAST(value AS INTEGER) FROM params JOIN runs USING (run_uuid) JOIN experiments USING (experiment_id)
WHERE experiments.name = ? AND key = 'seed'
"""
_WAIVED = {
    GateCriterion.QUALITY: "Nobody reads its probabilities, and single digits have too few examples.",
    GateCriterion.THRESHOLDS: "Measured on a busy machine; it is measured again before traffic moves.",
}
_PEOPLE_SAY = (
    ("worst-examples-seen", ItemReply.YES, "https://wiki.example.org/digits/worst-examples", ""),
    ("errors-handled", ItemReply.YES, "docs/runbooks/digits-down.md", ""),
    ("canary-steps", ItemReply.YES, "https://wiki.example.org/digits/rollout", ""),
    ("rollback-tried", ItemReply.YES, "https://wiki.example.org/digits/drill-12", ""),
    ("on-call", ItemReply.NOT_APPLICABLE, "", "데모에는 대기하는 담당자가 없습니다."),
)
"""What the author answers to items of the list for a promotion that no run proves."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A desk with the demo's three accounts around it, who act as on the page."""

    desk: Desk

    def acting(self, subject: str) -> Acting:
        return Acting(of_command(self.desk.settings, self.desk.policy, subject), Via.DEMO)

    def opens(
        self, experiment: str, param: str, baseline: str, candidate: str, hypothesis: str, title: str = ""
    ) -> str:  # fmt: skip
        """The id of a review that the author opened, of two values of a param."""
        asked = Opened(
            title=title or f"{candidate} against {baseline}",
            baseline=f"params.{param} = '{baseline}'",
            candidate=f"params.{param} = '{candidate}'",
            metric="accuracy",
            hypothesis=hypothesis,
            experiments=(experiment,),
        )
        return actions.opened(self.desk, self.acting(AUTHOR), asked).id

    def answers(self, review: str) -> None:
        """All that people have to say of the list for a promotion."""
        for item, reply, evidence, reason in _PEOPLE_SAY:
            answer = Answered("promotion", item, reply, evidence, reason)
            actions.answered(self.desk, self.acting(AUTHOR), review, answer, 0)

    def signs(self, review: str, subject: str, role: Role, verdict: SignVerdict, reason: str) -> None:
        """Exactly what is there."""
        actions.signed(self.desk, self.acting(subject), review, role, verdict, reason, *self.shown(review))

    def waives(self, review: str) -> None:
        """What is not met of quality, and of what a busy machine measured."""
        found = standing(self.desk, ReviewQuestion(review))
        assert found.evidence is not None
        until = (self.desk.now + timedelta(days=_WAIVED_DAYS)).date().isoformat()
        for one in found.gate.criteria:
            if one.keeps_back and (why := _WAIVED.get(one.criterion)):
                actions.waived(self.desk, self.acting(LEAD), review, one.criterion, why, until, found.evidence.sha256)

    def says(self, review: str, subject: str, text: str) -> None:
        actions.commented(self.desk, self.acting(subject), review, text)

    def shown(self, review: str) -> tuple[str, Basis]:
        """The evidence and the basis that a form would show."""
        found = standing(self.desk, ReviewQuestion(review))
        assert found.evidence is not None
        assert found.basis is not None
        return found.evidence.sha256, found.basis


def make(settings: Settings, policy: Policy, read: Read) -> int:
    """How many reviews were made, all of them through the same actions as everybody's: 4, or 0 where they are there.

    Takes seconds. Those of an earlier making of the store go, unless somebody else has written to their journal. Raises
    ReviewError and JournalError as actions do, and what `read` raises.
    """
    desk = Desk(settings, policy, None, datetime.now(UTC))
    held = reading.reviews(desk)
    if held and not (_untouched(held) and settings.journal == f"sqlite:///{settings.demo_journal}"):
        return 0
    if len(held) == _REVIEWS and _is_of(settings.demo_store, desk, held[-1]):
        return 0
    if held:
        _forget(settings.demo_journal)
    with _later_seeds_untrained(settings.demo_store):
        _stale(_Table(replace(desk, snapshot=read(settings))))
    now = _Table(replace(desk, snapshot=read(settings)))
    _rejected(now)
    _blocked(now)
    _waiting(now)
    return _REVIEWS


def _forget(journal: Path) -> None:
    for file in sorted(journal.parent.glob(f"{journal.name}*"), reverse=True):  # the journal after its head
        file.unlink()


def _untouched(held: Sequence[Review]) -> bool:
    """Whether nobody but the demo has done anything in these reviews."""
    return all(line.made.via == Via.DEMO for one in held for line in one.timeline)


def _is_of(store: Path, desk: Desk, review: Review) -> bool:
    """Whether the runs that a review was opened on are in this store."""
    runs = reading.evidence(desk, review.evidences[0][1].evidence).results.run_ids
    return bool(_asked(store, "SELECT run_uuid FROM runs WHERE run_uuid = ?", runs[1][:1]))


@contextmanager
def _later_seeds_untrained(store: Path) -> Iterator[None]:
    """For a moment the experiment holds the first seeds alone, more than half; what a kill left deleted comes back."""
    from mlflow import MlflowClient

    client, seeds = MlflowClient(f"sqlite:///{store}"), _asked(store, _SEEDS, _DIGITS[:1])
    every = sorted({seed for _, seed in seeds})
    later = [str(run) for run, seed in seeds if seed not in every[: len(every) // 2 + 1]]
    try:
        for run in later:
            client.delete_run(run)
        yield
    finally:
        for run in later:
            client.restore_run(run)


def _asked(store: Path, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def _stale(table: _Table) -> None:
    """Signed at three seeds a side; two more of each have been trained since."""
    review = table.opens(
        *_DIGITS, "logistic-regression", "extra-trees", "A hundred trees beat a line by half a point or more."
    )
    table.says(review, AUTHOR, "시드 세 개로 먼저 검토를 요청합니다. 두 개를 더 학습하고 있습니다.")
    table.signs(review, PRODUCTION, Role.PRODUCTION, SignVerdict.APPROVE, "Fine with me if two more seeds agree.")


def _rejected(table: _Table) -> None:
    """Too good because features were chosen with the test rows in sight."""
    review = table.opens(
        *_LEAK, "training_rows", "all_rows", "Choosing features by all rows makes better features.",
        title="Features chosen by all rows",
    )  # fmt: skip
    table.says(review, LEAD, "Features were chosen by all rows, the test rows among them.\nThe gain is the leak.")
    actions.decided(
        table.desk, table.acting(LEAD), review, ReviewDecision.REJECT,
        "The preprocessing saw the test rows; the classes are noise.", *table.shown(review),
    )  # fmt: skip


def _blocked(table: _Table) -> None:
    """No difference is shown, and somebody asks for changes."""
    review = table.opens(*_DIGITS, "logistic-regression", "mlp", "A hidden layer is worth a point of accuracy.")
    table.signs(
        review, LEAD, Role.TECH_LEAD, SignVerdict.REQUEST_CHANGES,
        "The interval holds zero. Train longer, or say why this is worth a second model.",
    )  # fmt: skip


def _waiting(table: _Table) -> None:
    """All is met or waived; one signature is missing."""
    review = table.opens(
        *_DIGITS, "logistic-regression", "svc-rbf", "An RBF kernel separates the digits better than a line, by 1 point."
    )
    table.answers(review)
    table.waives(review)
    table.signs(review, LEAD, Role.TECH_LEAD, SignVerdict.APPROVE, "Better by more than the noise, and as fast.")
    actions.asked(table.desk, table.acting(AUTHOR), review, Role.PRODUCTION, "운영 승인 부탁드립니다.")
