"""An authority of these tests' own, and a program that asks it: what TRENZA_HUB_CERTIFIER names."""

import stat
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from trenza.core import clock

DAY = timedelta(days=1)


class Authority:
    """It signs whatever it is asked, for 90 days from yesterday."""

    def __init__(self) -> None:
        self._key = generate_private_key(SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Authority of a test")])
        self._own = self._sign(
            name, name, self._key.public_key(), [], clock.now() - 300 * DAY, clock.now() + 3_000 * DAY
        )

    @property
    def pem(self) -> str:
        return self._own.public_bytes(Encoding.PEM).decode()

    def certify(self, request: bytes, *, hosts: Sequence[str] | None = None, days: int = 90, ago: int = 1) -> str:
        """The certificate for a request (PEM or DER), and nothing else."""
        asked = (x509.load_pem_x509_csr if request.startswith(b"-----") else x509.load_der_x509_csr)(request)
        names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        starts = clock.now() - ago * DAY
        made = self._sign(
            x509.Name([]), self._own.subject, asked.public_key(),
            hosts or names.get_values_for_type(x509.DNSName), starts, starts + days * DAY,
        )  # fmt: skip
        return made.public_bytes(Encoding.PEM).decode()

    def _sign(self, subject, issuer, key, hosts: Sequence[str], starts: datetime, ends: datetime) -> x509.Certificate:
        builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), starts, ends)
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        constraint = x509.BasicConstraints(ca=not hosts, path_length=None)
        builder = builder.add_extension(constraint, critical=True)
        return (builder.add_extension(names, critical=False) if hosts else builder).sign(self._key, hashes.SHA256())


def program(folder: Path, printed: str, *, code: int = 0) -> str:
    """A certifier that prints this, and keeps what it was asked beside it."""
    path = folder / "certifier"
    (folder / "printed").write_text(printed)
    path.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nhere = pathlib.Path(__file__).parent\n"
        "(here / 'asked').write_bytes(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "(here / 'host').write_text(sys.argv[2])\n"
        f"print((here / 'printed').read_text(), end='')\nsys.exit({code})\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)
