/* SPDX-License-Identifier: Apache-2.0 */

/* The rows of test-fixtures/arith/requantize.csv, with which the Java side is tested, too. */

#include "tests.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "fxk/fxk_arith.h"

void test_requantize_vectors(const char *path)
{
    char line[128];
    size_t rows = 0;
    FILE *const file = fopen(path, "r");
    check_case("requantize.csv");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        printf("cannot read %s\n", path);
        exit(2);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        int32_t acc;
        int32_t multiplier;
        int32_t shift;
        int32_t expected;
        rows++;
        check_equal(sscanf(line, "%" SCNd32 ",%" SCNd32 ",%" SCNd32 ",%" SCNd32, &acc, &multiplier,
                           &shift, &expected),
                    4, "fields in row", rows);
        check_equal(fxk_requantize(acc, multiplier, shift), expected, "row", rows);
    }
    fclose(file);
    check_equal(rows > 1000, 1, "more than 1,000 rows", rows);
}
