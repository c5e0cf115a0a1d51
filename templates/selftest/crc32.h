/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32 of IEEE 802.3 (polynomial 0x04C11DB7, reflected), the one of zlib and Ethernet. */
#ifndef CRC32_H
#define CRC32_H

#include <stdint.h>

/* Goes on from an earlier CRC; 0 starts a new one. */
uint32_t crc32_update(uint32_t crc, const uint8_t *bytes, uint32_t count);

static inline uint32_t crc32_of(const uint8_t *bytes, uint32_t count)
{
    return crc32_update(0, bytes, count);
}

#endif
