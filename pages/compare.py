"""Is the difference between configurations larger than the noise?"""

from assay.ui import frame
from assay.ui.comparison import basis, changes, examples, export, finding, picture, question

context = frame.begin("Compare")

asked = question.ask(context)

answer = finding.answered(context, asked)

if answer is not None:
    changes.show_example(answer)
    finding.show_finding(answer)
    answer = basis.show_metrics(answer)
    picture.show_picture(answer)
    basis.show_tables(answer)
    examples.show_examples(answer)
    basis.show_method(answer)
    export.show_export(answer)
    basis.show_ways_on(answer)
