"""A passkey in software: what a browser and its authenticator would say, for tests that need no browser."""

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    """One credential at one host. `verifies=False` is a key that asks neither finger nor pin."""

    def __init__(self, host: str = "localhost", origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.host, self.origin = host, origin
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.owner = ""

    def made(self, options: dict[str, Any]) -> str:
        """Answer to being made: the JSON that the script sends."""
        self.owner = options["publicKey"]["user"]["id"]
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(self._host_hash(), self.flags | ATTESTED, 0, attested)
        attestation = AttestationObject.create("none", data, {})
        return self._says(options, "webauthn.create", attestationObject=websafe_encode(attestation))

    def used(self, options: dict[str, Any], **changes: str) -> str:
        """Answer to being used: the JSON that the script sends; `changes` overrule parts of it."""
        data = AuthenticatorData.create(self._host_hash(), self.flags, 1)
        client = self._client(options, "webauthn.get")
        signature = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
            **changes,
        }
        return self._says(options, "webauthn.get", **parts)

    def _host_hash(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _client(self, options: dict[str, Any], kind: str) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _says(self, options: dict[str, Any], kind: str, **parts: str) -> str:
        response = {"clientDataJSON": websafe_encode(self._client(options, kind)), **parts}
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
        )
