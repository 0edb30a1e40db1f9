"""Is the difference between configurations larger than the noise?"""

from assay.ui import frame
from assay.ui.comparison import basis as behind
from assay.ui.comparison import examples, finding, picture
from assay.ui.comparison import export as taking
from assay.ui.comparison import question as asking

context = frame.begin("Compare")

asked = asking.ask(context)

answer = finding.answered(context, asked)

if answer is not None:
    finding.show_finding(answer)
    picture.show_picture(answer)
    behind.show_tables(answer)
    examples.show_examples(answer)
    behind.show_method(answer)
    taking.show_taking(answer)
    behind.show_ways_on(answer)
