"""The words for why an act in a review is refused, and for what differs between what was signed and what is there."""

from collections.abc import Mapping, Sequence

from assay.model.note import Code
from assay.model.review.notes import InputsNote as Now
from assay.model.review.notes import ReviewNote as Says
from assay.view.text.escape import flat, short
from assay.view.text.notes.gate import roles
from assay.view.text.notes.template import Said, Words

_MOST_NAMED = 3
_LONGEST = 60


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(flat(short(name, _LONGEST)) for name in names[:_MOST_NAMED]) + more


def _side(said: Said) -> str:
    return f" of the {said['side']}" if said.get("side") else ""


def _run(said: Said) -> str:
    return f"Run {str(said['run'])[:8]}" if said.get("run") else "A run"


def _of_run(what: str) -> Words:
    def words(said: Said) -> str:
        named = f" ({_listed(said['names'])})" if said.get("names") else ""
        return f"{_run(said)}: {what}{named} changed."

    return words


def _named(what: str) -> Words:
    def words(said: Said) -> str:
        return f"{what}{f' ({_listed(names)})' if (names := said.get('names')) else ''} changed."

    return words


def _not_allowed(said: Said) -> str:
    needed = said.get("roles") or ()
    return f"This takes the role {' or '.join(roles([role]) for role in needed)}." if needed else (
        "Nothing that you may do in this review."
    )  # fmt: skip


def _not_ready(said: Said) -> str:
    return f"The gate says {said.get('decision') or 'not yet'}: only what it lets through can be accepted."


def _item(said: Said) -> str:
    return f"{flat(short(str(said['item']), _LONGEST))}: " if said.get("item") else ""


WORDS: Mapping[Code, Words] = {
    Now.RUNS_CAME: lambda said: f"{said['n']:run}{_side(said)} came.",
    Now.RUNS_WENT: lambda said: f"{said['n']:run}{_side(said)} {said['n']:is|are} gone.",
    Now.RUN_STATUS: lambda said: f"{_run(said)} has another status.",
    Now.RUN_PARAMS: _of_run("params"),
    Now.RUN_METRICS: _of_run("metrics"),
    Now.RUN_COMMIT: _of_run("the commit"),
    Now.RUN_DATA: _of_run("data"),
    Now.RUN_FILES: _of_run("evidence files"),
    Now.RULES_CHANGED: _named("Rules of the policy"),
    Now.LISTS_CHANGED: _named("Checklists"),
    Now.QUESTION_CHANGED: _named("The question"),
    Now.ANSWER_CHANGED: lambda said: f"{_item(said)}the answer changed.",
    Now.WAIVER_CHANGED: lambda said: f"The waiver of the criterion {said.get('criterion') or ''} changed.",
    Says.REVIEW_UNKNOWN: lambda said: f"There is no review {flat(short(str(said.get('id', '')), _LONGEST))}.",
    Says.REVIEW_SIDE_EMPTY: lambda said: (
        f"The {said.get('what') or 'other side'} finds no run that ended: a review needs runs on both sides."
    ),
    Says.REVIEW_NO_METRIC: lambda said: (
        f"No run of both sides logs {flat(short(str(said.get('metric', '')), _LONGEST))}, the primary metric."
    ),
    Says.REVIEW_OTHER_STORE: lambda said: (
        f"This review is about another store{f' ({flat(shown)})' if (shown := said.get('store')) else ''}: here it "
        "can be read, and nothing of it can be saved."
    ),
    Says.REVIEW_CLOSED: "This review is closed: reopen it with a reason first.",
    Says.REVIEW_OPEN: "This review is open already.",
    Says.REVIEW_NOT_READY: _not_ready,
    Says.REVIEW_NO_EVIDENCE: "No evidence is frozen yet: freeze it first.",
    Says.REVIEW_NO_RUNS_READ: "The runs have not been read yet, so nothing can be frozen or compared.",
    Says.EVIDENCE_MOVED: "New evidence was frozen since this form was shown: read it, then save again.",
    Says.EVIDENCE_GONE: lambda said: (
        f"The evidence {str(said.get('sha256') or '')[:8]} is not in this journal.".replace("  ", " ")
    ),
    Says.EVIDENCE_NOT_OWN: lambda said: (
        f"{flat(short(str(said.get('id') or 'This review'), _LONGEST))} has no evidence "
        f"{flat(str(said.get('sha256') or ''))[:8]}: choose one that was frozen for it."
    ),
    Says.BASIS_MOVED: (
        "Runs, rules, answers or waivers changed since this form was shown: read what changed, then save again."
    ),
    Says.ACT_NOT_ALLOWED: _not_allowed,
    Says.ACT_AUTHOR: (
        "Who opened a review, froze its evidence last, edited its hypothesis last or made its runs neither approves, "
        "waives nor decides it."
    ),
    Says.ACT_AUTHOR_ONLY: "Only who opened the review may do this.",
    Says.ACT_CLOSED: "Nothing can be saved from here.",
    Says.ACT_SIGNED_OUT: "You are signed out: sign in again. What you wrote is kept.",
    Says.ACT_SIGN_IN_OLD: lambda said: (
        f"You signed in more than {said.get('hours') or 12:g} h ago: sign in again to save. What you wrote is kept."
    ),
    Says.ACT_NO_TEXT: lambda said: f"{str(said.get('what') or 'A reason').capitalize()} is needed.",
    Says.ACT_TEXT_LONG: lambda said: (
        f"{str(said.get('what') or 'The text').capitalize()} has {said.get('n', 0):,} characters; "
        f"at most {said.get('most', 20_000):,} are kept."
    ),
    Says.ACT_CHANGED_MEANWHILE: lambda said: (
        f"{flat(short(str(said['who']), _LONGEST)) if said.get('who') else 'Somebody'} changed this while you wrote: "
        "look at it, then save yours again."
    ),
    Says.ACT_NOTHING_SUCH: "That is no longer there to act on.",
    Says.WAIVER_DATE: lambda said: (
        f"A waiver ends within {said.get('most', 30)} days from today, on a date such as 2026-12-11"
        f"{f', not {flat(str(given))}' if (given := said.get('given')) else ''}."
    ),
    Says.WAIVER_NEEDLESS: "This criterion is met: there is nothing to waive.",
    Says.REPLY_REASON: "An answer of no or not applicable needs a reason.",
    Says.REPLY_EVIDENCE: "A yes needs what it rests on: a link, a number or a file.",
    Says.ROLE_NOT_OWN: lambda said: f"You don't have the role {roles([str(said.get('role') or '')])}.",
    Says.LOCAL_ONLY: "With sign-in on, this is done on the page alone: a command could claim any name.",
    Says.USERS_UNMATCHED: lambda said: (
        f"Nobody knows whose runs these are ({_listed(said.get('names') or ())}): the policy maps these names to "
        "nobody, so their author might approve."
    ),
}
