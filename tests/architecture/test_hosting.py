"""The image, its settings and the script that tries its steps say the same."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import yaml

from sim import __version__

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["page"]
INSTALL = (ROOT / "deploy" / "install.sh").read_text(encoding="utf-8")


def test_image_and_script_take_the_same_steps() -> None:
    assert "RUN sh deploy/install.sh /source /opt/peerstay" in DOCKERFILE
    assert 'sh "$away/source/deploy/install.sh"' in (ROOT / ".ci" / "image").read_text(encoding="utf-8")


def test_the_image_has_every_extra_but_the_names_of_all() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (named,) = re.findall(r"\$wheel\[([a-z,]+)\]", INSTALL)
    assert set(named.split(",")) == project["optional-dependencies"].keys() - {"all"}


def test_the_server_is_nobody_and_its_root_is_not_written() -> None:
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER") < DOCKERFILE.index("ENTRYPOINT")
    assert "HEALTHCHECK" in DOCKERFILE
    assert COMPOSE["read_only"] is True
    assert COMPOSE["cap_drop"] == ["ALL"]
    assert COMPOSE["tmpfs"][0].startswith("/tmp:")
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["ports"])
    assert COMPOSE["image"] == f"peerstay:{__version__}"
    assert f"peerstay:{__version__}" in (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


class Page(http.server.BaseHTTPRequestHandler):
    """A page that is served below /peers alone."""

    def do_GET(self) -> None:  # as http.server calls it
        found = self.path == "/peers/_stcore/health"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(b"ok" if found else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_health_check_asks_below_the_path_of_the_server() -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    codes = []
    for path in ("peers", "/peers/", ""):
        environment = {"PEERSTAY_PORT": str(server.server_port), "STREAMLIT_SERVER_BASE_URL_PATH": path}
        command = [sys.executable, str(ROOT / "deploy" / "health.py")]
        codes.append(subprocess.run(command, env=environment, capture_output=True, check=False).returncode)
    server.shutdown()
    server.server_close()
    assert codes == [0, 0, 1]
