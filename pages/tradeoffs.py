"""Which configurations are not beaten on every objective, and who meets the thresholds?"""

from assay.ui import frame
from assay.ui.tradeoffs import finding, picture, question, table

context = frame.begin("Trade-offs")

asked = question.ask(context)

answer = finding.answered(context, asked)

if answer is not None:
    finding.show_finding(answer)
    picture.show_pictures(answer)
    table.show_front(answer)
    table.show_ways_on(answer)
