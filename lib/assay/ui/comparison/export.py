"""What of a comparison can be taken along."""

from assay.ui import export
from assay.ui.comparison import basis, examples
from assay.ui.comparison.question import Answer
from assay.view.objects.comparison import comparison
from assay.view.text.comparison.report import reports


def parcel(answer: Answer) -> export.Parcel:
    """Its tables, the sentences for the report, and every number."""
    found = answer.found
    return export.Parcel(
        about=found.first.metric.name,
        path="compare",
        choices=answer.choices,
        tables=lambda: {**basis.made(found), **examples.made(answer)},
        sentences=lambda: reports(found),
        result=lambda: comparison(found),
    )


def show_export(answer: Answer) -> None:
    """The expander with all of it."""
    export.offer(answer.context, parcel(answer))
