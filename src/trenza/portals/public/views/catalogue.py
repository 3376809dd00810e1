"""The page of the catalogue: a form that any phone can send, and what fits."""

from typing import Final

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.core.words import LONGEST
from trenza.portals.public.catalogue import Wish, catalogue
from trenza.portals.public.words import FOR_WHOM, LEVELS

PER_PAGE: Final = 10
WHAT: Final[list[tuple[str, str | Promise]]] = [
    ("", _("Programmes and courses")),
    ("programmes", _("Programmes")),
    ("courses", _("Courses")),
]


class WishForm(forms.Form):
    """What she looks for. What nobody offered her (a level that does not exist) asks nothing."""

    q = forms.CharField(label=_("What do you want to learn?"), required=False)
    nivel = forms.ChoiceField(label=_("Level"), required=False)
    que = forms.ChoiceField(label=_("What"), required=False, choices=WHAT)
    idioma = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: QueryDict, *, languages: list[str]) -> None:
        super().__init__(data)
        names = dict(settings.LANGUAGES)
        level, language = self.fields["nivel"], self.fields["idioma"]
        assert isinstance(level, forms.ChoiceField)
        assert isinstance(language, forms.ChoiceField)
        level.choices = [("", _("All levels")), *LEVELS.items()]
        language.choices = [("", _("All languages")), *((code, names.get(code, code)) for code in languages)]
        if len(languages) < 2:
            del self.fields["idioma"]

    def wish(self) -> Wish:
        """What the form says, as far as it can be understood."""
        self.is_valid()
        known = self.cleaned_data
        return Wish(
            words=str(known.get("q", ""))[:LONGEST],
            level=known.get("nivel", ""),
            language=known.get("idioma", ""),
            what=known.get("que", ""),
        )


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything that one can join or read here; what fits the question, where one is asked."""
    entries = catalogue()
    languages = sorted({language for entry in entries for language in entry.languages})
    form = WishForm(request.GET, languages=languages)
    wish = form.wish()
    found = [entry for entry in entries if wish.fits(entry)]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in form.cleaned_data.items() if value})
    context = {
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
        "number": len(found),
        "languages": dict(settings.LANGUAGES),
        "levels": LEVELS,
        "for_whom": FOR_WHOM,
    }
    return render(request, "public/catalogue.html", context)
