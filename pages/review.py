"""May this candidate be promoted; if not, what is missing?"""

from assay.ui import frame
from assay.ui.review import acts, answers, changes, criteria, discussion, finding, listing, question, sign, timeline

context = frame.begin("Review", without_runs=True)

asked = question.ask(context)

looked = finding.looked_at(asked)

if looked is None:
    listing.show_others(asked)
else:
    finding.show_finding(looked)
    left, right = finding.columns()
    changes.show_changes(looked, left)
    criteria.show_criteria(looked, left)
    answers.show_answers(looked, left)
    discussion.show_discussion(looked, left)
    sign.show_signing(looked, right)
    acts.show_acts(looked, right)
    timeline.show_timeline(looked, right)
