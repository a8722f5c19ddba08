"""``plumbline appoint`` on a site of its own: three people once, then nobody."""

from __future__ import annotations

import re
from typing import Any

import pytest

from plumbline.project import appoint
from tests.external_postgresql import plumbline

NAMES = {"system": ("xi", "席工"), "security": ("an", "安全"), "audit": ("shen", "沈计")}
WORDS = [
    word
    for power, (login, name) in NAMES.items()
    for word in (f"--{power}-login", login, f"--{power}-name", name)
]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_new_site_gets_its_administrators_once(site: dict[str, str]) -> None:
    for settings in (site, {k: v for k, v in site.items() if k != "PLUMBLINE_OWNER_DATABASE_URL"}):
        done = plumbline("appoint", "--one-time", *WORDS, settings=settings)
        if settings is site:
            assert done.returncode == 0, done.stderr
            passwords = re.findall(r"一次性密码 ([a-z0-9-]{19})", done.stdout)
            assert len(set(passwords)) == 3
        else:
            assert done.returncode == 1
            assert "已经有管理员" in done.stderr and "安全管理员登录后" in done.stderr


@pytest.mark.django_db
def test_passwords_are_typed_twice_or_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from plumbline.platform.identity.models import Person

    typed = iter(["my-own-passphrase", "another", "my-own-passphrase", "my-own-passphrase", "", ""])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    chosen: Any = appoint._parser().parse_args(WORDS)
    assert appoint._appoint(chosen) == 0
    said = capsys.readouterr()
    assert "两次不一样" in said.err and said.out.count("一次性密码") == 2
    assert "my-own-passphrase" not in said.out
    assert Person.objects.get(login_name="xi").check_password("my-own-passphrase")
    assert Person.objects.filter(one_time_until__isnull=False).count() == 3
    assert appoint._appoint(chosen) == 1


@pytest.mark.django_db
def test_without_a_terminal_and_without_a_word_nobody_is_appointed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from plumbline.platform.identity.models import Person

    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert appoint._appoint(appoint._parser().parse_args(WORDS)) == 1
    assert "--one-time" in capsys.readouterr().err
    twice = [*WORDS[:-3], "xi", *WORDS[-2:]]
    assert appoint._appoint(appoint._parser().parse_args(["--one-time", *twice])) == 1
    assert "已有人使用" in capsys.readouterr().err
    assert not Person.objects.exists()
