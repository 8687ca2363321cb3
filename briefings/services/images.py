"""Pictures: checked by what they hold, encoded anew, kept once."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageOps, UnidentifiedImageError

from accounts.models import User
from briefings.errors import BriefingRefused
from briefings.models import Image

LARGEST: Final = 8_000_000  # bytes
LONGEST_SIDE: Final = 2000  # pixels
MOST_PIXELS: Final = 40_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")


@transaction.atomic
def keep_image(data: bytes, *, by: User) -> Image:
    """That picture as it will be served: at most 2,000 pixels a side, without its metadata; the same one is kept once.

    Raises BriefingRefused for anything but a JPEG, PNG or WebP of at most 8 MB and 40 million pixels.
    """
    encoded, width, height = _encoded(data)
    digest = hashlib.sha256(encoded).hexdigest()
    values = {"data": encoded, "media_type": "image/webp", "width": width, "height": height, "recorded_by": by}
    return Image.objects.get_or_create(sha256=digest, defaults=values)[0]


def _encoded(data: bytes) -> tuple[bytes, int, int]:
    if len(data) > LARGEST:
        raise BriefingRefused(_("An image has at most 8 MB."), field="image_file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Picture.DecompressionBombWarning)
            with Picture.open(io.BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BriefingRefused(_("An image has at most 40 million pixels."), field="image_file")
                upright = ImageOps.exif_transpose(picture).convert("RGB" if picture.mode != "RGBA" else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Picture.DecompressionBombWarning) as error:
        raise BriefingRefused(_("This is no JPEG, PNG or WebP image that can be read."), field="image_file") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = io.BytesIO()
    upright.save(target, "WEBP", quality=85)
    return target.getvalue(), upright.width, upright.height
