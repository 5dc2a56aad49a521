"""Certificates of every sort, and the one authority that the crawler trusts."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Pair:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def write(self, path: Path) -> Path:
        """Both as one PEM file."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(self.public() + key)
        return path

    def public(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def make(
    name: str,
    places: Sequence[str],
    by: Pair | None = None,
    *,
    days: tuple[int, int] = (-3, 3),
    authority: bool = False,
) -> Pair:
    """A certificate for some hosts; signed by itself without ``by``."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    at = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(
        issuer_name=by.certificate.subject if by else subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at + days[0] * DAY,
        not_valid_after=at + days[1] * DAY,
    ).add_extension(x509.BasicConstraints(authority, None), critical=True)
    if places:
        named = x509.SubjectAlternativeName([_general(place) for place in places])
        builder = builder.add_extension(named, critical=False)
    return Pair(builder.sign(by.key if by else key, hashes.SHA256()), key)


def _general(place: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(place))
    except ValueError:
        return x509.DNSName(place)


def contexts(
    folder: Path, places: Sequence[str]
) -> tuple[dict[str, ssl.SSLContext], bytes]:
    """A server's side for each sort of certificate, and what a client may trust."""
    root = make("Prøverod", [], authority=True)
    sorts = {
        "good": make("good", places, root),
        "expired": make("expired", places, root, days=(-9, -1)),
        "future": make("future", places, root, days=(2, 9)),
        "wrong-name": make("wrong", ["other.example"], root),
        "nameless": make("127.1.0.1", [], root),
        "self-signed": make("self", places),
        "unknown-root": make("stranger", places, make("Fremmed", [], authority=True)),
        "no-cipher": make("open", places, root),
    }
    made = {}
    for sort, pair in sorts.items():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair.write(folder / f"{sort}.pem"))
        made[sort] = context
    made["no-cipher"].set_ciphers("eNULL:@SECLEVEL=0")
    made["no-cipher"].maximum_version = ssl.TLSVersion.TLSv1_2
    return made, root.public()
