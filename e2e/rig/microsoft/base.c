/* What every program and library of Microsoft's ABI is linked with: thread-local storage, the lists of initialisers, the stack cookie. */
typedef void (*procedure)(void);
typedef int (*function)(void);
#pragma section(".CRT$XIA", long, read)
#pragma section(".CRT$XIZ", long, read)
#pragma section(".CRT$XCA", long, read)
#pragma section(".CRT$XCZ", long, read)
#pragma section(".CRT$XLA", long, read)
#pragma section(".CRT$XLZ", long, read)
#pragma section(".rdata$T", long, read)
__declspec(allocate(".CRT$XIA")) function __xi_a = 0;
__declspec(allocate(".CRT$XIZ")) function __xi_z = 0;
__declspec(allocate(".CRT$XCA")) procedure __xc_a = 0;
__declspec(allocate(".CRT$XCZ")) procedure __xc_z = 0;
__declspec(allocate(".CRT$XLA")) void *__xl_a = 0;
__declspec(allocate(".CRT$XLZ")) void *__xl_z = 0;
unsigned _tls_index = 0;
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
struct directory { void *start, *end; unsigned *index; void **callbacks; unsigned fill, flags; };
__declspec(allocate(".rdata$T")) const struct directory _tls_used = { &_tls_start, &_tls_end, &_tls_index, &__xl_a + 1, 0, 0 };
int _fltused = 0x9875;
unsigned __int64 __security_cookie = 0x2b992ddf;
void __security_check_cookie(unsigned __int64 cookie) { (void)cookie; }
void __security_push_cookie(void) {}
void __security_pop_cookie(void) {}
void __GSHandlerCheck(void) {}
int _crt_atexit(procedure);
int atexit(procedure at) { return _crt_atexit(at); }
