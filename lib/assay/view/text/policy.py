"""The rules of a policy in words: values, where they stand, and whose they are."""

from pathlib import PurePath

from assay.model.policy import Policy
from assay.model.rules import Rule, RuleBook, RuleValue
from assay.view.text.escape import code, flat
from assay.view.text.numbers import count


def value(said: RuleValue | None) -> str:
    """As a file has it, lists with commas; `none` for an empty one, nothing where nothing is said."""
    if isinstance(said, tuple):
        return ", ".join(map(str, said)) or "none"
    return "" if said is None else str(said) or '""'


def where(rule: Rule) -> str:
    """`policy.yaml:12`."""
    return f"{PurePath(rule.file).name}:{rule.line}"


def whose(rule: Rule) -> str:
    """The team's own, shipped, or the team's and as shipped."""
    return "shipped" if rule.shipped else "as shipped" if rule.repeats else "team"


def headline(found: RuleBook) -> str:
    """How many of the rules are the team's."""
    rules = count(len(found.rules), "rule")
    if not found.own:
        return f"All {rules} are the shipped ones."
    return f"The team sets {found.own:,} of {rules}."


def files(found: RuleBook) -> tuple[str, ...]:
    """Every file that rules come from, the team's first, as code with how many it gives."""
    counts: dict[str, int] = {}
    for rule in found.rules:
        counts[rule.file] = counts.get(rule.file, 0) + 1
    return tuple(f"{code(file)}: {count(n, 'rule')}" for file, n in counts.items())


def named(policy: Policy) -> str:
    """The names of its scorecards and of its sets of objectives."""
    cards = ", ".join(flat(card.name) for card in policy.scorecards) or "none"
    sets = ", ".join(flat(one.name) for one in policy.objectives) or "none"
    return f"Scorecards: {cards}. Objectives: {sets}."
