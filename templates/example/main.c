/* SPDX-License-Identifier: Apache-2.0 */
/* A product in small: tests itself, then turns images into decisions. Take it as a beginning of your own. */
#include "board.h"
#include "decisions.h"
#include "images.h"
#include "print.h"
#include "product.h"
#include "stack.h"

/* Static, so that the linker counts it; by its name the linker script finds the fastest memory for it. */
static product_context context;

static void print_result(const char *what, uint32_t result)
{
    print_text(what);
    print_decimal(result);
    print_text("\n");
}

int main(void)
{
    uint32_t image = 0;
    uint32_t result;

    board_init();
    stack_paint(stack_pointer());
    product_init(&context);
    result = (uint32_t)product_selftest(&context);
    print_result("\nselftest result=", result);
    if (result != 0) {
        /* A product does here what is safe. */
        return 1;
    }
    while (images_next(&context)) {
        product_run(&context);
        decisions_step(&context, image);
        print_result("done image=", image);
        image++;
    }
    stack_measure();
    stack_print();
    return 0;
}
