"""Is the difference between configurations larger than the noise?"""
