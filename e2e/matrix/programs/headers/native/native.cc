#include "native.h"

extern "C" int native_longest(int a, int b) { return a < b ? b : a; }
