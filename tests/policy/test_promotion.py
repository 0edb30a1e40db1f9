"""The sections `promotion:`, `roles:` and `people:` of a policy file: what they may say, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from assay import policy
from assay import settings as configuration
from assay.errors import PolicyError
from assay.model.people import APPROVERS, Role
from assay.model.policy import Policy
from assay.model.review.policy import AccessPolicy, GateCriterion, PromotionPolicy
from assay.policy.reading import DEFAULT, pair
from assay.policy.rules import rules
from assay.policy.writing import written
from saying import refused

LOCAL = ("local",)


def read(folder: Path, text: str) -> Policy:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return policy.load(folder / "own.yaml")


def test_the_shipped_file_says_what_holds_where_nothing_is_said_each_key_in_its_line() -> None:
    usual = policy.load()
    assert usual.promotion == PromotionPolicy()
    assert usual.access == AccessPolicy({Role.VIEWER: ("*",)} | dict.fromkeys([*Role][1:], LOCAL), {})
    lines = DEFAULT.read_text(encoding="utf-8").splitlines()
    found = {rule.path: rule for rule in rules(*pair(DEFAULT), usual)}
    told = {path for path in found if path.startswith(("promotion.", "roles."))}
    assert told == {*(f"promotion.{one.name}" for one in fields(PromotionPolicy)), *(f"roles.{own}" for own in Role)}
    assert all(lines[found[path].line - 1].startswith(f"  {found[path].keys[1]}:") for path in told)


def test_a_team_replaces_what_it_names_and_no_more_and_its_rules_can_be_written_again(tmp_path: Path) -> None:
    text = (
        "promotion:\n  blocking: [significant, checklist]\n  unverified_count: true\n  required: [recall]\n"
        'roles:\n  tech_lead: [ana@example.org, "group:leads", "@lab.org"]\npeople:\n  ana@example.org: [ana, ci]\n'
    )
    found = read(tmp_path, text)
    assert found.promotion == PromotionPolicy(
        blocking=(GateCriterion.SIGNIFICANT, GateCriterion.CHECKLIST), unverified_count=True, required=("recall",)
    )
    assert found.access.roles[Role.TECH_LEAD] == ("ana@example.org", "group:leads", "@lab.org")
    assert found.access.roles[Role.PRODUCTION] == LOCAL
    assert found.access.people == {"ana@example.org": ("ana", "ci")}
    every = rules(*pair(tmp_path / "own.yaml"), found)
    again = read(tmp_path, "\n".join(line.text for line in written(every)))
    assert (again.promotion, again.access) == (found.promotion, found.access)


def test_the_demo_has_a_policy_of_its_own_where_nobody_named_another(tmp_path: Path) -> None:
    own = configuration.read({}, data=tmp_path)
    found = policy.load(own.policy)
    assert (own.demo, found.promotion) == (True, PromotionPolicy(unverified_count=True))
    assert [found.access.roles[role] for role in APPROVERS] == [("demo:tech_lead",), ("demo:production",)]
    assert found.access.people == {"demo:author": ("demo",)}
    assert (found.metrics, found.scorecards) == ((), policy.load().scorecards)
    assert configuration.read({}, data=tmp_path, tracking_uri="sqlite:///mine.db").policy == DEFAULT
    assert configuration.read({"ASSAY_POLICY": "mine.yaml"}, data=tmp_path).policy == Path("mine.yaml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("promotion:\n  blocking: [luck]", r"line 2: promotion.blocking.0 is 'luck'; allowed: 'signatures', 'signif"),
        ("promotion:\n  records: [repeats]", r"line 2: promotion.records.0 is 'repeats'; allowed: 'code_version', "),
        ("promotion: {records: [git]}", r"promotion.records.0 is 'git'; allowed: 'code_version'"),
        ("promotion: {checklists: [My List]}", r"promotion.checklists.0 is 'My List'; allowed: the name of a check"),
        ("promotion:\n  quorum:\n  - admin", r"line 3: promotion.quorum.0 is 'admin'; allowed: 'tech_lead', 'produc"),
        ("promotion: {quorum: []}", "promotion.quorum is empty; something has to stand there"),
        ("promotion: {people: 0}", "promotion.people is 0; it should be greater than or equal to 1"),
        ("promotion: {waiver_days: 31}", "promotion.waiver_days is 31; it should be less than or equal to 30"),
        ("promotion: {waiver_days: 7.5}", "promotion.waiver_days is 7.5; it should be a whole number"),
        ("promotion: {replicates: 2}", "promotion.replicates is 2; it should be greater than or equal to 3"),
        ("promotion: {error_guard: 1}", "promotion.error_guard is 1; it should be less than 1"),
        ("promotion: {error_guard: true}", "promotion.error_guard is True; it should be a number"),
        ("promotion: {minimum_improvement: -0.1}", "promotion.minimum_improvement is -0.1; it should be greater than"),
        ("promotion: {minimum_improvement: .inf}", "promotion.minimum_improvement is inf; it should be a finite"),
        ("promotion: {sign_in_hours: 720}", "promotion.sign_in_hours is 720; it should be less than or equal to 24"),
        ("promotion: {unverified_count: 1}", "promotion.unverified_count is 1; "),
        ("promotion: {bypass: [x]}", "promotion.bypass is no key of a policy; allowed here: blocking, minimum_improve"),
        ("roles:\n  boss: [local]", "line 2: roles.boss is no key of a policy; allowed here: viewer, reviewer, tech_"),
        ("roles: {viewer: [everybody]}", "roles.viewer.0 is 'everybody'; allowed: an email, @ and a domain, group: "),
        ("roles: {viewer: local}", "roles.viewer is 'local'; it should be a list"),
        ("roles: {admin: [a b@c]}", "roles.admin.0 is 'a b@c'; allowed: an email"),
        ("people: {ana: [ana]}", "people.ana is 'ana'; allowed: an email"),
        ("people: {ana@example.org: []}", "people.ana@example.org is empty; something has to stand there"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_is_allowed(tmp_path: Path, text: str, sentence: str) -> None:
    with refused(PolicyError, sentence):
        read(tmp_path, text)
