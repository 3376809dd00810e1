"""How a test before or after a course went, in words: for the page that follows it and for the script of the lesson."""

from django.utils.translation import gettext as _

from trenza.apps.learning.api import Answered


def answered_in_words(answered: Answered) -> list[str]:
    """Sentences. Between the two forms nothing is told of what was right: the other one would not measure it then."""
    if answered.before is None:
        return [_("Thank you. We have kept your answers.")]
    if answered.after is None:
        return [
            _("Thank you. We have kept your answers."),
            _("When you finish the course you answer another set, and see how much you learned. Now, to the lessons!"),
        ]
    compared = _("Before the course you had %(before)s of %(total)s right. Now you have %(after)s of %(total)s.") % {
        "before": answered.before,
        "after": answered.after,
        "total": answered.total,
    }
    if answered.after > answered.before:
        return [compared, _("You know more than when you began. That is yours.")]
    if answered.after == answered.total:
        return [compared, _("You knew all of it already, and still do.")]
    return [compared, _("A few questions do not show all that you learned. Go back to any lesson whenever you want.")]
