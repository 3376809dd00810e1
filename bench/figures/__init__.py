"""The figures, a module for each subject; imported once Django is ready."""
