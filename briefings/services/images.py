"""Pictures: checked by what they hold, encoded anew, kept once."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps

from accounts.models import User
from briefings.errors import BriefingRefused
from briefings.models import Image

LARGEST: Final = 8_000_000  # bytes
LONGEST_SIDE: Final = 2000  # pixels
MOST_PIXELS: Final = 40_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE: Final = "image/webp"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as it will be served."""

    data: bytes
    width: int
    height: int


def encode(data: bytes) -> Picture:
    """That picture as WebP, upright, at most 2,000 pixels a side, with nothing in it but what one sees.

    Raises BriefingRefused for anything but a JPEG, PNG or WebP of at most 8 MB and 40 million pixels.
    """
    check_size(len(data))
    try:
        with Pillow.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_many_pixels()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow's readers raise for broken files
        raise BriefingRefused(_("This is no JPEG, PNG or WebP image that can be read."), field="image_file") from error
    target = io.BytesIO()
    seen.save(target, "WEBP", quality=85)
    return Picture(data=target.getvalue(), width=seen.width, height=seen.height)


def check_size(size: int) -> None:
    """Raise BriefingRefused for more bytes than an image may have."""
    if size > LARGEST:
        raise BriefingRefused(_("An image has at most 8 MB."), field="image_file")


@transaction.atomic
def keep_image(picture: Picture, *, by: User) -> Image:
    """That picture's record; the same one is kept once."""
    digest = hashlib.sha256(picture.data).hexdigest()
    values = {"data": picture.data, "media_type": MEDIA_TYPE, "width": picture.width, "height": picture.height}
    return Image.objects.get_or_create(sha256=digest, defaults=values | {"recorded_by": by})[0]


def _too_many_pixels() -> BriefingRefused:
    return BriefingRefused(_("An image has at most 40 million pixels."), field="image_file")
