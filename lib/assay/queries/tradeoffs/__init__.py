"""Which configurations nothing beats, and who meets the team's thresholds?"""
