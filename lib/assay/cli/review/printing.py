"""A review in a terminal: the page's sentences and tables."""

from assay.cli.options import warn
from assay.cli.output import emit, say
from assay.cli.output import table as write
from assay.model.review.gate import ReviewStanding
from assay.view.objects import review as objects
from assay.view.tables import review as tables
from assay.view.text.notes import words
from assay.view.text.review import report
from assay.view.text.review.people import labels_of


def address(standing: ReviewStanding) -> str:
    """Of its page, without the root."""
    return f"review?review={standing.review.id}"


def show(standing: ReviewStanding, *, as_json: bool, whole: bool = False) -> None:
    """The answer, what binds and the criteria; `whole`: signatures, what changed and the timeline too."""
    if as_json:
        emit(objects.review(standing))
        return
    for line in report.reports(standing):
        say(line)
    say()
    write(tables.criteria(standing), wrap=True)
    if whole:
        _rest(standing)
    for problem in standing.problems:
        warn(words(problem, labels_of(standing)))


def _rest(standing: ReviewStanding) -> None:
    if standing.fresh.changes:
        say("\nWhat changed since the evidence was frozen:")
        write(tables.changes(standing.fresh.changes, labels_of(standing)), wrap=True)
    if signatures := report.signatures(standing):
        say("\nSignatures:")
        for line in signatures:
            say(line)
    say("\nWhat happened:")
    for line in report.events(standing):
        say(line)
