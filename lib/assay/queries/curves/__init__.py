"""How did one metric move while several runs were going on?"""
