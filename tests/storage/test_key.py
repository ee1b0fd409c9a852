"""The key file: opened by its passphrase alone, whole or not at all."""

import hashlib
import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fmstod import whole
from fmstod.errors import StoreDamaged, StoreTooNew, StoreUnwritable, WrongPassphrase
from fmstod.storage import key
from fmstod.storage.folder import KEY, KEY_COPY
from tests.storage.sample import CHEAP, PASSPHRASE, keep_new_key

# Where things stand in the file, written down apart from the program's own layout.
VERSION_AT, MEMORY_AT, PASSES_AT, LENGTH = 8, 26, 30, 8 + 2 + 16 + 4 + 4 + 4 + 16 + 12 + 48 + 32


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def secret(folder):
    return keep_new_key(folder)


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def unwrap(folder, passphrase=PASSPHRASE):
    return key.unwrap(folder, passphrase, floor=CHEAP)


def rewritten(folder, change, names=(KEY, KEY_COPY)):
    """Change the file's content and make its digest right again, as somebody with bad intentions would."""
    for name in names:
        body = bytearray((folder / name).read_bytes()[:-32])
        change(body)
        (folder / name).write_bytes(bytes(body) + hashlib.sha256(body).digest())


def test_the_passphrase_opens_the_key(folder, secret):
    assert len(secret) == 32
    assert unwrap(folder).secret == secret
    key.verify(folder, PASSPHRASE, floor=CHEAP)


def test_two_stores_never_share_a_key(tmp_path):
    made = [key.new_key(PASSPHRASE, cost=CHEAP) for _ in range(3)]
    assert len({each.secret for each in made}) == 3
    assert len({each.file for each in made}) == 3


def test_there_are_two_equal_copies_for_the_user_alone(folder, secret):
    first, second = folder / KEY, folder / KEY_COPY
    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) == LENGTH
    assert {file.stat().st_mode & 0o777 for file in (first, second)} == {0o600}
    assert {file.name for file in folder.iterdir()} == {KEY, KEY_COPY}


def test_neither_key_nor_passphrase_stands_in_the_file_or_in_a_repr(folder, secret):
    content, shown = (folder / KEY).read_bytes(), repr(unwrap(folder))
    assert secret not in content
    assert PASSPHRASE.encode() not in content
    assert secret.hex() not in shown
    assert str(secret) not in shown


@pytest.mark.parametrize(
    "wrong", ["", " ", PASSPHRASE + " ", PASSPHRASE.upper(), "\0", PASSPHRASE + "\0", "x" * 1_000_000, "\udcff"]
)
def test_a_wrong_passphrase_opens_nothing_and_touches_nothing(folder, secret, wrong):
    before = bytes_of(folder)
    with pytest.raises(WrongPassphrase):
        unwrap(folder, wrong)
    with pytest.raises(WrongPassphrase):
        key.verify(folder, wrong, floor=CHEAP)
    assert bytes_of(folder) == before


def test_the_same_word_from_another_keyboard_opens(folder):
    keep_new_key(folder, "sm\u00e5 \u00e4pplen")
    unwrap(folder, "sma\u030a a\u0308pplen")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(passphrase=st.text())
def test_any_text_can_be_a_passphrase(folder, passphrase):
    secret = keep_new_key(folder, passphrase)
    assert unwrap(folder, passphrase).secret == secret


def test_one_changed_bit_anywhere_gives_way_to_the_copy(folder, secret):
    whole = (folder / KEY).read_bytes()
    for place in range(LENGTH):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        (folder / KEY).write_bytes(damaged)
        assert unwrap(folder).secret == secret


@pytest.mark.parametrize("content", [b"", b"\0" * LENGTH, b"fmstodK\n", None])
def test_a_lost_first_copy_is_mended_only_after_success(folder, secret, content):
    whole = (folder / KEY_COPY).read_bytes()
    (folder / KEY).unlink()
    if content is not None:
        (folder / KEY).write_bytes(content)
    before = bytes_of(folder)
    with pytest.raises(WrongPassphrase):
        unwrap(folder, "fel")
    found = unwrap(folder)
    assert bytes_of(folder) == before
    key.keep(folder, found)
    assert bytes_of(folder) == {KEY: whole, KEY_COPY: whole}


def test_damage_to_both_copies_is_called_damage_and_not_a_wrong_word(folder, secret):
    for name in (KEY, KEY_COPY):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[:-1])
    with pytest.raises(StoreDamaged) as refused:
        unwrap(folder)
    assert refused.value.values == {"what": KEY}


def test_an_empty_folder_has_no_key(folder):
    with pytest.raises(StoreDamaged):
        unwrap(folder)


def test_two_copies_that_differ_are_both_tried(folder, secret):
    old = (folder / KEY).read_bytes()
    keep_new_key(folder, "ny lösenfras")
    (folder / KEY_COPY).write_bytes(old)
    assert unwrap(folder).secret == secret
    assert unwrap(folder, "ny lösenfras").secret != secret


def test_a_new_store_costs_a_guess_what_rfc_9106_asks(folder):
    keep_new_key(folder, cost=key.COST)
    assert struct.unpack_from(">III", (folder / KEY).read_bytes(), MEMORY_AT) == (64 * 1024, 3, 4)
    assert len(key.unwrap(folder, PASSPHRASE).secret) == 32


@pytest.mark.parametrize(("memory", "passes", "lanes"), [(19 * 1024 - 1, 2, 1), (19 * 1024, 1, 1), (8, 1, 1)])
def test_a_file_below_owasps_floor_is_refused(folder, memory, passes, lanes):
    keep_new_key(folder, cost=key.Cost(memory, passes, lanes))
    with pytest.raises(StoreDamaged):
        key.unwrap(folder, PASSPHRASE)


def test_owasps_floor_itself_is_enough(folder):
    keep_new_key(folder, cost=key.Cost(19 * 1024, 2, 1))
    key.unwrap(folder, PASSPHRASE)


def test_a_header_made_weaker_opens_no_more_even_above_the_floor(folder):
    keep_new_key(folder, cost=key.Cost(16, 2, 1))
    rewritten(folder, lambda body: struct.pack_into(">I", body, PASSES_AT, 1))
    with pytest.raises(WrongPassphrase):
        unwrap(folder)


def test_a_header_made_weaker_in_one_copy_is_passed_over(folder):
    secret = keep_new_key(folder, cost=key.Cost(16, 2, 1))
    rewritten(folder, lambda body: struct.pack_into(">I", body, PASSES_AT, 1), [KEY])
    assert unwrap(folder).secret == secret


def test_a_header_that_asks_for_all_memory_is_not_obeyed(folder, secret):
    rewritten(folder, lambda body: struct.pack_into(">I", body, MEMORY_AT, 2**31))
    with pytest.raises(StoreDamaged):
        unwrap(folder)


@pytest.mark.parametrize("longer", [b"", b"what a later version needs"])
def test_a_later_format_is_left_to_the_later_version(folder, secret, longer):
    def later(body):
        struct.pack_into(">H", body, VERSION_AT, 2)
        body += longer

    rewritten(folder, later)
    before = bytes_of(folder)
    with pytest.raises(StoreTooNew):
        unwrap(folder)
    assert bytes_of(folder) == before


def test_another_file_with_a_right_digest_is_no_key_file(folder, secret):
    def alien(body):
        body[:8] = b"elsewise"

    rewritten(folder, alien)
    with pytest.raises(StoreDamaged):
        unwrap(folder)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_key_that_cannot_be_written_leaves_the_old_one(folder, secret, monkeypatch, step):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    before = bytes_of(folder)
    monkeypatch.setattr(whole.os if step == "fsync" else whole.Path, step, refuse)
    with pytest.raises(StoreUnwritable):
        keep_new_key(folder, "ny")
    assert bytes_of(folder) == before
