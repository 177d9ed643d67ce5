"""The learner's workspace: the directory where answers, captures and progress live.

It is `--workspace`, else TUTOR_WORKSPACE, else a directory of the user's data. Nothing here ever overwrites
what the learner has made. (platformdirs knows more systems than these three, but importing it alone would
take a fifth of the time that `tutor check` has.)
"""

import os
import sys

from lesson_engine.messages import Message


class WorkspaceError(OSError):
    """The workspace, or a file in it, cannot be used; `message` says which and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Workspace:
    """A workspace directory; it is made when something is first written."""

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(os.path.expanduser(path))

    @property
    def answers(self) -> str:
        """The directory of answer files."""
        return os.path.join(self.path, "answers")

    @property
    def captures(self) -> str:
        """The directory of captures that exercises are about."""
        return os.path.join(self.path, "captures")

    @property
    def notebooks(self) -> str:
        """The directory of the learner's copies of the lessons."""
        return os.path.join(self.path, "notebooks")

    @property
    def progress(self) -> str:
        """The progress store's file."""
        return os.path.join(self.path, "progress.sqlite3")

    def make(self, directory: str) -> None:
        """Makes `directory` (of this workspace). Raises WorkspaceError."""
        try:
            os.makedirs(directory, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(Message("course.workspace", path=directory, fault=error.strerror)) from error

    def add(self, path: str, content: bytes) -> bool:
        """Writes `content` to a new file and returns True; a file that is there already is left as it is (False).

        Raises WorkspaceError if it cannot be written; then no half-written file stays.
        """
        if os.path.lexists(path):
            return False
        self.make(os.path.dirname(path))
        # A killed process may have left one behind, so no name is used twice.
        partial = f"{path}.{os.urandom(6).hex()}.partial"
        try:
            with open(partial, "xb") as file:
                file.write(content)
            # A link, unlike a rename, never replaces a file that has come meanwhile.
            _publish(partial, path)
        except FileExistsError:
            return False
        except OSError as error:
            raise WorkspaceError(Message("course.cannot_write", path=path, fault=error.strerror)) from error
        finally:
            if os.path.lexists(partial):
                os.unlink(partial)
        return True

    def replace(self, path: str, content: bytes) -> None:
        """Puts `content` into the place of a file that is there, all of it or nothing. Raises WorkspaceError."""
        # Through a link to the file that it names, as an editor would write it.
        path = os.path.realpath(path)
        partial = f"{path}.{os.getpid()}.partial"
        try:
            with open(partial, "xb") as file:
                file.write(content)
            os.replace(partial, path)
        except OSError as error:
            raise WorkspaceError(Message("course.cannot_write", path=path, fault=error.strerror)) from error
        finally:
            if os.path.lexists(partial):
                os.unlink(partial)


def workspace_path(environment: "os._Environ[str] | dict[str, str]") -> str:
    """Where the workspace is when --workspace does not say."""
    chosen = environment.get("TUTOR_WORKSPACE")
    if chosen:
        return chosen
    if sys.platform == "win32":
        return os.path.join(environment.get("LOCALAPPDATA", os.path.expanduser("~")), "tutor")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/tutor")
    data = environment.get("XDG_DATA_HOME", "")
    # The XDG base directory specification: relative paths in it are to be ignored.
    return os.path.join(data if os.path.isabs(data) else os.path.expanduser("~/.local/share"), "tutor")


def _publish(partial: str, path: str) -> None:
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(partial, path)
