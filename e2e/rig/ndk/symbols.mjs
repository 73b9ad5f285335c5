/** Which names the stand-in's C library offers: what the C headers declare, and what bionic has beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Mathematics is a library of its own, in bionic as elsewhere. */
const LIBM_HEADERS = ['math.h', 'complex.h', 'fenv.h'];

/** Names of bionic that musl's headers don't declare: its own, those behind its headers' macros, and the doubles for 64-bit files. */
const BIONIC =
  '__errno __sF __assert __assert2 __libc_init __system_property_get __system_property_find __system_property_read_callback __stack_chk_fail ' +
  '__stack_chk_guard __cxa_atexit __cxa_finalize __cxa_thread_atexit_impl __register_atfork __gnu_strerror_r __open_2 __memcpy_chk __memmove_chk __memset_chk __strlen_chk ' +
  '__strcpy_chk __strcat_chk __strchr_chk __strrchr_chk __strncpy_chk __strncpy_chk2 __strncat_chk __strlcpy_chk __strlcat_chk __vsnprintf_chk ' +
  '__vsprintf_chk __read_chk __write_chk __FD_SET_chk __FD_CLR_chk __FD_ISSET_chk __fgets_chk __umask_chk __poll_chk __pread_chk __sched_cpualloc ' +
  '__ctype_get_mb_cur_max __get_h_errno gettid tgkill arc4random arc4random_buf arc4random_uniform android_set_abort_message android_fdsan_exchange_owner_tag ' +
  'android_fdsan_create_owner_tag malloc_usable_size pthread_gettid_np pthread_atfork strtold_l strtoll_l strtoull_l isascii ' +
  'open64 openat64 creat64 lseek64 pread64 pwrite64 preadv64 pwritev64 ftruncate64 truncate64 mmap64 sendfile64 fallocate64 posix_fadvise64 ' +
  'posix_fallocate64 readdir64 readdir64_r scandir64 alphasort64 stat64 lstat64 fstat64 fstatat64 statvfs64 fstatvfs64 statfs64 fstatfs64 ' +
  'getrlimit64 setrlimit64 prlimit64 fgetpos64 fsetpos64 fopen64 freopen64 fseeko64 ftello64 tmpfile64 mkstemp64 mkostemp64 environ ' +
  'stdin stdout stderr optarg optind opterr optopt timezone daylight tzname sys_signame _exit _setjmp _longjmp setjmp sigsetjmp longjmp siglongjmp ' +
  '__isinf __isnan __fpclassify __fpclassifyd __signbit __isfinite __cmsg_nxthdr __progname in6addr_any in6addr_loopback __memchr_chk __memrchr_chk' +
  '';

export const LIBRARIES = {
  'libdl.so': 'dlopen dlsym dlclose dlerror dladdr dl_iterate_phdr dlvsym android_dlopen_ext android_get_application_target_sdk_version'.split(' '),
  'liblog.so': '__android_log_write __android_log_print __android_log_vprint __android_log_assert __android_log_buf_write __android_log_is_loggable'.split(' '),
  'libandroid.so': 'ALooper_forThread ALooper_prepare AAssetManager_open AAsset_read AAsset_close ANativeWindow_fromSurface'.split(' '),
  'libz.so': (
    'adler32 adler32_combine adler32_z compress compress2 compressBound crc32 crc32_combine crc32_z deflate deflateBound deflateCopy deflateEnd deflateInit2_ deflateInit_ ' +
    'deflateParams deflatePending deflatePrime deflateReset deflateSetDictionary deflateSetHeader deflateTune get_crc_table inflate inflateBack inflateBackEnd inflateBackInit_ ' +
    'inflateCopy inflateEnd inflateGetHeader inflateInit2_ inflateInit_ inflateMark inflatePrime inflateReset inflateReset2 inflateSetDictionary inflateSync uncompress ' +
    'uncompress2 zError zlibCompileFlags zlibVersion'
  ).split(' '),
};

/** Names of the C++ library that a small program leaves undefined. */
export const CXX = '_Znwm _Znwj _Znam _Znaj _ZdlPv _ZdaPv _ZdlPvm _ZdlPvj _ZdaPvm _ZdaPvj __cxa_begin_catch __cxa_end_catch __cxa_throw __cxa_allocate_exception __cxa_free_exception __cxa_rethrow __cxa_pure_virtual __cxa_guard_acquire __cxa_guard_release __cxa_guard_abort __gxx_personality_v0 _ZSt9terminatev _ZTVN10__cxxabiv117__class_type_infoE _ZTVN10__cxxabiv120__si_class_type_infoE _ZTISt9exception _ZNSt9exceptionD2Ev _ZNKSt9exception4whatEv'.split(' ');

/** What clang's own runtime holds. Rust brings most of it along. */
export const BUILTINS = '__emutls_get_address __extenddftf2 __trunctfdf2 __floatunsitf __addtf3 __subtf3 __multf3 __divtf3 __clear_cache __cpu_model __popcountdi2'.split(' ');

/** What every unwinder has. */
export const UNWINDER =
  '_Unwind_Backtrace _Unwind_DeleteException _Unwind_FindEnclosingFunction _Unwind_GetCFA _Unwind_GetDataRelBase _Unwind_GetIP _Unwind_GetIPInfo _Unwind_GetLanguageSpecificData _Unwind_GetRegionStart _Unwind_GetTextRelBase _Unwind_RaiseException _Unwind_Resume _Unwind_Resume_or_Rethrow _Unwind_SetGR _Unwind_SetIP _Unwind_GetGR _Unwind_ForcedUnwind _Unwind_VRS_Get _Unwind_VRS_Set _Unwind_Complete __gnu_unwind_frame __aeabi_unwind_cpp_pr0 __aeabi_unwind_cpp_pr1 __aeabi_unwind_cpp_pr2'.split(' ');

/** Names that the headers of a folder declare as functions: whatever stands before a bracket, outside of macros. */
export function declared(folder) {
  const names = { libc: new Set(BIONIC.split(' ').filter(Boolean)), libm: new Set() };
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.h')) continue;
    const into = LIBM_HEADERS.includes(file) ? names.libm : names.libc;
    const text = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$/gm, '');
    for (const [, name] of text.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)) if (!NO_FUNCTIONS.has(name)) into.add(name);
  }
  for (const library of Object.values(LIBRARIES)) for (const name of library) names.libc.delete(name);
  for (const name of names.libm) names.libc.delete(name);
  return { libc: [...names.libc].sort(), libm: [...names.libm].sort() };
}

const NO_FUNCTIONS = new Set(['sizeof', '__attribute__', 'defined', 'void', 'int', 'char', 'return', 'if', 'while', 'for']);
