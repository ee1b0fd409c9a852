"""The base of every record."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen, validated value. Its repr holds no content, so that no log or traceback can hold a patient."""

    # Built when it is first read into: most kinds are only read as a part of another, and the parts' own would take 1 MB.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True, defer_build=True
    )

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def changed(self, **values: Any) -> Self:
        """A copy with `values`, validated again (unlike pydantic's `model_copy`)."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**fields, **values})
