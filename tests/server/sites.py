"""nginx before instances of the dashboard, as docs/server/nginx.conf has it."""

import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from instances import Instance, free_port
from machine import needed
from playwright.sync_api import Browser, Playwright
from watched_tab import FLAGS

NAME = "drive.example.org"
EXAMPLE = Path(__file__).parents[2] / "docs" / "server" / "nginx.conf"


@dataclass
class Site:
    """nginx and what is behind it. `port` is that of TLS."""

    port: int
    instances: list[Instance]
    certificate: Path

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    def ask(self, path: str, **headers: str) -> httpx.Response:
        """What nginx answers for its name."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        with httpx.Client(verify=trusted, timeout=60) as client:
            return client.get(
                f"https://127.0.0.1:{self.port}{path}",
                headers={"host": f"{NAME}:{self.port}", **headers},
                extensions={"sni_hostname": NAME},
            )


@contextmanager
def behind_nginx(folder: Path, port: int, instances: list[Instance]) -> Iterator[Site]:
    """The example's nginx before these instances."""
    nginx = needed("nginx", "nginx-light", also_in="/usr/sbin")
    certificate = _certificate(folder)
    (folder / "nginx.conf").write_text(_here(EXAMPLE.read_text(), folder, port, instances))
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True)
    running = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        site = Site(port, instances, certificate)
        _wait(site)
        yield site
    finally:
        running.terminate()
        running.wait(20)


def a_browser(playwright: Playwright) -> Browser:
    """Chromium that finds the site by its name."""
    return playwright.chromium.launch(
        executable_path=needed("chromium", "chromium"),
        args=[*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
    )


def _here(text: str, folder: Path, port: int, instances: list[Instance]) -> str:
    """The example with this test's ports and files in place of the office's; nothing else."""
    changes = {
        "pid /run/nginx.pid": f"pid {folder}/nginx.pid",
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "/etc/ssl/drive/": f"{folder}/",
        "127.0.0.1:8501": f"127.0.0.1:{instances[0].port}",
        "127.0.0.1:8502": f"127.0.0.1:{instances[1].port}",
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def _certificate(folder: Path) -> Path:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "certificate.pem"


def _wait(site: Site) -> None:
    for _ in range(100):
        try:
            site.ask("/drive/")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("nginx does not answer.")
