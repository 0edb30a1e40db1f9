"""What is wrong with a policy file or doubtful of its rules, or wrong with an environment variable."""

from assay.model.note import Code
from assay.model.problems import Variables
from assay.model.rules import PolicyNote, RuleEffect
from assay.model.yaml_files import PolicyFiles
from assay.view.text.notes.template import Said, Words
from assay.view.text.notes.yaml_files import key
from assay.view.text.numbers import count, percent


def _no_rule(said: Said) -> str:
    close = f" Near to it: {said['close']}." if said["close"] else " `assay policy tree` prints all there are."
    return f"There is no rule {said['path']!r}.{close}"


def _no_single_rule(said: Said) -> str:
    more = f" and {said['more']} more" if said["more"] else ""
    return f"{said['path']} is no single rule; below it stand {said['close']}{more}."


def _not_one(said: Said) -> str:
    where = " (line {line})" if said.get("line") else ""
    text = f"The weights of scorecard {{name}}{where} add up to {{total:.6g}}, not 1: scores are shares of that sum."
    return text.format_map(said)


def _level(said: Said) -> str:
    now, usual = float(said["now"]), float(said["usual"])
    more = "wider, and fewer" if now > usual else "narrower, and more"
    return f"Intervals are of {percent(now)}; {percent(usual)} as shipped: they are {more} differences count as shown."


def _judged(said: Said) -> str:
    text = f"Judges {count(int(said['n']), 'experiment')}" if said["n"] else "Judges no experiment in the store"
    text += f", as shipped {said['cards']}" if said["cards"] else ""
    return f"{text}{_cardless(int(said['without']))}."


def _cardless(n: int) -> str:
    return f"; no card now: {count(n, 'experiment')}" if n else ""


WORDS: dict[Code, Words] = {
    RuleEffect.LEVEL: _level,
    RuleEffect.CORRECTION: (
        "The p of several metrics or candidates is not corrected ({now}), as shipped it is ({usual}): more differences "
        "count as shown, some of them by chance."
    ),
    RuleEffect.TOO_FEW: "{now:,} of {configurations:,} configurations have too few replicates; {usual:,} as shipped.",
    RuleEffect.CONFIGURATIONS: "{runs:,} runs are {now:,} configurations; {usual:,} as shipped.",
    RuleEffect.LEFT_OUT: "Scores left out as not known: {scores:,}.",
    RuleEffect.JUDGED: _judged,
    RuleEffect.NOT_JUDGED: lambda said: f"Replaces the shipped scorecards{_cardless(int(said['n']))}.",
    PolicyNote.WEIGHTS_NOT_ONE: _not_one,
    PolicyNote.NO_SCORECARDS: "The policy has no scorecard: nothing is judged against thresholds.",
    PolicyNote.SCORECARD_UNREACHED: (
        "Scorecard {name} (line {line}) is used by its name alone: {before}, before it, speaks of every experiment."
    ),
    PolicyNote.SHIPPED_AGAINST: (
        "The shipped scorecard {name} asks for {metric} {threshold}, but your policy says that it is better the "
        "{better} it is: write scorecards of your own."
    ),
    PolicyNote.BEYOND_SHARE: (
        "Scorecard {name} (line {line}) has {metric} {limit}, but {metric} is a share and goes from 0 to 1: "
        "75 % is written 0.75."
    ),
    PolicyNote.PROMOTION_ALONE: "promotion_criteria (line {line}) stand beside no evaluation: no scorecard shows them.",
    PolicyNote.NO_RULE: _no_rule,
    PolicyNote.NO_SINGLE_RULE: _no_single_rule,
    Variables.HOME_UNKNOWN: "{path} begins with the home of a user whom this machine does not know.",
    Variables.NO_SECONDS: "ASSAY_SYNC_SECONDS is {found!r}; it must be a number of seconds above 0, such as 30.",
    Variables.NO_LOG_LEVEL: "ASSAY_LOG is {found!r}; it must be one of {levels}.",
    PolicyFiles.NAME_TWICE: key("{key} is a second {name!r}; keep one, or give one another name"),
    PolicyFiles.NO_RANGE: key("{key} has {value:g} for zero and for one; they have to differ"),
    PolicyFiles.NO_LIMIT: key("{key} is {found}; allowed: >, >=, < or <= and a number, such as '> 0.75'"),
    PolicyFiles.AGAINST_DIRECTION: key(
        "{key} is {found}, but the policy says that {metric} is better the {better} it is; allowed: {allowed}"
    ),
    PolicyFiles.ALERT_ON_GOOD_SIDE: key(
        "{key} is {found}, which warns of values that meet the threshold '{threshold}'; "
        "allowed: {comparator} {value:g}, or further from the threshold"
    ),
    PolicyFiles.NO_OBJECTIVE: key("{key} is {found}; allowed: a metric, METRIC:max or METRIC:min"),
    PolicyFiles.NO_WEIGHT: key(
        "{key} is {found}; allowed: a number from {least:f} to {most:,}. Leave out what does not count"
    ),
    PolicyFiles.NO_CRITERIA: key("{key} is empty, and would judge nothing; it needs one metric at least"),
    PolicyFiles.NO_STAR: key(
        "{key} is {found}; allowed: a pattern with one *, for what names share, such as 'train_*'"
    ),
    PolicyFiles.NO_GRANT: key(
        "{key} is {found}; allowed: an email, @ and a domain, group: and a group, demo: and an account, local, or *"
    ),
    PolicyFiles.NO_LIST_FILE: key("{key} is {found}; allowed: the name of a checklist's file without its ending"),
    PolicyFiles.LIMITS_CROSSED: key("{key} is {found}; it should be {sense} {other}, which is {limit:g}"),
}
