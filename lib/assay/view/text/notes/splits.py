"""The words for what is wrong with logged splits, and for what the checks on them found."""

from collections.abc import Mapping

from assay.model.evidence.notes import SplitFiles
from assay.model.evidence.notes import SplitNote as Says
from assay.model.note import Code
from assay.view.text.escape import short
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import percent

_LONGEST = 60
_IDEAL = "70/15/15"
_WITHOUT = {
    "group": "what must stay apart",
    "time": "when each example is from",
    "content_hash": "what each row holds",
    "label": "what is right",
}


def _name(text: str) -> str:
    return short(text, _LONGEST)


def _names(said: Said) -> str:
    """`a, b and c`; names of splits may be anything."""
    *others, last = (_name(name) for name in said["names"])
    return f"{', '.join(others)} and {last}" if others else last


def _rows(said: Said) -> str:
    """`test row`; in the words of who splits."""
    return f"{said['held']} row"


def _trained(said: Said) -> str:
    """Of the split that the other one is held against."""
    return "training" if said["train"] == "train" else str(said["train"])


def _fold(said: Said) -> str:
    """In which fold, and in how many of them, where there are several."""
    if said["folds"] < 2 or not said["in_folds"]:
        return ""
    return f" in fold {_name(said['fold'])}, the worst of {said['in_folds']} of {said['folds']} folds"


def _counted(said: Said) -> str:
    """`142 of 360 test rows (39 %)`."""
    return f"{int(said['n']):,} of {said['of']:{_rows(said)}} ({percent(said['n'] / said['of'])})"


def _none_of(said: Said) -> str:
    return f"None of {said['of']:{_rows(said)}}"


def _missing(said: Said, what: str) -> str:
    return (
        f" {said['missing']:row} without {what} {said['missing']:is|are} taken for no other's."
        if said["missing"]
        else ""
    )


def _ids_shared(said: Said) -> str:
    verb = "stands" if said["n"] == 1 else "stand"
    return f"{_counted(said)} {verb} among the {_trained(said)} rows too{_fold(said)}."


def _groups_shared(said: Said) -> str:
    shared = f"{said['values']:group}"
    verb = "has its" if said["n"] == 1 else "have their"
    return (
        f"{_counted(said)} {verb} group among the {_trained(said)} rows too: "
        f"{shared}{_fold(said)}.{_missing(said, 'a group')}"
    )


def _groups_apart(said: Said) -> str:
    return f"{_none_of(said)} has its group among the {_trained(said)} rows.{_missing(said, 'a group')}"


def _times_cross(said: Said) -> str:
    among = f"{said['among']:{_trained(said) + ' row'}}"
    later = f"{int(said['after']):,} of {among} ({percent(said['after'] / said['among'])})"
    verb, other = ("is" if said["n"] == 1 else "are"), ("is" if said["after"] == 1 else "are")
    return (
        f"{_counted(said)} {verb} from before the last {_trained(said)} row ({said['last']}), and "
        f"{later} {other} from after "
        f"the first {said['held']} row ({said['first']}){_fold(said)}: the model has seen what came after its test."
        f"{_missing(said, 'a time')}"
    )


def _times_apart(said: Said) -> str:
    return (
        f"The {_trained(said)} rows end {said['last']}, the {said['held']} rows begin {said['first']}: none of them is "
        f"from before the other side's.{_missing(said, 'a time')}"
    )


def _copied(said: Said) -> str:
    verb = "equals" if said["n"] == 1 else "equal"
    return (
        f"{_counted(said)} {verb} a {_trained(said)} row{_fold(said)}; {int(said['expected']):,} would "
        f"in a split at random"
    )


def _rows_copied(said: Said) -> str:
    return f"{_copied(said)}."


def _rows_alike(said: Said) -> str:
    repeats = f"{int(said['repeats']):,} of {said['among']:{_trained(said) + ' row'}}"
    return f"{_copied(said)}, and {repeats} equal another one: such rows repeat, which need not be a leak."


def _labels_differ(said: Said) -> str:
    verb = "has" if said["n"] == 1 else "have"
    by_id = f", {said['same_id']:,} by {'its' if said['same_id'] == 1 else 'their'} own id" if said["same_id"] else ""
    return f"{_counted(said)} {verb} another label than a {_trained(said)} row that is the same{by_id}{_fold(said)}."


def _labels_open(said: Said) -> str:
    verb = "has" if said["n"] == 1 else "have"
    return (
        f"{_counted(said)} {verb} another label than a {_trained(said)} row with the same "
        f"features{_fold(said)}; rows repeat by "
        "chance here, so the features may just not tell."
    )


def _split_empty(said: Said) -> str:
    where = f" in fold {_name(said['fold'])}" if said["folds"] > 1 else ""
    return f"There is no {'training' if said['role'] == 'train' else said['role']} row{where}. {_sizes_of(said)}"


def _test_small(said: Said) -> str:
    where = f" in fold {_name(said['fold'])}" if said["fold"] else ""
    noun = f"{said['held']} row"
    return (
        f"{said['n']:{noun}}{where} {said['n']:is|are} fewer than {said['limit']:,}: scores on them "
        f"are coarse. {_sizes_of(said)}"
    )


def _sizes_of(said: Said) -> str:
    """`1,257 training, 0 validation and 540 test rows (70/0/30; a common split is 70/15/15).`"""
    parts = [int(said[name]) for name in ("train", "validation", "test")]
    total = sum(parts) or 1
    shares = "/".join(f"{100 * n / total:.0f}" for n in parts)
    rows = f"{parts[0]:,} training, {parts[1]:,} validation and {parts[2]:,} test rows"
    return f"{rows} ({shares}; a common split is {_IDEAL})."


def _no_column(said: Said) -> str:
    argument = f" or {said['argument']}" if said["argument"] else ""
    return f"The splits have no column {said['column']}{argument}, so nobody can tell {_WITHOUT[said['column']]}."


def _one_split(said: Said) -> str:
    if not said["names"]:
        return "No split has a name, so there are no two to hold against each other."
    splits = "split is" if len(said["names"]) == 1 else "splits are"
    return (
        "There is nothing to hold against each other, for no two of training, validation and test rows stand side by "
        f"side: the {splits} called {_names(said)}."
    )


def _unknown(said: Said) -> str:
    more = f" and {said['n'] - len(said['names'])} more" if said["n"] > len(said["names"]) else ""
    names = ", ".join(repr(_name(name)) for name in said["names"])
    return (
        f"{said['rows']:row} of the splits {names}{more} {said['rows']:is|are} neither training, validation nor test."
    )


def _lack(said: Said) -> str:
    return f"{said['file']} has no column {said['names']: and }; log it with evidence.log_splits."


def _several(said: Said) -> str:
    return f"{said['file']} has several columns {said['names']: and }; rename all but one."


WORDS: Mapping[Code, Words] = {
    SplitFiles.SPLITS_GONE: "{file} is gone from the data folder; reload to fetch it again.",
    SplitFiles.SPLITS_DAMAGED: "{file} is damaged or cut short and cannot be read; log it again.",
    SplitFiles.SPLITS_LACK: _lack,
    SplitFiles.SPLITS_TWICE: _several,
    SplitFiles.SPLITS_EMPTY: "{file} holds no rows.",
    SplitFiles.SPLITS_TOO_MANY: "{file} names {n:row}, more than the {most:,} that are read; log a sample of them.",
    SplitFiles.SPLITS_TOO_LARGE: "{file} needs more memory than there is for it; log shorter ids and groups.",
    SplitFiles.SPLITS_UNKNOWN: _unknown,
    SplitFiles.SPLITS_ALIKE: lambda said: f"The splits {_names(said)} are all taken for {said['role']}.",
    SplitFiles.IDS_MISSING: "{n:row} of the splits {n:has|have} no example_id and {n:is|are} in no comparison.",
    SplitFiles.FOLDS_TOO_MANY: "The splits name {n:fold}; the first {most:,} of them {most:is|are} looked at.",
    SplitFiles.HASHES_ROUNDED: (
        "The content hashes are floats, which have lost digits: different rows may look equal. Log them as text."
    ),
    SplitFiles.TIMES_UNREADABLE: "The times are {kind} that is neither a moment nor a number.",
    SplitFiles.TIMES_MIXED: (
        "{aware:time} {aware:has|have} an offset from UTC and {naive:,} {naive:has|have} none, so they have no order."
    ),
    SplitFiles.TIMES_PARTLY: "{n:time} {n:is|are} no moment that can be read, and in no comparison.",
    Says.NO_SPLITS: "No splits are logged; {line} logs them.",
    Says.SPLITS_WITHOUT: _no_column,
    Says.NO_VALUES: "The column {column} of the splits has no value on one of two sides.",
    Says.ONE_SPLIT: _one_split,
    Says.TIMES_EQUAL: "All times are {last}, so they tell no order.",
    Says.IDS_SHARED: _ids_shared,
    Says.IDS_APART: lambda said: f"{_none_of(said)} stands among the {_trained(said)} rows.",
    Says.GROUPS_SHARED: _groups_shared,
    Says.GROUPS_APART: _groups_apart,
    Says.TIMES_CROSS: _times_cross,
    Says.TIMES_APART: _times_apart,
    Says.ROWS_COPIED: _rows_copied,
    Says.ROWS_ALIKE: _rows_alike,
    Says.ROWS_APART: lambda said: f"{_none_of(said)} equals a {_trained(said)} row.",
    Says.LABELS_CONTRADICT: _labels_differ,
    Says.LABELS_OPEN: _labels_open,
    Says.LABELS_AGREE: (
        lambda said: f"{_none_of(said)} has another label than a {_trained(said)} row that is the same."
    ),
    Says.SPLIT_EMPTY: _split_empty,
    Says.TEST_SMALL: _test_small,
    Says.SIZES: _sizes_of,
}
