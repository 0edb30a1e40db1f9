"""What is wrong with a policy file or doubtful of its rules, or wrong with an environment variable."""

import re
from collections.abc import Callable

from assay.model.note import Code
from assay.model.problems import PolicyFiles, Variables
from assay.model.rules import PolicyNote, RuleEffect
from assay.view.text.escape import short
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import count, percent

_LONGEST = 120


def _key(tail: str) -> Callable[[Said], str]:
    """Words on one key: where it stands, `tail`, and how many more are wrong."""

    def words(said: Said) -> str:
        key, found = said["key"] or "the file", said.get("found") or "empty"
        more = f" ({said['more']} more after it.)" if said["more"] else ""
        return f"{{file}}, line {{line}}: {tail}.{more}".format_map(said | {"key": key, "found": found})

    return words


def _message(said: Said) -> str:
    message = str(said["message"]).replace("Input should", "it should")
    return _VALUE(Said(said | {"allowed": message[0].lower() + message[1:]}))


_VALUE = _key("{key} is {found}; {allowed}")


def _twice(said: Said) -> str:
    alike = "" if said["name"] == said["first"] else ", as {first}, which is no other metric"
    return f"{{file}}, line {{line}}: {{key}} stands here a second time{alike}; keep one.".format_map(said)


_YAML = (
    (r"mapping values are not allowed here", "a colon that makes a key stands within text; put the text in quotes"),
    (r"found character '\\t' .*", "a tab stands where spaces should"),
    (r"found unhashable key", "a key has to be text"),
    (r"found undefined alias '(.*)'", r"*\1 repeats nothing, as no &\1 stands above it"),
    (r"could not determine a constructor for the tag .*", "what begins with ! has no meaning in a policy"),
    (r"found character '(.)' that cannot start any token", r"no text may begin with \1 but in quotes"),
    (r"found unexpected end of stream", "a quote is never closed"),
    (r"second occurrence", "the name after this & stands further up already"),
    (r"(.*), but (?:got|found) '<stream end>'", r"\1, but the file ends"),
    (r"but found another document", "a second document begins here; a policy is one"),
    (r"could not find expected ':'", "a key without a colon after it, or text of several lines without quotes"),
    (r"expected <block end>, but found .*", "this does not stand in line with what is above it"),
    (r"expected a mapping( or list of mappings)? for merging.*", "<< takes keys and values alone, as of *name"),
)
"""What the reader of YAML calls wrong → the same for those who write one."""


def _no_yaml(said: Said) -> str:
    problem = short(str(said["error"]), _LONGEST)
    plain = next((re.sub(own, words, problem) for own, words in _YAML if re.fullmatch(own, problem)), problem)
    return f"{said['file']}, line {said['line']}: this is not YAML: {plain}."


_KINDS = {"int": "number", "float": "number", "timestamp": "date", "bool": "true or false"}


def _mistagged(said: Said) -> str:
    kind = _KINDS.get(said["kind"])
    meant = f"a {kind}" if kind in ("number", "date") else kind or f"what !!{said['kind']} says"
    return f"{said['file']}, line {said['line']}: {said['found']} can't be read as {meant}; put text in quotes."


def _key_no_text(said: Said) -> str:
    holder = said["key"] or "the file"
    return f"{said['file']}, line {said['line']}: {holder} has a key that is no text; put it in quotes: {said['name']}."


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
    PolicyFiles.NO_POLICY: "There is no policy file {file}; name one in ASSAY_POLICY or --policy.",
    PolicyFiles.POLICY_FOLDER: "{file} is a folder; a policy is one YAML file.",
    PolicyFiles.POLICY_IRREGULAR: "{file} is not a regular file; a policy is one YAML file.",
    PolicyFiles.POLICY_NO_TEXT: "{file} is not UTF-8 text; a policy is one YAML file.",
    PolicyFiles.POLICY_CLOSED: "The policy file {file} cannot be read: {error}.",
    PolicyFiles.POLICY_TOO_LARGE: "{file} has {size:,} bytes; a policy has at most {most:,}.",
    PolicyFiles.POLICY_TOO_DEEP: "{file}: its lists and keys stand too deep in each other to be a policy.",
    PolicyFiles.POLICY_NO_YAML: "{file}: this is not YAML: {error}.",
    PolicyFiles.POLICY_NO_YAML_AT: _no_yaml,
    PolicyFiles.POLICY_MISTAGGED: _mistagged,
    PolicyFiles.POLICY_UNPARSED: "{file}: this is not YAML: {error}",
    PolicyFiles.NO_SECTIONS: "{file}, line 1: found {found}; a policy has the sections {allowed}.",
    PolicyFiles.HALF_CHARACTER: (
        "{file}, line {line}: {found} holds half a character, \\ud800 to \\udfff, which no text can; write it whole."
    ),
    PolicyFiles.KEY_NO_TEXT: _key_no_text,
    PolicyFiles.KEY_TWICE: _twice,
    PolicyFiles.NAME_TWICE: _key("{key} is a second {name!r}; keep one, or give one another name"),
    PolicyFiles.NO_POLICY_KEY: _key("{key} is no key of a policy; allowed here: {allowed}"),
    PolicyFiles.NOT_ALLOWED: _key("{key} is {found}; allowed: {allowed}"),
    PolicyFiles.NO_LIST: _key("{key} is {found}; it should be a list, such as [a, b]"),
    PolicyFiles.NO_MAPPING: _key("{key} is {found}; it should hold keys and values"),
    PolicyFiles.NO_TEXT: _key("{key} is {found}; it should be text, in quotes where it looks like a number"),
    PolicyFiles.NO_FIGURE: _key("{key} is {found}; it should be a number"),
    PolicyFiles.NO_WHOLE_NUMBER: _key("{key} is {found}; it should be a whole number"),
    PolicyFiles.NO_ENTRY: _key("{key} is empty; something has to stand there"),
    PolicyFiles.NO_RANGE: _key("{key} has {value:g} for zero and for one; they have to differ"),
    PolicyFiles.KEY_MISSING: _key("{key} is missing"),
    PolicyFiles.NO_LIMIT: _key("{key} is {found}; allowed: >, >=, < or <= and a number, such as '> 0.75'"),
    PolicyFiles.AGAINST_DIRECTION: _key(
        "{key} is {found}, but the policy says that {metric} is better the {better} it is; allowed: {allowed}"
    ),
    PolicyFiles.ALERT_ON_GOOD_SIDE: _key(
        "{key} is {found}, which warns of values that meet the threshold '{threshold}'; "
        "allowed: {comparator} {value:g}, or further from the threshold"
    ),
    PolicyFiles.NO_OBJECTIVE: _key("{key} is {found}; allowed: a metric, METRIC:max or METRIC:min"),
    PolicyFiles.NO_WEIGHT: _key(
        "{key} is {found}; allowed: a number from {least:f} to {most:,}. Leave out what does not count"
    ),
    PolicyFiles.NO_CRITERIA: _key("{key} is empty, and would judge nothing; it needs one metric at least"),
    PolicyFiles.NO_STAR: _key(
        "{key} is {found}; allowed: a pattern with one *, for what names share, such as 'train_*'"
    ),
    PolicyFiles.LIMITS_CROSSED: _key("{key} is {found}; it should be {sense} {other}, which is {limit:g}"),
    PolicyFiles.WRONG_VALUE: _message,
}
