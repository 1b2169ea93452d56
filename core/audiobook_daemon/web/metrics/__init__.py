"""Figures for Prometheus; the only room that knows prometheus-client, which is loaded when somebody asks first."""

from audiobook_daemon.web.metrics.answer import Metrics

__all__ = ["Metrics"]
