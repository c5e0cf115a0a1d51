/* SPDX-License-Identifier: Apache-2.0 */
/* What the network's answers mean for the product. */
#ifndef DECISIONS_H
#define DECISIONS_H

#include <stdint.h>

#include "product.h"

/* After each run. Prints a line for each decision that has changed, and one for each value:
     begins image=N task=NAME probability_q15=P      an occurrence, after some images in a row
     ends image=N task=NAME probability_q15=P
     class image=N task=NAME class=C                 another class has won some images in a row
     value image=N task=NAME value_q16=V,V...        an intensity or a regression, each channel, every image
   Of a task that has answers at every position of a map, the first position's. */
void decisions_step(const product_context *context, uint32_t image);

#endif
