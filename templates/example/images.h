/* SPDX-License-Identifier: Apache-2.0 */
/* Where the example's images come from; one of the files images_*.c. */
#ifndef IMAGES_H
#define IMAGES_H

#include "product.h"

/* Puts the next image into the network's inputs. Returns 0 where there are no more. */
int images_next(product_context *context);

#endif
