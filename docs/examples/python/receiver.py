# WEBHOOK_SECRET=whsec_… python3 docs/examples/python/receiver.py
import base64
import hashlib
import hmac
import json
import os
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
BODY_MAX = 1_000_000
SECRETS = os.environ.get("WEBHOOK_SECRET", "").split()
# Ids that were handled: the same one may come again. A real shop keeps them in its database.
handled = set()


def verify(body, headers, secrets):
    """The message of a genuine webhook, or None. `body` is the request's body as it arrived, bytes: loading and dumping
    it again would change it. `secrets`: one, or several while one is being replaced."""
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch(r"[0-9]+", timestamp) or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return None
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        for given in headers.get("webhook-signature", "").split(" "):
            if hmac.compare_digest(expected, given.encode()):
                return json.loads(body)
    return None


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_MAX:
            return self.answer(413)
        message = verify(self.rfile.read(length), self.headers, SECRETS)
        if message is None:
            return self.answer(400)
        webhook_id = self.headers["webhook-id"]
        if webhook_id not in handled:
            order = message.get("data", {}).get("order") or {}
            print(f'{message["type"]} {order.get("id")} {order.get("amount")} {order.get("currency")}', flush=True)
            # order.paid: keep that the goods are to be delivered, once, if amount and currency are what you asked for.
            handled.add(webhook_id)
        # Only now: what is answered is not sent again, so answer when it is kept.
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if not SECRETS:
        raise SystemExit("WEBHOOK_SECRET is missing")
    port = int(os.environ.get("PORT", "8787"))
    print(f"listening on http://localhost:{port}/webhook", flush=True)
    ThreadingHTTPServer(("localhost", port), Receiver).serve_forever()
