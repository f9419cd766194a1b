"""What an installation may decide for itself, read once from COLLOQUY_ variables or `.env`."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import HttpUrl, PositiveInt, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SECRET_LENGTH = 32
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """One frozen object, handed to `create_app`; nothing else reads the environment."""

    model_config = SettingsConfigDict(env_prefix="COLLOQUY_", env_file=".env", extra="ignore", frozen=True)

    environment: Literal["development", "test", "production"] = "development"
    base_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    database_url: str = f"sqlite:///{ROOT / 'var' / 'colloquy.db'}"
    # where the worker keeps what it has begun: without, a file beside SQLite's, or PostgreSQL's schema "dbos"
    jobs_database_url: str = ""
    secret_key: SecretStr = SecretStr("development-only")
    demo: bool = False

    default_locale: Literal["ar", "en", "es", "fr", "ru", "zh"] = "en"

    sign_in_minutes: PositiveInt = 30
    session_idle_hours: PositiveInt = 24
    session_days: PositiveInt = 30

    mail_from: str = "Colloquy <colloquy@localhost>"
    mail_folder: Path = ROOT / "var" / "mail"
    smtp_host: str = ""
    smtp_port: PositiveInt = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"

    max_body_bytes: PositiveInt = 2 * 1024 * 1024

    @model_validator(mode="after")
    def _production_is_not_a_demo(self) -> Self:
        if self.environment != "production":
            return self
        if len(self.secret_key.get_secret_value()) < SECRET_LENGTH:
            raise ValueError(f"production needs a COLLOQUY_SECRET_KEY of at least {SECRET_LENGTH} characters")
        if self.demo:
            raise ValueError("the demo signs anybody in: it is not for production")
        if self.base_url.scheme != "https" and self.base_url.host not in LOOPBACK:
            raise ValueError("production needs an https COLLOQUY_BASE_URL")
        return self

    @property
    def secure(self) -> bool:
        """Whether cookies can bear the `__Host-` name and the Secure mark."""
        return self.base_url.scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme, host and port of the public address, as a browser writes them."""
        return str(self.base_url).rstrip("/")


@lru_cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
