"""Settings from the environment, with defaults that are safe for a demonstration and refused in production (see ``checks``)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from plumbline.rules.book import STANDARD_PACKS

PACKAGE_DIR = Path(__file__).resolve().parents[1]
DEMO_SECRET_KEY = "demo-only-secret-key-never-use-in-production-plumbline"


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _whole(name: str, default: int, unit: str) -> int:
    told = os.environ.get(name, str(default))
    if not told.isascii() or not told.isdigit() or int(told) == 0:
        raise SystemExit(f"{name} 应为大于 0 的整数（{unit}），收到的是 {told}。")
    return int(told)


def _secret() -> str:
    """From a file that only the service may read, where one is named: an environment is shown by too many tools."""
    name = os.environ.get("PLUMBLINE_SECRET_KEY_FILE", "")
    if not name:
        return os.environ.get("PLUMBLINE_SECRET_KEY", DEMO_SECRET_KEY)
    try:
        return Path(name).read_text().strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise SystemExit(f"不能读取 PLUMBLINE_SECRET_KEY_FILE 指定的文件 {name}：{fault}") from None


def _database(url: str) -> dict[str, object]:
    """Django's database dictionary for a ``postgresql://`` URL; ``?host=/dir`` names a socket directory."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise SystemExit(
            f"PLUMBLINE_DATABASE_URL 写法有误（{fault}）。口令中的特殊字符要写成 %XX，例如 @ 写成 %40。"
        ) from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SystemExit(
            f"PLUMBLINE_DATABASE_URL 只支持 PostgreSQL（postgresql://用户@主机/库名），收到的是 {parts.scheme or '空'}://"
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    query.setdefault("connect_timeout", "10")  # seconds; a silent firewall would hold the start for minutes
    # Pages show the newest few of many: to begin in order and stop early must not be thought dearer than it is on a disk
    # without a head to move. Compiling a query, or starting processes to share it, takes longer than the queries here do.
    query.setdefault("options", "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "plumbline",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or (str(port) if port else ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


ENVIRONMENT = os.environ.get("PLUMBLINE_ENV", "demo")
if ENVIRONMENT not in {"demo", "test", "production"}:
    # A slip of the pen must not turn production into a demonstration.
    raise SystemExit(f"PLUMBLINE_ENV 只能是 demo、test 或 production，收到的是 {ENVIRONMENT}。")
PLUMBLINE_DEMO = ENVIRONMENT != "production"
DEBUG = _flag("PLUMBLINE_DEBUG", False)
SECRET_KEY = _secret()
ALLOWED_HOSTS = _words("PLUMBLINE_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = _words("PLUMBLINE_TRUSTED_ORIGINS", "")
# The address that codes on printed documents lead to, without a slash at its end.
PUBLIC_URL = os.environ.get("PLUMBLINE_PUBLIC_URL", next(iter(CSRF_TRUSTED_ORIGINS), "http://localhost:8000"))
# What stands where the seal goes: official seals are not part of the platform. Empty leaves the place blank.
DOCUMENT_SEAL = os.environ.get("PLUMBLINE_DOCUMENT_SEAL", "（印章）")
# Whose X-Forwarded-For and X-Forwarded-Proto are believed: the reverse proxy on this machine (see ``wsgi``).
TRUSTED_PROXIES = _words("PLUMBLINE_TRUSTED_PROXIES", "127.0.0.1,::1")
DATA_DIR = Path(os.environ.get("PLUMBLINE_DATA_DIR", ".data")).resolve()
# A folder with further fonts for documents: 仿宋 and 小标宋, where the site holds a licence for them.
FONT_DIR = os.environ.get("PLUMBLINE_FONT_DIR", "")
LAW_TEXTS_DIR = os.environ.get("PLUMBLINE_LAW_TEXTS", "")

DATABASES = {"default": _database(os.environ.get("PLUMBLINE_DATABASE_URL", "postgresql:///plumbline"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "plumbline.platform.ui",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "procrastinate.contrib.django",
    "axes",
    "django_htmx",
    "plumbline.platform.identity",
    "plumbline.platform.scope",
    "plumbline.platform.events",
    "plumbline.platform.verdicts",
    "plumbline.platform.recheck",
    "plumbline.platform.files",
    "plumbline.platform.jobs",
    "plumbline.platform.notify",
    "plumbline.platform.rates",
    "plumbline.platform.submissions",
    "plumbline.apps.agencies",
    "plumbline.apps.subjects",
    "plumbline.apps.targets",
    "plumbline.apps.powers",
    "plumbline.apps.cases",
    "plumbline.apps.discretion",
    "plumbline.apps.paperwork",
    "plumbline.apps.evidence",
    "plumbline.apps.inspections",
    "plumbline.apps.challenges",
    "plumbline.apps.linkage",
    "plumbline.apps.casefile",
    "plumbline.apps.supervision",
    "plumbline.apps.oversight",
    "plumbline.apps.publicity",
    "plumbline.apps.guidance",
    "plumbline.apps.complaints",
    "plumbline.apps.coordination",
    "plumbline.apps.questions",
    "plumbline.apps.volunteers",
    "plumbline.apps.reporting",
    "plumbline.apps.programme",
    "plumbline.apps.law_library",
    "plumbline.apps.whatif",
    "plumbline.apps.registers",
    "plumbline.apps.normdocs",
    "plumbline.surfaces.workbench",
    "plumbline.surfaces.portal",
    "plumbline.surfaces.exchange",
    "plumbline.surfaces.administration",
    "plumbline.surfaces.field",
    "plumbline.project",
]
if PLUMBLINE_DEMO:
    # Its commands fill a database with invented people; in production they do not exist.
    INSTALLED_APPS += ["plumbline.project.demo"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "plumbline.platform.ui.errors.ErrorReferenceMiddleware",
    "plumbline.project.requests.RefuseNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plumbline.platform.identity.middleware.ActorMiddleware",
    "plumbline.platform.submissions.middleware.SubmittedOnce",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "plumbline.project.urls"
WSGI_APPLICATION = "plumbline.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "plumbline.platform.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "plumbline.platform.ui.forms.PlumblineFormRenderer"

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
if ENVIRONMENT == "test":
    # Hundreds of accounts are made and logged in by the tests; Django's own slow hash is what every other site uses.
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/desk"

# Lock-out by account and source together (GB/T 22239-2019, 8.1.4.1): five failures close the pair for fifteen minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "plumbline.platform.identity.web.locked_out"
AXES_HTTP_RESPONSE_CODE = 429

# A desk session ends after 30 minutes without a request and after 10 hours in any case.
SESSION_IDLE_SECONDS = _whole("PLUMBLINE_SESSION_IDLE_SECONDS", 1800, "秒")
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "plumbline.platform.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if ENVIRONMENT == "production":
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = True  # the trusted proxy says in X-Forwarded-Proto how the browser came
    # Other sites of the government's domain are not ours to bind to HTTPS, nor its domain ours to preload.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Only production collects its files; elsewhere they are served from where they lie.
STATIC_ROOT = DATA_DIR / "static" if ENVIRONMENT == "production" else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT != "production"
# Tests make a client for nearly every request: each would list all static files, were they not looked up when asked for.
WHITENOISE_AUTOREFRESH = ENVIRONMENT == "test"
WHITENOISE_MAX_AGE = 3600

# Where kept files lie: "disk" is the data folder, "s3" an S3-compatible bucket (credentials as boto3 finds them).
FILE_STORE = {
    "kind": os.environ.get("PLUMBLINE_FILE_STORE", "disk"),
    "bucket": os.environ.get("PLUMBLINE_S3_BUCKET", ""),
    "endpoint": os.environ.get("PLUMBLINE_S3_ENDPOINT", ""),
    "region": os.environ.get("PLUMBLINE_S3_REGION", ""),
    "prefix": os.environ.get("PLUMBLINE_S3_PREFIX", ""),
}
if FILE_STORE["kind"] not in {"disk", "s3"}:
    raise SystemExit(f"PLUMBLINE_FILE_STORE 只能是 disk 或 s3，收到的是 {FILE_STORE['kind']}。")
if FILE_STORE["kind"] == "s3" and not FILE_STORE["bucket"]:
    raise SystemExit("PLUMBLINE_FILE_STORE=s3 时要用 PLUMBLINE_S3_BUCKET 指定存储桶。")
# Uploads in parts: the largest recording, what one person may have under way, and for how long it waits to be used.
RECORDING_MAX_BYTES = _whole("PLUMBLINE_RECORDING_MAX_MB", 2048, "MB") * 1024 * 1024
UPLOAD_QUOTA_BYTES = _whole("PLUMBLINE_UPLOAD_QUOTA_MB", 6144, "MB") * 1024 * 1024
UPLOAD_KEEP_DAYS = _whole("PLUMBLINE_UPLOAD_KEEP_DAYS", 7, "天")
UPLOAD_LEAVE_FREE_BYTES = 512 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# A function that the fault tests of the field app name to kill the server at a given point; nothing else may.
FIELD_FAULT_POINT = os.environ.get("PLUMBLINE_FIELD_FAULT_POINT", "") if ENVIRONMENT == "test" else ""

PLUMBLINE_PACKS = list(STANDARD_PACKS)
# Rules that may be tried in a what-if and judge nothing otherwise: import paths of packs.
PLUMBLINE_DRAFT_PACKS = _words("PLUMBLINE_DRAFT_PACKS", "")
PLUMBLINE_DISTRICT = {"code": "420117", "name": "武汉市新洲区", "agency": "AG-XZ-GOV"}
# Within how many working days a reader who reports an error in what is public gets it checked: this platform's own promise.
PLUMBLINE_ANSWER_DAYS = _whole("PLUMBLINE_ANSWER_DAYS", 5, "工作日")
OUTBOX_INLINE = True
# The nightly re-check: whether the worker starts it, and for how many days its snapshots stay in the data folder.
RECHECK_NIGHTLY = _flag("PLUMBLINE_RECHECK_NIGHTLY", ENVIRONMENT != "test")
RECHECK_KEEP_DAYS = _whole("PLUMBLINE_RECHECK_KEEP_DAYS", 7, "天")
PROCRASTINATE_IMPORT_PATHS = ["plumbline.platform.jobs.running"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("PLUMBLINE_LOG_LEVEL", "WARNING")},
}
