/* Where a program begins. Rust reads its arguments from the system itself. */
typedef void (*procedure)(void);
typedef int (*function)(void);
extern procedure __xc_a, __xc_z;
extern function __xi_a, __xi_z;
int _initterm_e(function *, function *);
void _initterm(procedure *, procedure *);
__declspec(noreturn) void exit(int);
int main(int, char **, char **);
void mainCRTStartup(void) {
    static char *none[1];
    _initterm_e(&__xi_a, &__xi_z);
    _initterm(&__xc_a, &__xc_z);
    exit(main(0, none, none));
}
