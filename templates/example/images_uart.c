/* SPDX-License-Identifier: Apache-2.0 */
/* Images from the serial line, in frames as selftest/frame.h has them. The first byte of a content is its kind:
     1  a piece of an image: its offset (4 bytes, little-endian), then 1 to 256 bytes of the image;
     2  no more images.
   Every piece but an image's last is answered by the line "next offset=N": the offset at which the next one must
   begin. The last is answered by the decisions, which end with "done". The sender waits for the answer, since the
   board reads nothing while it computes or prints, and sends a piece again if none comes. Offset 0 begins anew. */
#include <string.h>

#include "frame.h"
#include "images.h"
#include "print.h"

#define KIND_PIECE 1u
#define KIND_END 2u
#define PIECE_HEADER 5u

static uint8_t image[PRODUCT_IMAGE_BYTES];
static uint8_t content[FRAME_MOST + 4u];

static uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* How much of the image is there after this piece. */
static uint32_t take_piece(uint32_t filled, uint32_t count)
{
    const uint32_t offset = get32(&content[1]);
    const uint32_t bytes = count - PIECE_HEADER;

    if (offset == 0) {
        filled = 0;
    }
    if (offset != filled || bytes > PRODUCT_IMAGE_BYTES - filled) {
        return filled;
    }
    memcpy(&image[filled], &content[PIECE_HEADER], bytes);
    return filled + bytes;
}

int images_next(product_context *context)
{
    uint32_t filled = 0;

    while (filled < PRODUCT_IMAGE_BYTES) {
        const uint32_t count = frame_receive(content);
        if (content[0] == KIND_END && count == 1u) {
            return 0;
        }
        if (content[0] == KIND_PIECE && count > PIECE_HEADER) {
            filled = take_piece(filled, count);
        }
        if (filled < PRODUCT_IMAGE_BYTES) {
            print_text("next offset=");
            print_decimal(filled);
            print_text("\n");
        }
    }
    product_set_image(context, image);
    return 1;
}
