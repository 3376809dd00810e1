"""What makes a lesson a good one, as far as a program can see it: how it reads, what it explains, what it asks.

docs/course-quality.md says all of it to authors; `check.check_quality` is where to begin reading.
"""
