"""The servers of the lab: web, database, secure shell and name service, each the real program with its own files.

Each function makes what its daemon needs (keys, certificates and passwords are new every time and vanish with the
lab), starts it on the host the course gives it to, and returns when it listens; called again, it sees to it that the
daemon still runs. Where a program is not installed, a stand-in from `standins` takes its place. They know the stage and
no scenario.

nginx(8), mariadbd(8), sshd_config(5), dnsmasq(8).

>>> DATABASE_LOGIN[0]
'--skip-ssl'
"""

import sys

from lesson_engine.lab import standins
from lesson_engine.lab.namespaces import is_installed
from lesson_engine.lab.stage import USER, Port, Stage
from lesson_engine.lab.topology import FIREWALL

NEEDS_WEB = ("nginx", "openssl")
NEEDS_DATABASE = ("mariadb", "mariadb-install-db", "mariadbd")
NEEDS_SECURE_SHELL = ("ssh", "ssh-keygen", "sshd")
NEEDS_NAMES = ("dnsmasq",)

WEB_NAME = "www.example.com"
DATABASE_NAME = "db.example.com"

_SHORT_LOG = "--innodb-log-file-size=4M"
"""Where the log lies is memory, and its ordinary size is most of what a lab takes."""

EVERY = ("web", "names", "secure_shell", "database")
"""The functions below, by name."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Lab web server</title></head>
<body><p>This page travelled in a packet you can capture.</p></body>
</html>
"""


def web(stage: Stage) -> None:
    """nginx on `web`: ports 80 and 443 with the same files, and PUT below /upload/."""
    if stage.serves("web"):
        return
    if not all(map(is_installed, NEEDS_WEB)):
        _stand_in(stage, "web", "web", (80, "tcp"))
        return
    place = stage.directory("nginx")
    files = stage.directory("nginx/files")
    stage.directory("nginx/files/upload")
    stage.write(f"{files}/index.html", _PAGE)
    # Numbered lines: a learner who follows the stream sees at once which part is missing or came late.
    stage.write(f"{files}/lines.txt", "".join(f"line {number:04} of a longer file\n" for number in range(1, 401)))
    key, certificate = f"{place}/key.pem", f"{place}/certificate.pem"
    stage.run(
        "web",
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"),
        *("-subj", f"/CN={WEB_NAME}", "-addext", f"subjectAltName=DNS:{WEB_NAME}"),
        *("-keyout", key, "-out", certificate),
    )
    temporary = "".join(
        f"{kind}_temp_path {place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = f"""
        daemon off;
        master_process off;
        pid {place}/pid;
        error_log stderr;
        events {{ worker_connections 64; }}
        http {{
            access_log off;
            {temporary}
            types {{ text/html html; text/plain txt; }}
            server {{
                listen 80;
                listen 443 ssl;
                ssl_certificate {certificate};
                ssl_certificate_key {key};
                root {files};
                location /upload/ {{ dav_methods PUT; }}
            }}
        }}
    """
    words = ("-p", place, "-e", "stderr", "-c", stage.write(f"{place}/conf", configuration))
    stage.serve("web", "web", [(443, "tcp")], "nginx", *words)


DATABASE_LOGIN = ("--skip-ssl", "--user=app", "--password=made-for-the-recording", "--database=shop")
"""How the mariadb client logs in; without TLS, so that the capture can be read."""


def database(stage: Stage) -> None:
    """MariaDB on `database`: port 3306, user app, a shop with three products."""
    if stage.serves("database"):
        return
    if not all(map(is_installed, NEEDS_DATABASE)):
        _stand_in(stage, "database", "database", (3306, "tcp"))
        return
    place = stage.directory("mariadb")
    stage.run(
        "database",
        *("mariadb-install-db", "--no-defaults", f"--datadir={place}/data", "--skip-test-db"),
        *("--auth-root-authentication-method=normal", "--skip-name-resolve", _SHORT_LOG),
    )
    # mariadbd takes one statement a line.
    statements = """
        CREATE DATABASE shop;
        CREATE TABLE shop.products (id INT PRIMARY KEY, name VARCHAR(40), price INT);
        INSERT INTO shop.products VALUES (1, 'green tea', 180), (2, 'rice cracker', 240), (3, 'plum candy', 120);
        CREATE USER 'app'@'%' IDENTIFIED BY 'made-for-the-recording';
        GRANT SELECT, UPDATE ON shop.* TO 'app'@'%';
    """
    first = "".join(f"{line.strip()}\n" for line in statements.strip().splitlines())
    stage.serve(
        "database",
        "database",
        [(3306, "tcp")],
        *("mariadbd", "--no-defaults", f"--datadir={place}/data", f"--socket={place}/socket"),
        *(f"--pid-file={place}/pid", f"--init-file={stage.write(f'{place}/first.sql', first)}"),
        *(f"--bind-address={stage.address('database')}", "--port=3306", "--skip-name-resolve"),
        *("--performance-schema=OFF", "--innodb-buffer-pool-size=8M", _SHORT_LOG),
    )


def secure_shell(stage: Stage) -> None:
    """OpenSSH on `database`: port 22; `secure_shell_login` gets in with a key."""
    if stage.serves("secure_shell"):
        return
    if not all(map(is_installed, NEEDS_SECURE_SHELL)):
        _stand_in(stage, "secure_shell", "database", (22, "tcp"))
        return
    place = stage.directory("sshd")
    for name in ("host_key", "user_key"):
        stage.run("database", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", f"{place}/{name}")
    with open(f"{place}/user_key.pub") as key:
        stage.write(f"{place}/authorized_keys", key.read())
    with open(f"{place}/host_key.pub") as key:
        stage.write(f"{place}/known_hosts", f"{stage.address('database')} {key.read()}")
    configuration = f"""
HostKey {place}/host_key
AuthorizedKeysFile {place}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
"""
    # sshd executes itself anew for each connection and therefore insists on its full path.
    path = stage.run("database", "sh", "-c", "command -v sshd").strip()
    words = ("-D", "-e", "-f", stage.write(f"{place}/conf", configuration))
    stage.serve("secure_shell", "database", [(22, "tcp")], path, *words)


def secure_shell_login(stage: Stage, command: str) -> list[str]:
    """The argv of an ssh client that logs in to `database` and runs `command` there."""
    place = "/run/lab/sshd"
    options = ("BatchMode=yes", f"UserKnownHostsFile={place}/known_hosts", f"IdentityFile={place}/user_key")
    return [
        *("ssh", "-F", "none", *(word for option in options for word in ("-o", option))),
        *(f"{USER}@{stage.address('database')}", command),
    ]


def names(stage: Stage) -> None:
    """dnsmasq on the firewall: port 53 over UDP and TCP; it knows two names of example.com and denies the rest."""
    if stage.serves("names"):
        return
    if not all(map(is_installed, NEEDS_NAMES)):
        _stand_in(stage, "names", FIREWALL, (53, "udp"))
        return
    records = ((WEB_NAME, stage.address("web")), (DATABASE_NAME, stage.address("database")))
    stage.serve(
        "names",
        FIREWALL,
        [(53, "tcp"), (53, "udp")],
        *("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file="),
        *("--bind-interfaces", f"--listen-address={stage.address(FIREWALL)}", "--log-facility=-"),
        *(f"--host-record={name},{address}" for name, address in records),
        *("--local=/example.com/", "--local-ttl=300"),
    )


def _stand_in(stage: Stage, name: str, host: str, port: Port) -> None:
    command = (sys.executable, "-I", standins.__file__, name, stage.address(host), str(port[0]))
    stage.serve(name, host, [port], *command, kind="stand-in")


def deaf_web(stage: Stage) -> None:
    """In place of the web server, one that listens and whose socket throws every segment away."""
    stage.withdraw("web")
    command = (sys.executable, "-I", standins.__file__, "deaf", stage.address("web"), "80")
    stage.serve("deaf_web", "web", [(80, "tcp")], *command, kind="fault")
