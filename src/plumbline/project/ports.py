"""Whether an address can be listened on, said before anything is started."""

from __future__ import annotations

import errno
import socket


def why_not(host: str, port: int) -> str:
    """Empty when ``host:port`` can be bound, else what is in the way and what to do."""
    if not 0 < port < 65536:
        return f"端口应在 1 到 65535 之间，收到的是 {port}。"
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        return f"不认识监听地址 {host}。请用本机的地址，例如 127.0.0.1，或 0.0.0.0（所有地址）。"
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as fault:
            return _reason(fault.errno, host, port)
    return ""


def _reason(number: int | None, host: str, port: int) -> str:
    if number == errno.EADDRINUSE:
        return f"端口 {port} 已被占用。请先停止占用它的程序，或换一个端口：--port {port % 65535 + 1}"
    if number == errno.EACCES:
        return f"当前账户不能使用端口 {port}。请用 1024 以上的端口，例如 --port 8000"
    if number == errno.EADDRNOTAVAIL:
        return f"{host} 不是本机的地址。请用 127.0.0.1，或 0.0.0.0（所有地址）。"
    return f"不能监听 {host}:{port}（错误号 {number}）。请换一个地址或端口。"
