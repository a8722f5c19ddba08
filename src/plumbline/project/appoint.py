"""``plumbline appoint``: the first system, security and audit administrators of a new site, once.

Only while there is no administrator at all; from then on the security administrator appoints. Whoever runs it needs the
database's address, as ``plumbline migrate`` does. Passwords are typed at the terminal (twice, not shown) or made and
printed once; either way the first log-in demands a new one.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from .deployment import OWNING, SERVING, _address, _set_up

POWERS = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    # The owner's account where it is told, as for ``migrate``; the serving account may add these rows as well.
    os.environ[SERVING] = os.environ.get(OWNING) or _address()
    _set_up()

    from django.db import Error

    from .checks import refuse_unfit

    refuse_unfit(serving=False)
    try:
        return _appoint(chosen)
    except Error as fault:
        told = " ".join(str(fault).split())[:300]
        print(
            f"没有任命：数据库拒绝了（{told}）。请核对 {SERVING}；新库请先运行 plumbline migrate。",
            file=sys.stderr,
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline appoint", description="首次任命三种管理员，每种一人，互不兼任；只能成功一次"
    )
    for power, name in POWERS.items():
        parser.add_argument(f"--{power}-login", metavar="登录名", help=f"{name}的登录名（不写则询问）")
        parser.add_argument(f"--{power}-name", metavar="姓名", help=f"{name}的姓名（不写则询问）")
    parser.add_argument("--one-time", action="store_true", help="不询问密码，生成一次性密码并打印")
    return parser


def _appoint(chosen: argparse.Namespace) -> int:
    from plumbline.platform.actions import InputFault, Refusal
    from plumbline.platform.identity.actor import system_actor
    from plumbline.platform.identity.rights.appointing import appoint_first
    from plumbline.platform.identity.rights.passwords import VALID_FOR
    from plumbline.platform.identity.rights.policies import may_appoint_first

    actor = system_actor("首次任命")
    allowed = may_appoint_first(actor)
    if not allowed:  # before anybody types three passwords for nothing
        print(f"没有任命：{allowed.reason}。{allowed.next_step}", file=sys.stderr)
        return 1
    try:
        people, made = _people(chosen)
        appoint_first(actor=actor, people=people)
    except (InputFault, Refusal) as fault:
        print(f"没有任命：{fault}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\n没有任命：没有输入完。可以用 --one-time 和 --…-login、--…-name 一次写全。", file=sys.stderr)
        return 1
    print("已任命：")
    for power, (login, name, password) in people.items():
        print(
            f"  {POWERS[power]}  {name}  登录名 {login}"
            + (f"  一次性密码 {password}" if power in made else "")
        )
    print(
        f"密码 {VALID_FOR.days} 日内有效，首次登录必须修改。请分别交给三位本人，登录后启用动态口令；"
        "再由安全管理员任命第二名安全管理员，以备重置。"
    )
    return 0


def _people(chosen: argparse.Namespace) -> tuple[dict[str, tuple[str, str, str]], set[str]]:
    """Login name, name and password of each power, and for which powers the password was made here."""
    from plumbline.platform.identity.rights.passwords import new_one_time_password

    people, made = {}, set()
    for power, title in POWERS.items():
        login = getattr(chosen, f"{power}_login") or input(f"{title}的登录名：")
        name = getattr(chosen, f"{power}_name") or input(f"{title}的姓名：")
        password = "" if chosen.one_time else _asked(title)
        if not password:
            made.add(power)
            password = new_one_time_password()
        people[power] = (login.strip().lower(), name.strip(), password)
    return people, made


def _asked(title: str) -> str:
    """A password typed twice alike; empty to have one made."""
    if not sys.stdin.isatty():
        raise EOFError  # nobody sits at the terminal: a password must not come through a pipe and its history
    while True:
        first = getpass.getpass(f"{title}的初始密码（直接回车则生成）：")
        if not first or first == getpass.getpass("再输一次："):
            return first
        print("两次不一样，请重新输入。", file=sys.stderr)
