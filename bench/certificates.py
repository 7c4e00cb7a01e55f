"""A certificate for a store of the benchmarks that speaks TLS."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12


@dataclass(frozen=True)
class Certificate:
    """Files of one certificate."""

    authority: Path
    """In PEM, for clients to trust."""
    keys: Path
    """With its private key, as PKCS #12 for the server."""
    password: str


def self_signed(folder: Path) -> Certificate:
    """For 127.0.0.1, valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "comfy-bucket bench")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / "authority.pem", folder / "keys.p12", secrets.token_hex(16))
    made.authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encryption = serialization.BestAvailableEncryption(made.password.encode())
    made.keys.write_bytes(pkcs12.serialize_key_and_certificates(b"bench", key, certificate, None, encryption))
    return made
