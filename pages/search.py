"""What did the search find, and is its winner more than luck? The page behind `/?search=METRIC`."""

from assay.ui import frame, search

context = frame.begin("Search")

asked = search.ask(context)

found = search.answered(context, asked)

search.show_finding(found)
search.show_panels(found)
search.show_basis(context, found)
search.show_ways_on(found)
