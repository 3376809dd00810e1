"""What the phone says of the people who share it: PINs, whose turn it is, and what waits for whom."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    "hello": _("Hello, {name}"),
    "write_pin": _("{name}: write your PIN"),
    "pin": _("Your PIN"),
    "open": _("Open my space"),
    "forgot": _("I forgot my PIN"),
    "back": _("Go back"),
    "show": _("Show the numbers"),
    "hide": _("Hide the numbers"),
    "moment": _("One moment…"),
    "empty": _("Write your PIN."),
    # {n} is how many more tries she has.
    "left_one": _("That is not the PIN. One more try, then you have to wait a little."),
    "left": _("That is not the PIN. You have {n} more tries."),
    # Translators: {time} is "30 seconds", "2 minutes" and the like.
    "wrong": _("That is not the PIN. Wait {time}, and try again."),
    "wait": _("There were too many tries. Wait {time}, and try again."),
    "second_one": _("1 second"),
    "second": _("{n} seconds"),
    "minute_one": _("1 minute"),
    "minute": _("{n} minutes"),
    "choose": _("Choose a PIN"),
    "choose_help": _("4 to 8 numbers that you remember and that nobody in your house guesses."),
    "old_pin": _("Your PIN until now"),
    "new_pin": _("Your new PIN"),
    "same_pin": _("The same PIN again"),
    "save_pin": _("Save my PIN"),
    "weak_digits": _("A PIN has 4 to 8 numbers, without letters."),
    "weak_easy": _("Anybody guesses that PIN. Choose another one, not all alike and not in a row."),
    "weak_birthday": _("Your birthday is easy to guess. Choose another PIN."),
    "differ": _("The two PINs are not alike. Write it again."),
    "know": _("Write the PIN that you have"),
    "know_help": _("It is the one that you chose before, on another phone or here."),
    "keep_here": _("Keep my progress here"),
    "start_pin": _("The PIN that your trainer gave you"),
    "start_over": _("That PIN was used or is too old. Ask your trainer for another one."),
    "not_pin": _("That is not your PIN. Write it again, or say that you forgot it."),
    "needs_code": _("To choose another PIN, sign out and come in again with a code."),
    "changed_account": _("Your PIN is changed."),
    "changed_phone": _("Your PIN is changed on this phone. To come in elsewhere, the one before still holds."),
    "offline": _("There is no signal. For this you need it just once: try again when it comes back."),
    "enter": _("First come in with a code, so that we know that it is you."),
    "often": _("There were too many tries. Try again in a few minutes."),
    "failed": _("It did not work. Try again in a moment; nothing of yours is lost."),
    "space": _("This phone has no room, or this browser keeps nothing. Free some space, or leave the private window."),
    "new_one": _("You choose a new PIN"),
    "new_how": _(
        "Come in with a code, with your card, or with the PIN that your trainer gives you. Then you choose one."
    ),
    "new_safe": _("What you did is not lost: what waits here is sent, and your progress comes back."),
    "come_in": _("Come in"),
    "locked": _("The space is locked."),
    "mine_one": _("1 answer of yours is to be sent. It is kept on this phone."),
    "mine": _("{n} answers of yours are to be sent. They are kept on this phone."),
    "hers_one": _("1 answer of {name} to be sent; nobody else can read it."),
    "hers": _("{n} answers of {name} to be sent; nobody else can read them."),
    "gone_one": _("1 answer of somebody who left this phone, to be sent; nobody here can read it."),
    "gone": _("{n} answers of somebody who left this phone, to be sent; nobody here can read them."),
    # Translators: beside her name; {n} answers.
    "waits": _("{n} to be sent"),
    "mine_refused_one": _("1 answer of yours was not taken in: {why}"),
    "mine_refused": _("{n} answers of yours were not taken in: {why}"),
    "hers_refused_one": _("1 answer of {name} was not taken in. {name} sees why in her space."),
    "hers_refused": _("{n} answers of {name} were not taken in. {name} sees why in her space."),
    "gone_refused_one": _("1 answer of somebody who left this phone was not taken in."),
    "gone_refused": _("{n} answers of somebody who left this phone were not taken in."),
    # Translators: these follow "was not taken in:".
    "why": _("show it to your trainer."),
    "sent_all": _("Everything is sent."),
    "unsent": _("It could not be sent now. It goes by itself as soon as there is a signal; nothing is lost."),
    "leaving_one": _(
        "1 answer of yours is still to be sent. It stays here, sealed, and goes as soon as there is a signal."
    ),
    "leaving": _(
        "{n} answers of yours are still to be sent. They stay here, sealed, and go as soon as there is a signal."
    ),
    "left_phone": _("It is done. Your space is no longer on this phone."),
    "lost_one": _(
        "This phone cleaned its memory, and 1 answer that had not been sent was lost. What had been sent is safe."
    ),
    "lost": _(
        "This phone cleaned its memory, and {n} answers that had not been sent were lost. What had been sent is safe."
    ),
    "come_back": _("Your progress comes back when you come in."),
    "weight": _("{time} · {kb} KB"),
    "weight_here": _("{time} · on this phone, it costs no data"),
    "count": _("{done} of {total}"),
    "pack": _("Downloaded"),
    "no_pack": _("Not downloaded"),
    "courses": _("Your courses"),
    "downloads": _("Courses on this phone"),
    "done": _("done"),
    "since": _("done, to be sent"),
}
