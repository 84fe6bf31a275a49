"""One setting: where its text comes from, how it is parsed, and what is said if it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, overload

PREFIX = "ADMITONE_"

T = TypeVar("T")
Parse = Callable[[str], T]


class ConfigError(Exception):
    """A setting is not acceptable; the text names it and says what is accepted."""


class SettingsBase:
    """The environment at the start of the program. Subclasses declare a `Setting` for each name."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = MappingProxyType(dict(environment))
        self.values: dict[str, Any] = {}  # settings that were read and are valid

    def declared(self) -> list[Setting[Any]]:
        """All settings, in the order of their declaration."""
        return [setting for setting in vars(type(self)).values() if isinstance(setting, Setting)]

    def problems(self) -> list[str]:
        """Check all settings; one sentence for each that is wrong."""
        found = []
        for setting in self.declared():
            try:
                setting.read(self)
            except ConfigError as error:
                found.append(str(error))
        return list(dict.fromkeys(found))  # a default that depends on a wrong setting repeats its error

    def demand_all(self) -> None:
        """Raise ConfigError with one line for each wrong setting."""
        if found := self.problems():
            raise ConfigError("\n".join(found))

    def unknown(self) -> list[str]:
        """Names in the environment that look like settings but are not, mostly typing mistakes."""
        known = {name for setting in self.declared() for name in setting.names()}
        return sorted(name for name in self.environment if name.startswith(PREFIX) and name not in known)


class Setting(Generic[T]):
    """A setting, declared as a class attribute and validated when it is first read.

    So a command validates only the settings that it uses. `default` is a text in the form of the setting, or
    a function of the other settings. `parse`, and `check`, which also sees the other settings, raise
    ValueError with the accepted values, to follow "ADMITONE_X must be". A secret may also be in the file
    `<NAME>_FILE`.
    """

    def __init__(
        self,
        parse: Parse[T],
        default: str | Callable[[Any], T],
        doc: str,
        *,
        default_doc: str | None = None,
        check: Callable[[Any, T], None] | None = None,
        secret: bool = False,
    ) -> None:
        self.parse, self.default, self.check, self.secret = parse, default, check, secret
        self.doc = doc
        self.default_doc = default_doc or (default if isinstance(default, str) else "")

    def __set_name__(self, owner: type, attribute: str) -> None:
        self.name = PREFIX + attribute.upper()

    def names(self) -> list[str]:
        """The environment variables of this setting."""
        return [self.name, f"{self.name}_FILE"] if self.secret else [self.name]

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: SettingsBase, owner: type) -> T: ...
    def __get__(self, settings: SettingsBase | None, owner: type) -> T | Self:
        if settings is None:
            return self
        if self.name not in settings.values:
            settings.values[self.name] = self.read(settings)
        value: T = settings.values[self.name]
        return value

    def __set__(self, settings: SettingsBase, value: T) -> None:
        raise AttributeError(f"{self.name} is read from the environment and does not change")

    def read(self, settings: SettingsBase) -> T:
        """The value; an empty text counts as unset.

        Raises:
            ConfigError: the text is not acceptable.
        """
        text = self._text(settings.environment)
        if text is None:
            if not isinstance(self.default, str):
                return self.default(settings)
            text = self.default
        try:
            value = self.parse(text)
            if self.check:
                self.check(settings, value)
        except ValueError as error:
            raise ConfigError(f"{self.name} must be {error}.") from None
        return value

    def _text(self, environment: Mapping[str, str]) -> str | None:
        text = environment.get(self.name) or None
        file = environment.get(f"{self.name}_FILE") if self.secret else None
        if not file:
            return text
        if text:
            raise ConfigError(f"{self.name} and {self.name}_FILE are both set; set one of them.")
        try:
            text = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            raise ConfigError(f"{self.name}_FILE names {file}, which cannot be read: {reason}.") from None
        if not text:
            raise ConfigError(f"{self.name}_FILE names {file}, which is empty.")
        return text
