"""What is proved, and what is left to people?"""

from assay.ui import frame
from assay.ui.checklists import finding, items, question

context = frame.begin("Checklist")

asked = question.ask(context)

answer = finding.answered(context, asked)

finding.show_finding(answer)
items.show_items(answer)
