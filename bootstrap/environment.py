"""From a bare python3 to the project's environment: finds or fetches uv, then installs the locked packages by hash.

Standard library only, and written so that Python 3.6 can at least read it and be told what to do.
"""

import configparser
import hashlib
import html.parser
import os
import platform
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile

UV_VERSION = "0.13.9"
# The wheel's name carries the platform; the hash pins its content, wherever it is fetched from.
UV_WHEELS = {
    "x86_64": (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}
OLDEST = (3, 11)
PYPI = "https://pypi.org/simple"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Stopped(Exception):
    """Set-up cannot go on; the message says what is wrong and what to do, in Chinese and English."""


def check_python(version=None):
    found = tuple(version or sys.version_info[:2])
    if found < OLDEST:
        raise Stopped(
            "需要 Python 3.11 以上，当前是 {0}.{1}。请安装新版本后用它运行，例如：python3.11 ./run\n"
            "Python 3.11 or newer is needed, this is {0}.{1}. Install one and run with it: python3.11 ./run".format(
                *found
            )
        )


def prepare(lock):
    """Make .venv hold exactly what ``lock`` names; returns the path of its Python. Quick when nothing changed."""
    check_python()
    place = os.path.join(ROOT, ".venv")
    python = os.path.join(place, "bin", "python")
    with open(os.path.join(ROOT, "requirements", lock), "rb") as source:
        wanted = hashlib.sha256(source.read()).hexdigest() + " {0}.{1}".format(*sys.version_info[:2])
    stamp = os.path.join(place, "installed-" + lock)
    everything = os.path.join(place, "installed-test.lock")
    for candidate in (stamp, everything):
        if os.path.exists(candidate) and os.path.exists(python):
            with open(candidate) as kept:
                if kept.read() == (wanted if candidate == stamp else _expected("test.lock")):
                    _add_command(python)
                    return python
    uv = find_uv()
    print("正在准备运行环境（首次约一分钟）… preparing the environment …", flush=True)
    if not os.path.exists(python):
        _uv(uv, ["venv", "--quiet", "--python", sys.executable, place])
    _uv(
        uv,
        [
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            python,
            os.path.join(ROOT, "requirements", lock),
        ],
    )
    _link_source(python)
    _add_command(python)
    for old in ("base.lock", "test.lock"):
        path = os.path.join(place, "installed-" + old)
        if os.path.exists(path):
            os.unlink(path)
    with open(stamp, "w") as kept:
        kept.write(wanted)
    return python


def _expected(lock):
    with open(os.path.join(ROOT, "requirements", lock), "rb") as source:
        return hashlib.sha256(source.read()).hexdigest() + " {0}.{1}".format(*sys.version_info[:2])


def _link_source(python):
    """The project itself is not built: its source folder is put on the path."""
    script = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    site = subprocess.check_output([python, "-c", script]).decode().strip()
    with open(os.path.join(site, "plumbline_source.pth"), "w") as link:
        link.write(os.path.join(ROOT, "src") + "\n")


def _add_command(python):
    """``plumbline`` beside Python: finds it wherever the folder has been moved to."""
    command = os.path.join(os.path.dirname(python), "plumbline")
    if os.path.exists(command):
        return
    with open(command + ".part", "w") as script:
        script.write(
            '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m plumbline.project.cli "$@"\n'
        )
    os.chmod(command + ".part", 0o755)
    os.rename(command + ".part", command)


def find_uv():
    """uv on the path, or the pinned wheel from the package index the machine is set up for."""
    found = shutil.which("uv")
    if found:
        return found
    kept = os.path.join(ROOT, ".tools", "uv-" + UV_VERSION)
    if os.path.exists(kept):
        return kept
    machine = platform.machine()
    if sys.platform != "linux" or machine not in UV_WHEELS:
        raise Stopped(
            "没有适合 {0}/{1} 的安装程序。请先自行安装 uv，再重新运行。\n"
            "No installer for {0}/{1} here. Install uv yourself, then run again.".format(
                sys.platform, machine
            )
        )
    name, digest = UV_WHEELS[machine]
    content = _fetch(name)
    if hashlib.sha256(content).hexdigest() != digest:
        raise Stopped(
            "下载的安装程序校验不符，已放弃。请检查软件源是否可信。\n"
            "The downloaded installer does not have the expected hash; is the package index to be trusted?"
        )
    os.makedirs(os.path.dirname(kept), exist_ok=True)
    archive = kept + ".whl"
    with open(archive, "wb") as sink:
        sink.write(content)
    with zipfile.ZipFile(archive) as wheel:
        member = next(n for n in wheel.namelist() if n.endswith("/scripts/uv"))
        with wheel.open(member) as source, open(kept + ".part", "wb") as sink:
            shutil.copyfileobj(source, sink)
    os.unlink(archive)
    os.chmod(kept + ".part", 0o755)
    os.rename(kept + ".part", kept)
    return kept


def index_url():
    """The package index this machine is set up for: by a variable, else by pip's own configuration file."""
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(variable):
            return os.environ[variable]
    kept = configparser.RawConfigParser()
    home = os.path.expanduser("~")
    try:
        kept.read(["/etc/pip.conf", home + "/.pip/pip.conf", home + "/.config/pip/pip.conf"])
        return kept.get("global", "index-url").strip()
    except (configparser.Error, UnicodeDecodeError):
        return PYPI


class _Links(html.parser.HTMLParser):
    def __init__(self):
        html.parser.HTMLParser.__init__(self)
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found += [value for key, value in attrs if key == "href"]


def _fetch(name):
    page = index_url().rstrip("/") + "/uv/"
    try:
        links = _Links()
        links.feed(_read(page).decode("utf-8", "replace"))
        for link in links.found:
            address = urllib.parse.urljoin(page, link).split("#")[0]
            if urllib.parse.unquote(address.rsplit("/", 1)[-1]) == name:
                return _read(address)
    except (OSError, urllib.error.URLError) as fault:
        raise Stopped(
            "不能连接软件源 {0}：{1}\n"
            "请检查网络；在内网请设置 UV_DEFAULT_INDEX 指向内部软件源，需要代理时设置 HTTPS_PROXY，自有证书时设置 SSL_CERT_FILE。\n"
            "The package index cannot be reached. Behind a proxy set HTTPS_PROXY; on an intranet set UV_DEFAULT_INDEX; "
            "with a certificate authority of your own set SSL_CERT_FILE.".format(page, fault)
        )
    raise Stopped(
        "软件源 {0} 没有 {1}。请换一个软件源（UV_DEFAULT_INDEX）。\n{0} does not hold {1}.".format(page, name)
    )


def _read(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def _uv(uv, words):
    """Run uv; a certificate it does not know is tried again with the machine's own store."""
    settings = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1")
    if index_url() != PYPI:
        settings.setdefault("UV_DEFAULT_INDEX", index_url())  # uv itself does not look where pip does
    done = subprocess.run([uv] + words, env=settings, stderr=subprocess.PIPE)
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode and "UnknownIssuer" in said:
        done = subprocess.run([uv] + words, env=dict(settings, UV_SYSTEM_CERTS="1"), stderr=subprocess.PIPE)
        said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        hint = ""
        if "dns" in said.lower() or "connect" in said.lower() or "network" in said.lower():
            hint = (
                "\n请检查网络；内网请设置 UV_DEFAULT_INDEX，代理请设置 HTTPS_PROXY，自有证书请设置 SSL_CERT_FILE。"
                "\nCheck the network; set UV_DEFAULT_INDEX, HTTPS_PROXY or SSL_CERT_FILE as your site needs."
            )
        raise Stopped("安装没有完成：\n" + said.strip()[-1500:] + hint)
    if said.strip():
        sys.stderr.write(said)
