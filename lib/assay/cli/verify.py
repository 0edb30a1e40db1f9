"""`assay verify`: is everything in the journal as it was written?"""

import click

from assay.cli.options import settings_of, store_options
from assay.cli.output import emit, say
from assay.queries.review.checking import checked
from assay.view.objects import journal as objects
from assay.view.text.review.journal import report

_YES, _NO = 0, 1


@click.command(
    epilog="""JSON: {entries, ok, first_broken, head, erased, reason?, note?: {code, …}}. first_broken: the number of
    the first entry that is not as it was written, null where none is or no single one can be named; head: the hash of
    the last entry, null without one; erased: bodies and people that an admin erased."""
)
@store_options
@click.option("--head", default="", metavar="HASH", help="A hash that was kept elsewhere and has to be in the chain.")
def verify(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, head: str) -> int:
    """Check that nothing in the journal was changed, removed, replaced or cut off.

    Exits 1 where something was, and says which entry is the first; 2 where there is no journal.
    """
    found = checked(settings_of(tracking_uri, data, policy), head)
    if as_json:
        emit(objects.check(found))
    else:
        for line in report(found):
            say(line)
    return _YES if found.ok else _NO
