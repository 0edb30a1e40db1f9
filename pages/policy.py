"""Which rules decide, whose are they, and where do they stand?"""

from assay.ui import frame, policy

context = frame.begin("Policy")

asked = policy.ask(context)

found = policy.answered(context, asked)

policy.show_finding(found)
picked = policy.show_rules(found)
policy.show_card_and_rule(found, picked)
policy.show_ways_on(found)
