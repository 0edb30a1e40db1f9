"""Could the score be too good for a reason other than the model?"""

from assay.ui import frame
from assay.ui.evidence import cell, finding, kinds, matrix, question

context = frame.begin("Leakage")

asked = question.ask(context)

answer = finding.answered(context, asked)

if answer is not None:
    finding.show_finding(answer)
    matrix.show_matrix(answer)
    cell.show_cell(answer)
    kinds.show_kinds(answer)
    kinds.show_ways_on(answer)
