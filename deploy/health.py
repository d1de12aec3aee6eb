"""Whether the page answers here: exit 0 or 1. Port and path are those of the server."""

import os
import sys
import urllib.request

port = os.environ.get("PEERSTAY_PORT", "8501")
path = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
address = "/".join(part for part in (f"http://127.0.0.1:{port}", path, "_stcore/health") if part)
try:
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  # our own address
        sys.exit(answer.read() != b"ok")
except OSError as fault:
    sys.exit(f"{address}: {fault}")
