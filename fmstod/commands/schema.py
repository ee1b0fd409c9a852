"""`fmstod schema [FORM]`: the JSON Schema of certificate files. In a checkout also renews those of the data files."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from fmstod.certificate.schema import DIALECT, file_schema, form_schema
from fmstod.errors import CannotWrite
from fmstod.files import PLAN, read_forms
from fmstod.knowledge.entry import Entry
from fmstod.paths import DIAGNOSES, FORMS, IN_CHECKOUT
from fmstod.texts import text


def run(arguments: list[str]) -> int:
    """Print the schema of one form's files, or of every form's; 2 when there is no such form."""
    if {"-h", "--help"} & set(arguments):
        print(text("schema.usage"))
        return 0
    asked = arguments[0] if arguments else ""
    named = {f"{name}-{version}": form for (name, version), form in read_forms().items() if name != PLAN[0]}
    chosen = [form for name, form in named.items() if asked in {"", form.form, name}]
    if not chosen or len(arguments) > 1:
        print(text("schema.unknown", form=asked, forms=", ".join(named)), file=sys.stderr)
        return 2
    if IN_CHECKOUT:
        renew()
    print(_as_json(file_schema(chosen)))
    return 0


def schemas() -> Mapping[Path, str]:
    """The schemas that lie beside the data files, for editors."""
    return {
        FORMS / "schema.json": _as_json(form_schema()) + "\n",
        DIAGNOSES / "schema.json": _as_json({"$schema": DIALECT, **Entry.model_json_schema()}) + "\n",
    }


def renew() -> None:
    """Write those that are out of date. Raises CannotWrite."""
    for file, content in schemas().items():
        try:
            if file.parent.is_dir() and (not file.exists() or file.read_text(encoding="utf-8") != content):
                file.write_text(content, encoding="utf-8")
        except OSError as fault:
            raise CannotWrite(path=file) from fault


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
