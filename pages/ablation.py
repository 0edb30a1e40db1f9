"""What does each component contribute, and do they interact?"""

from assay.ui import frame
from assay.ui.ablation import arms, finding, picture, question

context = frame.begin("Ablation")

asked = question.ask(context)

answer = finding.answered(context, asked)

if answer is not None:
    finding.show_finding(answer)
    picture.show_pictures(answer)
    arms.show_arms(answer)
    arms.show_systems(answer)
    arms.show_ways_on(answer)
