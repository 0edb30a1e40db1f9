"""What makes a review's evidence stale, and what does not: on a store that changes, synced in between."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from assay import policy as policies
from assay.analysis.review.changes import changed
from assay.errors import FilterError, SelectionError
from assay.model.people import Role
from assay.model.policy import Policy
from assay.model.review.evidence import Inputs
from assay.model.review.notes import InputsNote as Now
from assay.model.review.policy import AccessPolicy, GateCriterion
from assay.queries.review.inputs import inputs
from assay.workspace import Workspace
from evidenced import Evidenced
from looking import looked_at
from reviewed import opening
from stores import SEEDS

OLD, NEW = "params.model = 'old'", "params.model = 'new'"
RULES = "statistics: {level: 0.95}\n"


class Changing:
    """A store of two models that a test changes, and the inputs as they are after each change."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Evidenced(folder)
        self.ids = [self.run(model, seed) for model in ("old", "new") for seed in SEEDS]
        self.policy = folder / "own.yaml"
        self.policy.write_text(RULES, encoding="utf-8")
        self.lists = folder / "lists"
        self.lists.mkdir()

    def run(self, model: str, seed: int, status: str | None = "FINISHED") -> str:
        scores = {"accuracy": 0.9 + seed / 1e6, "log_loss": 0.2, "shoe_size": 42.0}
        run_id = self.store.run("here", params={"model": model, "seed": seed}, metrics=scores, status=status)
        self.store.used(run_id, "cafe", "test")
        self.store.rows(run_id, "rows:one")
        return run_id

    def look(self, known: Policy | None = None) -> Workspace:
        work = looked_at(self.store, self.folder / "data", known or policies.load(self.policy))
        return replace(work, settings=replace(work.settings, checklists=self.lists))

    def now(self, known: Policy | None = None) -> Inputs:
        work = self.look(known)
        return inputs(work, opening(work, OLD, NEW, "here"))

    def codes(self, before: Inputs) -> set[Now]:
        now = self.now()
        found = changed(before, now)
        assert bool(found) is (before.sha256 != now.sha256)
        return {one.note.code for one in found}  # type: ignore[misc]


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Changing:
    return Changing(tmp_path_factory.mktemp("changing"))


def test_facts_are_those_of_the_runs_that_ended_with_what_the_results_use(changing: Changing) -> None:
    found = changing.now()
    assert ({*found.baseline}, {*found.candidate}) == ({*changing.ids[:5]}, {*changing.ids[5:]})
    one = found.candidate[changing.ids[5]]
    assert (one.status, one.params) == ("FINISHED", {"model": "new", "seed": "42"})
    assert one.metrics == {"accuracy": 0.9 + 42 / 1e6, "log_loss": 0.2}
    assert (one.data, one.files, one.commit) == ({"test digits": "cafe"}, {"test_rows": "rows:one"}, None)
    assert [*found.checklists] == ["promotion"]
    assert not {"roles", "people", "access"} & {*found.rules}
    assert found.rules["metrics"] == {
        "accuracy": {"direction": "maximize", "unit": "share", "smallest_effect": 0.01},
        "log_loss": {"direction": "minimize", "unit": ""},
    }  # fmt: skip


Act = Callable[[Changing], object]
LIST = "version: {version}\ntitle: {{en: A, ko: 가}}\nitems:\n- {{id: a, text: {{en: {text}, ko: 가}}, severity: block, needs: link}}\n"


def _list(version: int, text: str) -> Act:
    return lambda own: (own.lists / "promotion.yaml").write_text(
        LIST.format(version=version, text=text), encoding="utf-8"
    )


def _rules(text: str) -> Act:
    return lambda own: own.policy.write_text(text, encoding="utf-8")


def _log(own: Changing, key: str, value: float) -> None:
    own.store.client.log_metric(own.ids[5], key, value, step=1)


ACTS: list[tuple[str, Act, set[Now]]] = [
    ("a newly matching run", lambda own: own.run("new", 7), {Now.RUNS_CAME}),
    ("one that failed", lambda own: own.run("old", 8, "FAILED"), {Now.RUNS_CAME}),
    ("one that is going on", lambda own: setattr(own, "open", own.run("new", 9, None)), set()),
    ("one that ended", lambda own: own.store.client.set_terminated(own.open, "FINISHED"), {Now.RUNS_CAME}),  # type: ignore[attr-defined]
    ("a run of others", lambda own: own.run("third", 1), set()),
    ("a vanished run", lambda own: own.store.client.delete_run(own.ids[0]), {Now.RUNS_WENT}),
    ("a late param", lambda own: own.store.client.log_param(own.ids[5], "C", 1), {Now.RUN_PARAMS}),
    ("a late score", lambda own: _log(own, "accuracy", 0.5), {Now.RUN_METRICS}),
    ("a diverged score", lambda own: _log(own, "log_loss", float("nan")), {Now.RUN_METRICS}),
    ("a metric that nobody uses", lambda own: _log(own, "shoe_size", 43.0), set()),
    ("another status", lambda own: own.store.client.update_run(own.ids[6], "KILLED"), {Now.RUN_STATUS}),
    ("other data", lambda own: own.store.used(own.ids[5], "beef", "train", "more"), {Now.RUN_DATA}),
    ("a commit", lambda own: own.store.client.set_tag(own.ids[5], "mlflow.source.git.commit", "a" * 40), {Now.RUN_COMMIT}),
    ("an evidence file", lambda own: own.store.fitted(own.ids[5], "scaler", "train"), {Now.RUN_FILES}),
    ("a parent, which takes it out of the means", lambda own: own.store.client.set_tag(own.ids[6], "mlflow.parentRunId", own.ids[5]), {Now.RUN_FILES}),
    ("a run's name", lambda own: own.store.client.update_run(own.ids[5], name="best"), set()),
    ("a comment on a run", lambda own: own.store.client.set_tag(own.ids[5], "mlflow.note.content", "good"), set()),
    ("a tag", lambda own: own.store.client.set_tag(own.ids[5], "team", "a"), set()),
    ("Assay's own tag", lambda own: own.store.client.set_tag(own.ids[5], "assay.review", "R-001"), set()),
    ("a comment in the policy", _rules(f"# why\n{RULES}"), set()),
    ("what holds anyway", _rules(f"{RULES}promotion: {{people: 2, quorum: [production, tech_lead]}}\n"), set()),
    ("a new colleague", _rules(f"{RULES}roles: {{tech_lead: [ana@example.org]}}\npeople: {{ana@example.org: [a]}}\n"), set()),
    ("a rule of an unused metric", _rules(f"{RULES}metrics: {{shoe_size: {{unit: count}}}}\n"), set()),
    ("another level", _rules("statistics: {level: 0.99}\n"), {Now.RULES_CHANGED}),
    ("a rule of a used metric", _rules("statistics: {level: 0.99}\nmetrics: {accuracy: {smallest_effect: 0.02}}\n"), {Now.RULES_CHANGED}),
    ("fewer criteria", _rules("statistics: {level: 0.99}\nmetrics: {accuracy: {smallest_effect: 0.02}}\npromotion: {blocking: [leakage]}\n"), {Now.RULES_CHANGED}),
    ("another checklist in place", _list(1, "A"), {Now.LISTS_CHANGED}),
    ("its version", _list(2, "A"), {Now.LISTS_CHANGED}),
    ("its text", _list(2, "B"), {Now.LISTS_CHANGED}),
]  # fmt: skip


def test_what_makes_stale_and_what_does_not(changing: Changing) -> None:
    for what, act, codes in ACTS:
        before = changing.now()
        act(changing)
        assert (what, changing.codes(before)) == (what, codes)


def test_a_change_says_which_run_and_what_was_there_before(changing: Changing) -> None:
    before = changing.now()
    one = before.candidate[changing.ids[5]]
    now = replace(before, candidate={**before.candidate, changing.ids[5]: replace(one, metrics={"accuracy": 0.25})})
    [found] = changed(before, now)
    assert (found.note["run"], found.note["names"]) == (changing.ids[5], ("accuracy", "log_loss"))
    assert (found.before, found.now) == ("0.5, nan", "0.25")
    assert changed(before, before) == ()


def test_people_and_a_newer_version_with_the_same_rules_are_no_inputs(changing: Changing) -> None:
    known = policies.load(changing.policy)
    other = replace(
        known, access=AccessPolicy({Role.ADMIN: ("*",)}), digest="other", origin="elsewhere",
        promotion=replace(known.promotion, blocking=tuple(reversed(known.promotion.blocking))),
    )  # fmt: skip
    assert known.promotion.blocking == (GateCriterion.LEAKAGE,)
    assert changing.now(known).text == changing.now(other).text


def test_a_filter_that_cannot_be_read_and_an_unknown_experiment_are_said(changing: Changing) -> None:
    work = changing.look()
    with pytest.raises(FilterError):
        inputs(work, opening(work, "oh no", NEW, "here"))
    with pytest.raises(SelectionError):
        inputs(work, opening(work, OLD, NEW, "nowhere"))
    nothing = inputs(work, opening(work, "params.model = 'no'", NEW, "here"))
    assert nothing.baseline == {}


def test_a_second_look_at_the_same_runs_is_quick(changing: Changing) -> None:
    work = changing.look()
    asked = opening(work, OLD, NEW, "here")
    inputs(work, asked)
    began = process_time()
    inputs(work, asked).sha256  # noqa: B018
    assert process_time() - began < 0.1
