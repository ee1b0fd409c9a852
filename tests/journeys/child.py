"""A physician whose program is killed while she writes: `python child.py HOME`. Says `saved` after each autosave."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fmstod.app import start_qt
from fmstod.domain.issuer import Issuer, Physician
from tests.journeys.user import User, asks


def main(home):
    _app = start_qt([])
    user = User(Path(home), {})
    keys = user.keys
    user.walk.choose_passphrase()
    keys.wait(lambda: user.desk.workspace is not None, "store")
    user.store.save_issuer(Issuer(physician=Physician(name="Disa Doktorsson")))
    keys.press("Ctrl+N")
    user.case.autosave.saved.connect(lambda: print("saved", flush=True))
    keys.press("Ctrl+3")
    keys.fill(asks("35"), "Svarar långsamt, ")
    keys.wait(lambda: not user.case.autosave.pending, "autosave")
    while True:  # on and on, until somebody pulls the plug
        keys.write("tappar tråden, ")
        keys.wait(lambda: not user.case.autosave.pending, "autosave")


if __name__ == "__main__":
    main(sys.argv[1])
