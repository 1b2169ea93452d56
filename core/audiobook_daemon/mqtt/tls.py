"""The encryption of the connection."""

from __future__ import annotations

import ssl

from audiobook_daemon.mqtt.settings import Tls


class _TellingSocket(ssl.SSLSocket):
    """Remembers why it broke: a broker that wants a certificate of ours says so only after the handshake."""

    failure: ssl.SSLError | None = None

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        try:
            return super().recv(buflen, flags)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            self.failure = error
            raise


def failure(opened: object) -> ssl.SSLError | None:
    """Return what broke the encryption of a socket, if it has one and it broke."""
    inner = getattr(opened, "_socket", opened)
    return inner.failure if isinstance(inner, _TellingSocket) else None


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
    context.sslsocket_class = _TellingSocket
    context.check_hostname = settings.check_host_name
    return context
