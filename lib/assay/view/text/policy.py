"""The rules of a policy in words: values, where they stand, and whose they are."""

from collections.abc import Sequence
from pathlib import PurePath

from assay.model.criteria import Scorecard
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.rules import Reach, Rule, RuleBook, RuleLine, RuleValue
from assay.view.text.escape import block, code, flat, markdown, short
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import count

WITHOUT_CARDS = "Without the shipped scorecards: your directions contradict them, so no file of yours may say them."
_MOST_NAMED = 4
_WIDEST = 60


def value(said: RuleValue | None) -> str:
    """As a file has it, lists with commas; `none` for an empty one, nothing where nothing is said."""
    if isinstance(said, tuple):
        return ", ".join(map(str, said)) or "none"
    return "" if said is None else str(said) or '""'


def shown(said: RuleValue | None) -> str:
    """The same to read: thousands of a number apart, of a long list first how long it is."""
    if isinstance(said, tuple) and len(said) > _MOST_NAMED:
        return f"{len(said):,}: {value(said[:_MOST_NAMED])}, …"
    return f"{said:,}" if isinstance(said, int) and not isinstance(said, bool) else value(said)


def usual(rule: Rule) -> str:
    """What is shipped in a rule's place: its value, `the same` of a shipped one, or that there is none."""
    if rule.shipped:
        return "the same"
    return "no such rule" if rule.usual is None else value(rule.usual)


def where(rule: Rule) -> str:
    """`policy.yaml:12`."""
    return f"{PurePath(rule.file).name}:{rule.line}"


def whose(rule: Rule) -> str:
    """The team's own, shipped, or the team's and as shipped."""
    return "shipped" if rule.shipped else "as shipped" if rule.repeats else "team"


def tree(lines: Sequence[RuleLine]) -> str:
    """Lines of a policy file; behind each rule as a comment whose it is, where it stands and what is shipped for it."""
    room = max((len(own.text) for own in lines if own.rule and len(own.text) <= _WIDEST), default=0)
    return "\n".join(block(f"{own.text:{room}}  # {_origin(own.rule)}" if own.rule else own.text) for own in lines)


def _origin(rule: Rule) -> str:
    instead = "" if rule.usual is None or rule.repeats else f"; shipped: {short(value(rule.usual), _WIDEST)}"
    return f"{whose(rule)}, {flat(where(rule))}{instead}"


def reached(reach: Reach | None) -> str:
    """`3 metrics: a, b, c`; nothing for a rule that decides every comparison, ablation or check alike."""
    if reach is None:
        return ""
    if not reach.names:
        return f"no {reach.kind}"
    more = f", … and {len(reach.names) - _MOST_NAMED:,} more" if len(reach.names) > _MOST_NAMED else ""
    return f"{count(len(reach.names), reach.kind)}: {', '.join(map(flat, reach.names[:_MOST_NAMED]))}{more}"


def effect(reach: Reach | None, counted: Note | None) -> str:
    """What a rule of the team's changes, where that is counted, else what it decides."""
    return words(counted) if counted else reached(reach)


def badges(found: RuleBook) -> tuple[str, ...]:
    """How many rules are whose, and how many of them are doubtful."""
    own = f":{'blue' if found.own else 'gray'}-badge[● {found.own:,} the team's]"
    doubts = f":orange-badge[! {count(len(found.notes), 'warning')}]" if found.notes else ":gray-badge[no warning]"
    return own, f":gray-badge[○ {len(found.rules) - found.own:,} shipped]", doubts


def facts(rule: Rule, reach: Reach | None, counted: Note | None = None) -> dict[str, str]:
    """What is known of a rule, as Markdown by name."""
    known = {
        "rule": code(rule.path),
        "found": code(value(rule.value)),
        "shipped": code(value(rule.usual)) if rule.usual is not None else "" if rule.shipped else usual(rule),
        "whose": whose(rule),
        "where": f"{code(rule.file)}, line {rule.line}",
        "decides": markdown(reached(reach)),
        "effect": as_markdown(counted) if counted else "",
    }
    return {name: said for name, said in known.items() if said}


def asked(card: Scorecard, found: RuleBook) -> str:
    """What a scorecard is for, where it stands and what its weights add up to, as Markdown."""
    where = ", ".join(code(pattern) for pattern in card.experiments)
    return (
        f"For experiments {where}; line {found.line(card.name)} of its file. The weights add up to {card.weight:.6g}."
    )


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
