"""What the desk's forms send, and what it keeps of the last decision."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from marketplace.kit.text import Line, Prose
from marketplace.web.guard.forms import Form

FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z_0-9.]{0,60}$")]


class Refusal(Form):
    """`fields` and `comments` belong together by their places."""

    reason: Annotated[str, StringConstraints(max_length=60)] = ""
    note: Prose = ""
    fields: Annotated[list[FieldKey], Field(max_length=60)]
    comments: Annotated[list[Line], Field(max_length=60)]

    @property
    def by_field(self) -> dict[str, str]:
        return {key: text for key, text in zip(self.fields, self.comments, strict=False) if text}


class SellerAsked(Form):
    seller: Line = ""


class Answer(Form):
    answer: Prose = ""


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last decision, for as long as it can be taken back. `until` is ISO, UTC."""

    id: str
    version: int
    title: str
    title_zh: str
    until: str
