"""The data key: 32 random bytes that encrypt the database, wrapped by the passphrase in a small file with two copies.

The passphrase is proved here before the database is opened: a wrong key lets SQLite touch it (safety.md 0.5).
"""

import hashlib
import secrets
import struct
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from fmstod.errors import StoreDamaged, StoreTooNew, StoreUnwritable, WrongPassphrase
from fmstod.storage.folder import KEY, KEY_COPY
from fmstod.whole import write_whole

MAGIC, VERSION, KDF = b"fmstodK\n", 1, b"argon2id".ljust(16, b"\0")
# Magic, version, key derivation with memory (KiB), passes and lanes, salt, nonce: bound to the wrapped key as its
# associated data. After them the wrapped key and its tag, and a digest of all, which tells damage from a wrong word.
HEADER = struct.Struct(">8sH16sIII16s12s")
WRAPPED, DIGEST = 32 + 16, 32


@dataclass(frozen=True)
class Cost:
    """What one guess costs in Argon2id: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int

    def within(self, least: "Cost", most: "Cost") -> bool:
        return (
            least.memory <= self.memory <= most.memory
            and least.passes <= self.passes <= most.passes
            and least.lanes <= self.lanes <= most.lanes
        )


COST = Cost(64 * 1024, 3, 4)  # RFC 9106, second recommended choice
FLOOR = Cost(19 * 1024, 2, 1)  # OWASP's least; a file that asks for less has been weakened
CEILING = Cost(1024 * 1024, 32, 16)  # a file that asks for more is there to stop us


@dataclass(frozen=True)
class DataKey:
    """An unwrapped key, and the key file that gave it. Python can't promise to wipe it from memory."""

    secret: bytes = field(repr=False)
    file: bytes = field(repr=False)


def new_key(passphrase: str, *, cost: Cost = COST) -> DataKey:
    """A fresh random key, wrapped. Nothing is written."""
    secret, salt, nonce = secrets.token_bytes(32), secrets.token_bytes(16), secrets.token_bytes(12)
    header = HEADER.pack(MAGIC, VERSION, KDF, cost.memory, cost.passes, cost.lanes, salt, nonce)
    wrapped = AESGCM(_derive(passphrase, salt, cost)).encrypt(nonce, secret, header)
    return DataKey(secret, _with_digest(header + wrapped))


def keep(folder: Path, key: DataKey) -> None:
    """See that both copies are on disk; one that is whole already is left alone. Raises StoreUnwritable."""
    for name in (KEY, KEY_COPY):
        file = folder / name
        try:
            if not file.exists() or file.read_bytes() != key.file:
                write_whole(file, key.file)
        except OSError as error:
            raise StoreUnwritable from error


def unwrap(folder: Path, passphrase: str, *, floor: Cost = FLOOR) -> DataKey:
    """The key that the passphrase opens; a damaged or weakened copy gives way to the other. Writes nothing.

    Raises WrongPassphrase; StoreDamaged if no copy is sound; StoreTooNew for a later format.
    """
    copies = [found for name in (KEY, KEY_COPY) if (found := _sound_copy(folder / name, floor))]
    if not copies:
        raise StoreDamaged(what=KEY)
    for copy in dict.fromkeys(copies):
        if secret := _open(copy, passphrase):
            return DataKey(secret, copy)
    raise WrongPassphrase


def verify(folder: Path, passphrase: str, *, floor: Cost = FLOOR) -> None:
    """Prove the passphrase once more, before signing. Raises as `unwrap` does."""
    unwrap(folder, passphrase, floor=floor)


def _sound_copy(file: Path, floor: Cost) -> bytes | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    if len(content) <= HEADER.size or _with_digest(content[:-DIGEST]) != content:
        return None
    magic, version, kdf, memory, passes, lanes, _salt, _nonce = HEADER.unpack_from(content)
    if magic != MAGIC:
        return None
    if version > VERSION:
        raise StoreTooNew
    if len(content) != HEADER.size + WRAPPED + DIGEST or kdf != KDF:
        return None
    return content if Cost(memory, passes, lanes).within(floor, CEILING) else None


def _open(content: bytes, passphrase: str) -> bytes | None:
    header, wrapped = content[: HEADER.size], content[HEADER.size : -DIGEST]
    _magic, _version, _kdf, memory, passes, lanes, salt, nonce = HEADER.unpack(header)
    try:
        return AESGCM(_derive(passphrase, salt, Cost(memory, passes, lanes))).decrypt(nonce, wrapped, header)
    except InvalidTag:
        return None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # å can be one character or two, depending on the keyboard; both must open the same store.
    word = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    derivation = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return derivation.derive(word)


def _with_digest(content: bytes) -> bytes:
    return content + hashlib.sha256(content).digest()
