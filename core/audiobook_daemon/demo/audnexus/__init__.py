"""A stand-in for Audnexus and for the Audible catalogue behind it, one shop for each region."""

from audiobook_daemon.demo.audnexus.server import AudnexusStandIn
from audiobook_daemon.demo.audnexus.shop import ShopPlace, ShopProduct, author_asin, regional_asin, series_asin
from audiobook_daemon.demo.audnexus.stock import demo_products, shop_products

__all__ = [
    "AudnexusStandIn",
    "ShopPlace",
    "ShopProduct",
    "author_asin",
    "demo_products",
    "regional_asin",
    "series_asin",
    "shop_products",
]
