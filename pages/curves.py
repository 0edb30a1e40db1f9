"""How did one metric move while runs were going on? The page behind `/compare?curve=METRIC`."""

from assay.ui import frame
from assay.ui.curves import finding, question

context = frame.begin("Curves")

asked = question.ask(context)

drawn = finding.answered(context, asked)

if drawn is not None:
    finding.show_finding(drawn)
    finding.show_picture(drawn)
    finding.show_differences(drawn)
