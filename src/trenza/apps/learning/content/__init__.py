"""The course format: a folder of Markdown becomes a course, and a course becomes pages.

Pure code: no models, no settings, no database, so that an author's laptop, the office and a test use the same.
docs/course-format.md says how a course is written; `build.build_course` is where to begin reading.
"""
