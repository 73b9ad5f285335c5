#include "native.h"
#include <stdlib.h>
#ifdef _WIN32
#include <Windows.h>
#include <PowrProf.h>
#endif

size_t native_size(void) { return sizeof(native_record); }
#ifdef HAVE_STRTOLL
int64_t native_parse(const char *text) { return strtoll(text, NULL, 10); }
#endif
const char *native_system(void) { return NATIVE_SYSTEM; }
