"""What does each component contribute, and do they interact?"""
