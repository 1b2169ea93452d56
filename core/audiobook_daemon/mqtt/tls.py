"""The encryption of the connection."""

from __future__ import annotations

import ssl

from audiobook_daemon.mqtt.settings import Tls


class _ClosingSocket(ssl.SSLSocket):
    """Closes itself when the handshake fails; paho would leave that to the garbage collector."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except BaseException:
            self.close()
            raise


def tls_context(settings: Tls) -> ssl.SSLContext:
    """Read the certificates and return the context (reads files: call it in a thread); raises OSError.

    Certificates made at home often lack a key usage, which Python 3.13 would refuse; a CA file of one's own
    is therefore read less strictly. Everything else is checked as usual.
    """
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
        if settings.cert_file:
            context.load_cert_chain(settings.cert_file, settings.key_file)
    except OSError as error:
        named = ", ".join(name for name in (settings.ca_file, settings.cert_file, settings.key_file) if name)
        raise OSError(f"cannot read the certificate files {named}: {error}") from error
    if settings.ca_file:
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.sslsocket_class = _ClosingSocket
    context.check_hostname = settings.check_host_name
    return context
