"""Sealing, and the receipt code."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from plumbline.apps.complaints import sealing
from plumbline.apps.complaints.codes import digits_of, hash_of, new_code, shown
from plumbline.apps.complaints.sealing import (
    Sealed,
    WrongPassphrase,
    for_a_while,
    make_key,
    read_for_a_while,
    seal,
    unseal,
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "COST", 2**4)


def test_each_custodian_opens_it_alone_and_nobody_else() -> None:
    (one, own), (two, other), (_, stranger) = (
        make_key("一个口令"),
        make_key("另一个口令"),
        make_key("一个口令"),
    )
    sealed = seal("欧阳慎微".encode(), {"1": one, "2": two})
    assert "欧阳" not in sealed.body
    assert unseal(sealed, number="1", private=own, passphrase="一个口令").decode() == "欧阳慎微"
    assert unseal(sealed, number="2", private=other, passphrase="另一个口令").decode() == "欧阳慎微"
    with pytest.raises(WrongPassphrase):
        unseal(sealed, number="1", private=own, passphrase="另一个口令")
    with pytest.raises(InvalidTag):
        unseal(sealed, number="1", private=stranger, passphrase="一个口令")
    with pytest.raises(KeyError):
        unseal(sealed, number="3", private=own, passphrase="一个口令")


def test_one_changed_character_is_noticed() -> None:
    public, private = make_key("口令")
    sealed = seal(b"content", {"1": public})
    body = ("A" if sealed.body[30] != "A" else "B").join((sealed.body[:30], sealed.body[31:]))
    with pytest.raises((InvalidTag, ValueError)):
        unseal(Sealed(body, sealed.keys), number="1", private=private, passphrase="口令")


def test_nothing_is_sealed_that_nobody_could_open() -> None:
    with pytest.raises(ValueError, match="nobody"):
        seal(b"content", {})


def test_what_the_server_keeps_is_for_one_use() -> None:
    kept = for_a_while("欧阳慎微", "draft 1")
    assert read_for_a_while(kept, "draft 1") == "欧阳慎微"
    assert (
        read_for_a_while(kept, "draft 2")
        == read_for_a_while("", "draft 1")
        == read_for_a_while("不是", "draft 1")
        == ""
    )


@given(st.text(alphabet=" -　.·", max_size=3))
def test_a_code_is_found_however_it_is_typed(between: str) -> None:
    code = new_code()
    full_width = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert hash_of(code) == hash_of(between.join(full_width))
    assert shown(digits_of(code)) == code


@pytest.mark.parametrize("typed", ["", "1234", "1" * 19, "1" * 21, "查询码"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert digits_of(typed) == ""
