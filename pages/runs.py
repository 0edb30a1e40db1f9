"""What has been run, and what is new?"""

from assay.ui import frame
from assay.ui.runs import listing as runs

context = frame.begin("Runs")
runs.news(context)

asked = runs.ask(context)

found = runs.listed(context, asked)

runs.show_list(context, asked, found)
