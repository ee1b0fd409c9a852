"""The forms of certificates as lists name and order them."""

from functools import cache

from fmstod.certificate.form import Form
from fmstod.certificate.rule_lines import form_name
from fmstod.domain.consultation import FORM
from fmstod.files import PLAN, read_forms, read_toml
from fmstod.paths import RESOURCES
from fmstod.texts import catalogue


@cache
def certificates() -> tuple[Form, ...]:
    """The forms in the order in which they are listed, each with its newest version first. Raises BadDataFile."""
    told = read_toml(RESOURCES / "forms.toml")["order"]
    order = [str(name) for name in told] if isinstance(told, list) else []
    forms = [form for key, form in read_forms().items() if key[0] != PLAN[0]]
    newest = sorted(forms, key=lambda form: [int(part) for part in form.version.split(".")], reverse=True)
    return tuple(sorted(newest, key=lambda form: order.index(form.form) if form.form in order else len(order)))


@cache
def others_to_begin() -> tuple[Form, ...]:
    """What can be begun besides the form that a new consultation has: each in its newest version. Raises BadDataFile."""
    new = {form.form: form for form in reversed(certificates()) if form.status == "new" and form.form != FORM[0]}
    return tuple(reversed(new.values()))


def name_of(form: tuple[str, str]) -> str:
    """What people call a form, `FK 7804`; what isn't there any more has its id."""
    found = read_forms().get(form)
    return form_name(found, catalogue()) if found else form[0]


def has_plan(form: tuple[str, str]) -> bool:
    """Whether a case of this form also has a plan."""
    found = read_forms().get(form)
    return found is None or found.plan
