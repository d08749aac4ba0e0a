"""Releases as GitHub serves them, from a folder on this machine."""

import hashlib
import http.server
import tarfile
import threading
from pathlib import Path


class Releases:
    """A server of release files, which also counts what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, []
        folder.mkdir()
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments: object) -> None:
                super().__init__(*arguments, directory=str(folder))

            def do_GET(self) -> None:
                asked.append(self.path)
                if self.path.startswith("/v5"):
                    self.send_error(403)
                else:
                    super().do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def make(self, version: str, target: str, binary: Path, commit: str) -> Path:
        """A release with one binary, as .github/workflows/release.yml makes it; gives its folder."""
        folder = self.folder / f"v{version}"
        folder.mkdir()
        archive = folder / f"requestlint-{target}.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(binary, "requestlint")
        (folder / "COMMIT").write_text(commit + "\n")
        self.sums(folder)
        return folder

    @staticmethod
    def sums(folder: Path) -> None:
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
            for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"
        ]
        (folder / "SHA256SUMS").write_text("".join(lines))
