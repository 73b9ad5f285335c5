/* Where a library begins. */
typedef void (*procedure)(void);
typedef int (*function)(void);
extern procedure __xc_a, __xc_z;
extern function __xi_a, __xi_z;
int _initterm_e(function *, function *);
void _initterm(procedure *, procedure *);
int __stdcall _DllMainCRTStartup(void *module, unsigned long reason, void *reserved) {
    (void)module, (void)reserved;
    if (reason == 1) {
        _initterm_e(&__xi_a, &__xi_z);
        _initterm(&__xc_a, &__xc_z);
    }
    return 1;
}
