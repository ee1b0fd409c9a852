"""Sentences with gaps to fill in: what to tell of an impairment or a limitation, never what was found."""

from collections.abc import Collection, Mapping, Sequence

from fmstod.domain.record import Record

OPEN, GAP = "…", "..."  # a gap in the file, and as a certificate can carry it


class Frame(Record):
    """`ref` is the question, `codes` are beginnings of the ICF categories that it is about, `demands` those of the work."""

    key: str
    ref: str
    label: str
    says: str
    codes: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """As it is written into the text."""
        return self.says.replace(OPEN, GAP)

    def fits(self, codes: Collection[str]) -> bool:
        """Whether it is about one of the categories itself, and not of a whole component."""
        return any(code.startswith(each) for code in codes for each in self.codes if len(each) > 2)


class _Frames(Record):
    frame: tuple[Frame, ...]


def load_frames(content: Mapping[str, object]) -> tuple[Frame, ...]:
    """From parsed TOML. Raises ValueError for what has no gap or stands there twice."""
    found = _Frames.model_validate(content).frame
    keys = [each.key for each in found]
    for each in found:
        if OPEN not in each.says or keys.count(each.key) > 1:
            raise ValueError(f"{each.key} is there twice or has no gap")
    return found


def offered(frames: Sequence[Frame], ref: str, codes: Collection[str]) -> list[Frame]:
    """Those of a question, the ones that fit the categories first."""
    return sorted((each for each in frames if each.ref == ref), key=lambda each: not each.fits(codes))


def frame_of(frames: Sequence[Frame], demand: str) -> Frame | None:
    """The one that answers a demand of the work."""
    return next((each for each in frames if demand in each.demands), None)
