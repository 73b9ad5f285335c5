/* libc, 64-bit arithmetic that 32-bit processors do in software, floating point, and a call back into Rust. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t (*callback)(uint64_t);

int describe(char *into, size_t size, uint64_t value, callback twice) {
    double root = sqrt((double)value);
    uint64_t rest = twice(value) % 1000003u;
    return snprintf(into, size, "%" PRIu64 " root %.4f rest %" PRIu64 " length %u", value, root, rest, (unsigned)strlen("arsenal"));
}
