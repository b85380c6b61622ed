"""A mail server for the tests: aiosmtpd, with faults chosen by the recipient's name.

later...   451 at the first try, accepted at the next       never...  550
busy...    451 at every try                                 lost...   takes the mail, and drops the line before it says so
hang...    takes the mail, and never answers

Prints a line of JSON when it listens, and one for each mail it has taken.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl

from aiosmtpd.smtp import SMTP


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    def __init__(self):
        self.tried = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("never"):
            return f"550 5.1.1 <{address}> no such user"
        if address.startswith("busy"):
            return "451 4.3.2 busy"
        if address.startswith("later") and address not in self.tried:
            self.tried.add(address)
            return "451 4.7.1 greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(to=envelope.rcpt_tos[0], messageId=mail["Message-ID"], subject=mail["Subject"], text=mail.get_content(),
            auto=mail["Auto-Submitted"], sender=str(mail["From"]), encrypted=session.ssl is not None)
        if envelope.rcpt_tos[0].startswith("lost"):
            server.transport.abort()
        if envelope.rcpt_tos[0].startswith("hang"):
            await asyncio.sleep(3600)
        return "250 OK"


async def serve(port, context):
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="mail.test", tls_context=context, require_starttls=context is not None), "127.0.0.1", port)
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, default=0)
arguments.add_argument("--certificate")
arguments.add_argument("--key")
given = arguments.parse_args()
tls = None
if given.certificate:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(given.certificate, given.key)
asyncio.run(serve(given.port, tls))
