/* SPDX-License-Identifier: Apache-2.0 */
/* The core has no caches of its own, or they stay off. */
#include "parts.h"

void caches_init(void)
{
}
