/* SPDX-License-Identifier: Apache-2.0 */
/* Images from a buffer: the inputs of vectors/vectors.c, one after the other. They are codes already. */
#include <string.h>

#include "images.h"
#include "selftest.h"

int images_next(product_context *context)
{
    static uint32_t next;
    const selftest_plan *plan = &selftest_expected;
    uint32_t port;

    if (next == plan->vectors) {
        return 0;
    }
    for (port = 0; port < plan->inputs; port++) {
        const selftest_area *area = &plan->input_areas[port];
        memcpy(&context->arena[area->offset], plan->input_bytes[next * plan->inputs + port], area->bytes);
    }
    next++;
    return 1;
}
