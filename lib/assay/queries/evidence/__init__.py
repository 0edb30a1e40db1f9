"""What does the evidence of runs say?"""
