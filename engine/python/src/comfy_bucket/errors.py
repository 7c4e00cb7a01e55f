"""What can go wrong. Every message is for the user and says what to do."""


class EngineError(Exception):
    """The engine refused or could not do what it was asked; `code` is the entry of its catalogue."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class EngineUnavailable(EngineError):
    """The engine cannot be started: Java or the jars are missing, or the versions do not fit."""


class EngineDied(EngineError):
    """The engine ended while it was working. The next call starts it again."""


class EngineCancelled(EngineError):
    """The call was cancelled by us."""
