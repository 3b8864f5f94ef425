"""Twilio's own client library, asked what it would send and how it would sign. Reads JSON, writes JSON."""

import json
import sys

from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client


class Recorder(HttpClient):
    """Sends nothing; keeps what would be sent."""

    def request(self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, allow_redirects=False):
        self.last = {"method": method, "url": url, "data": data, "auth": auth}
        return Response(201, "{}")


asked = json.load(sys.stdin)
if asked["do"] == "sign":
    answer = RequestValidator(asked["secret"]).compute_signature(asked["url"], asked["fields"])
else:
    recorder = Recorder()
    client = Client(asked["account"], asked["secret"], http_client=recorder)
    resource = client.messages if asked["do"] == "text" else client.calls
    try:
        resource.create(**asked["with"])
    except (TwilioException, KeyError, TypeError):
        pass  # The recorder's empty answer is no message; what was sent is all that counts.
    answer = recorder.last
json.dump(answer, sys.stdout)
