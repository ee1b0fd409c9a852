"""Failures of the world, each shown once with its Swedish sentence `error.<code>`."""


class FmstodError(Exception):
    """The world failed, not the program. `values` fill the sentence; they never hold anything about a patient."""

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values

    @property
    def text_key(self) -> str:
        return f"error.{type(self).__name__}"


class WrongPassphrase(FmstodError):
    """The passphrase opens no slot of the key file. Nothing was touched."""


class StoreLocked(FmstodError):
    """Another fmstod has the store open."""


class StoreDamaged(FmstodError):
    """Key file or database can't be read. `what` says which."""


class StoreTooNew(FmstodError):
    """A later version of fmstod has written the store. Nothing was touched."""


class StoreUnwritable(FmstodError):
    """The disk is full or refuses to be written; the draft is still on screen."""


class StaleRecord(FmstodError):
    """Someone else saved the record first."""


class NotAllowed(FmstodError):
    """The state of the record forbids it. `why` is the key of the sentence that says which."""

    @property
    def text_key(self) -> str:
        return str(self.values.get("why", super().text_key))


class BadDataFile(FmstodError):
    """A form, diagnosis or resource file is wrong. `file` and `place` say where, `reason` why."""


class BadImport(FmstodError):
    """An export file breaks an expectation. `file`, `record` and `field` say where, `reason` why. Nothing was written."""


class CannotWrite(FmstodError):
    """A file the user named can't be written. `path` says which."""


class CannotPrint(FmstodError):
    """The printer takes nothing."""


class Unreadable(FmstodError):
    """A file the user named can't be read as what it should be. `path` and `reason`."""


class BadRegister(FmstodError):
    """The files chosen hold no list of codes. `file`, `line` and `detail` say where and what. Nothing was written."""

    @property
    def text_key(self) -> str:
        return str(self.values.get("why", super().text_key))


class DoubtfulRegister(FmstodError):
    """The codes can be read in, but only after a yes: `why` ends in what to accept. Nothing was written.

    `name` is the edition in the files, `known` the one already there, `codes` and `before` their numbers of codes.
    """

    @property
    def text_key(self) -> str:
        return str(self.values.get("why", super().text_key))


class RegisterBusy(FmstodError):
    """Another import of codes is going on."""


class ImportStopped(FmstodError):
    """The user stopped it. Nothing was written."""


class EditionBusy(FmstodError):
    """Somebody else is changing which edition of FMB is in use. Nothing was changed."""
