"""What has been run, and what is new?"""

from assay.ui import frame
from assay.ui.runs import listing as runs
from assay.ui.runs import news, question

context = frame.begin("Runs")
news.show_news(context)

asked = question.ask(context)

found = runs.listed(context, asked)

runs.show_list(context, asked, found)
