import base64
import hashlib
import hmac
import os
import sys
import time


def verify(headers, body: bytes, secret: str) -> bool:
    """Whether the payment server sent this body, within the last five minutes."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
    # While a secret is replaced, an event has a signature of each.
    return any(hmac.compare_digest(expected, each.encode()) for each in signatures.split(" "))


if __name__ == "__main__":
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    received = dict(zip(names, sys.argv[1:]))
    sys.exit(0 if verify(received, sys.stdin.buffer.read(), os.environ["EVENT_SECRET"]) else 1)
