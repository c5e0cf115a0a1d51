/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Every kernel of the registry as a function of its own: proves that each line's header defines the
 * function with the type that its contract declares, and shows its size with parameters that are
 * not literals. every_kernel.h is generated: one #include for each line of kernels.inc.
 */

#include "every_kernel.h"

#define FXK_KERNEL(operator, type, variant, feature, header, function)                             \
    extern fxk_##operator##_##type##_fn *const address_of_##function;                              \
    fxk_##operator##_##type##_fn *const address_of_##function = function;
#include "kernels.inc"
