"""What is wrong with a search filter."""

from assay.model.note import Code
from assay.model.problems import Filters
from assay.view.text.notes.template import Words

_CLAUSES = {
    Filters.DATASETS: "of datasets their name, digest and context can be searched",
    Filters.KEY_UNKNOWN: "there is no {key!r}, did you mean {meant}",
    Filters.KIND_MISSING: "{key!r} needs its kind in front (metrics, params, tags or datasets)",
    Filters.KIND_CASE: "the kind is written metrics, params, tags, datasets or attributes, in small letters",
    Filters.SPELLING: "{comparator} is written {meant} in MLflow's filters",
    Filters.NUMBERS_COMPARED: "numbers are compared by =, !=, >, >=, < and <=, not by {comparator}",
    Filters.TEXT_UNORDERED: "{comparator} cannot compare the text in {place}",
    Filters.RLIKE: "RLIKE is not available, LIKE is (% stands for any text)",
    Filters.RUN_ID_ONLY: "{comparator} works for run_id only",
    Filters.PARAMS_TAGS_ONLY: "{comparator} works for params and tags only",
    Filters.VALUE_MISSING: "a value is missing",
    Filters.TIME: "times are numbers, milliseconds since 1970 in UTC",
    Filters.NUMBER_QUOTED: "numbers stand without quotes",
    Filters.NUMBER_PLUS: "numbers are written without +",
    Filters.NO_NUMBER_COMPARED: "a metric is compared with a number",
    Filters.LIST: "run ids stand in quotes between brackets",
    Filters.TEXT_BARE: "text values need quotes",
    Filters.BACKTICKS: "a key that is no simple name needs backticks",
}
"""What is wrong with one clause, between the clause and what to write instead of it."""

WORDS: dict[Code, Words] = {
    Filters.NOT_UNDERSTOOD: "The filter {clause} cannot be understood; write clauses joined by and, such as {write}.",
    Filters.QUOTE_OPEN: "A quote {quote} is opened and never closed at {clause}; text values look like {write}.",
    Filters.JOINED_BY_OR: (
        "Clauses can be joined by and only, not by or. Look for each on Runs in turn and tick what you want, add each "
        "on Compare as a candidate of its own, or name the runs: {write}."
    ),
    Filters.SEMICOLON: "A ; has no meaning in a filter; join clauses by and, such as {write}.",
    Filters.TOO_LONG: (
        "The filter is too long for MLflow's parser; name fewer than 4,900 runs, or choose by params or tags."
    ),
    Filters.BRACKETS: "{clause}: clauses stand without brackets and without not; use !=, or the opposite sign.",
    Filters.NOTHING_COMPARED: "{clause} compares nothing; write a clause such as {write}.",
    Filters.BESIDE_FILTER: "{clause}: experiments and deleted runs are chosen beside the filter, not in it.",
    Filters.NO_RUN_NAMED: "No run was named; name at least one.",
    Filters.NO_RUN_ID: "{run!r} is no run id.",
    Filters.ATTRIBUTE_UNKNOWN: "Runs have no attribute {key!r}; known are {known}.",
    Filters.COMPARISON_UNKNOWN: "The comparison {comparator} is not understood; use one of {known}.",
    **{code: f"{{clause}}: {said}; write {{write}}." for code, said in _CLAUSES.items()},
}
