/**
 * zig compiles all of mingw's C library for its first Windows link, some 400 files, most of the time on a few that read all of <windows.h> and that hardly any program of Rust's asks for. So zig is told of a library
 * folder of ours, in which those files are empty: with it zig makes the same library by its own rules, only that some members have nothing in them.
 *
 * A link that ends well with it is the link that zig would have made: what nobody asked for is missing, and nothing else. What asks for more ends for want of a symbol, and is zig's to link with all of its
 * library. That holds as long as no other library of the link has a symbol of a file that is left out, for it would be taken from there instead. The few that are elsewhere, too, are in our folder as symbols that
 * ask for one that nobody has.
 *
 * Sources: zig 0.16.0, `src/libs/mingw.zig` and `lib/libc/mingw`. Symbols were compared with `llvm-nm`: of the files that are left out with those of all other files, of zig's own libraries for Windows, of libc++, and
 * of every `.def` of mingw. What programs need was read from lld's account of links (`-verbose`), and from the archives of 19 crates with C in them.
 */
import type { KnownTriple } from '../../platform/known.js';
import type { SharedFolder } from '../contract.js';

/** What a folder is made of. */
export interface MingwCore {
  /** Absolute; its `lib` is what zig is told to take for its own, its `origin` a link to zig's. */
  readonly folder: string;
  /** Of the sources in zig's `lib/libc/mingw`, by which the folder is only made of files that were looked at. */
  readonly digest: string;
  /** Texts for files below `lib/libc/mingw`, by their paths. */
  readonly files: Readonly<Record<string, string>>;
}

/** Versions of zig whose library was looked at, with the digest of its files (`mingwDigest`). */
const LOOKED_AT: Readonly<Record<string, string>> = { '0.16.0': '34df85b5ba2adddd5e94142061a72ea624e11e144e731a7f56974845abe89d49' };

/** Files that are left out, by folder: they read <windows.h>, or serve only others that do. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  complex: 'cabsl cacosl cargl casinl catanl ccosl cexpl cimagl clog10l clogl conjl cpowl cprojl creall csinl csqrtl ctanl',
  crt: 'crtexewin dll_argv tls_atexit tlsmthread ucrtexewin udll_argv udllargc',
  gdtoa: 'arithchk dtoa g__fmt g_dfmt g_ffmt g_xfmt gethex hd_init hexnan qnan smisc strtodg strtodnrp strtof strtopx sum ulp',
  intrincs: 'RtlSecureZeroMemory',
  libsrc:
    'activeds-uuid amstrmid ativscp-uuid atsmedia-uuid bits bth-uuid cguid-uuid comcat-uuid ctxtcall-uuid devguid dinput_joy dinput_joy2 dinput_kbd dinput_mouse dinput_mouse2 dloadhelper dmoguids docobj-uuid dxerr8 dxerr8w ' +
    'dxerr9 dxerr9w dxguid dxva-uuid exdisp-uuid extras-uuid fwp-uuid gdiplus guid_nul hlguids-uuid hlink-uuid ksuser largeint locationapi mfuuid mingwthrd_mt mlang-uuid msctf-uuid mshtmhst-uuid mshtml-uuid msxml-uuid ' +
    'msxml2 msxml6 netcfg-uuid netcon-uuid ntddkbd-uuid ntddmou-uuid ntddpar-uuid ntddscsi-uuid ntddser-uuid ntddstor-uuid ntddvdeo-uuid oaidl-uuid objidl-uuid objsafe-uuid ocidl-uuid oleacc-uuid olectlid-uuid oleidl-uuid ' +
    'portabledeviceguids power-uuid powrprof-uuid sapi sensorsapi shell32 strmiids taskschd uianimation-uuid usbcamdi-uuid usbiodef-uuid uuid vds-uuid virtdisk-uuid vss-uuid wbemuuid wia-uuid windowscodecs ' +
    'wmcodecdspuuid ws2_32',
  'libsrc/ws2tcpip':
    'in6_addr_equal in6_is_addr_linklocal in6_is_addr_loopback in6_is_addr_mc_global in6_is_addr_mc_linklocal in6_is_addr_mc_nodelocal in6_is_addr_mc_orglocal in6_is_addr_mc_sitelocal in6_is_addr_multicast ' +
    'in6_is_addr_sitelocal in6_is_addr_unspecified in6_is_addr_v4compat in6_is_addr_v4mapped in6_set_addr_loopback in6_set_addr_unspecified in6addr_isany in6addr_isloopback in6addr_setany in6addr_setloopback',
  'libsrc/wspiapi':
    'WspiapiClone WspiapiFreeAddrInfo WspiapiGetAddrInfo WspiapiGetNameInfo WspiapiLegacyFreeAddrInfo WspiapiLegacyGetAddrInfo WspiapiLegacyGetNameInfo WspiapiLoad WspiapiLookupNode WspiapiNewAddrInfo ' +
    'WspiapiParseV4Address WspiapiQueryDNS WspiapiStrdup',
  misc:
    'delay-f delay-n delayimp dirent dirname feclearexcept fegetenv fegetexceptflag fegetround feraiseexcept fesetenv fesetexceptflag fesetround fetestexcept getlogin getopt gettimeofday mingw-access mingw_controlfp ' +
    'mingw_mbwc_convert mingw_setfp mingw_usleep mingw_wcstod mingw_wcstof mingw_wcstold sleep strsafe ucrt__wgetmainargs wcstold wdirent',
  stdio:
    'ftruncate64 mingw_fscanf mingw_fwprintf mingw_fwscanf mingw_scanf mingw_sformat mingw_snwprintf mingw_sscanf mingw_swformat mingw_swprintf mingw_swscanf mingw_vfscanf mingw_vfwprintf mingw_vfwscanf mingw_vsnwprintf ' +
    'mingw_vsscanf mingw_vswprintf mingw_vswscanf mingw_vwprintf mingw_wpformat mingw_wprintf mingw_wscanf',
  winpthreads: 'barrier clock cond misc mutex nanosleep rwlock sched sem spinlock thread',
};

/**
 * Of the files that stay, those that read <windows.h>: two thirds of their time goes into parts of it that they use nothing of. Their machine code is the same without (`llvm-objdump -dr` of all of them, but for
 * `crtdll`, whose libraries were compared).
 */
const LEAN: Readonly<Record<string, string>> = {
  crt: 'crt_handler crtdll crtexe dllargv gccmain natstart pesect pseudo-reloc tlssup tlsthrd',
  gdtoa: 'misc',
  'libsrc/ws2tcpip': 'gai_strerrorA gai_strerrorW',
  misc: 'dllmain ucrt__getmainargs ucrt_amsg_exit',
};

/** What keeps those parts out: mingw's own word for seldom used parts, and what says that clang's headers of vector instructions were read already. */
const KEPT_OUT = ['WIN32_LEAN_AND_MEAN', '__IMMINTRIN_H', '__X86INTRIN_H'];

/** What of it other libraries have as well: those of UCRT, which is in every link, and of `oleacc`, `msftedit` and `riched20`. */
const ALSO_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['feclearexcept', 'fegetenv', 'fegetexceptflag', 'fegetround', 'fesetenv', 'fesetexceptflag', 'fesetround', 'fetestexcept'].map((name) => [`misc/${name}.c`, [name]])),
  'libsrc/oleacc-uuid.c': ['IID_IAccessible', 'IID_IAccessibleHandler', 'LIBID_Accessibility'],
  'libsrc/uuid.c': ['IID_IAccessible', 'IID_IAccessibleHandler', 'IID_IRichEditOle', 'IID_IRichEditOleCallback', 'LIBID_Accessibility'],
};

/** Undefined where zig links with all of its library: for other processors, whose libraries nobody compared, and by other versions of zig. */
export function mingwCore({ os, libc, machine }: KnownTriple, version: string, shared: SharedFolder | undefined): MingwCore | undefined {
  const digest = LOOKED_AT[version];
  if (os !== 'windows' || libc === 'msvc' || machine !== 'x86_64' || digest === undefined || shared === undefined) return undefined;
  const files = Object.fromEntries([
    ...pathsOf(LEFT_OUT).map((path): [string, string] => [path, textOf(ALSO_ELSEWHERE[path] ?? [])]),
    ...pathsOf(LEAN).map((path): [string, string] => [path, leanText(path)]),
  ]);
  return { folder: `${shared.path}/zig-mingw-${version}-${shared.nameOf(JSON.stringify([digest, files]))}`, digest, files };
}

function pathsOf(folders: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(folders).flatMap(([folder, names]) => names.split(' ').map((name) => `${folder}/${name}.c`));
}

/** zig's own file, by the link beside our `lib`. */
function leanText(path: string): string {
  const up = '../'.repeat(`lib/libc/mingw/${path}`.split('/').length - 1);
  return [...KEPT_OUT.map((name) => `#define ${name}`), `#include "${up}origin/libc/mingw/${path}"`, ''].join('\n');
}

function textOf(symbols: readonly string[]): string {
  if (symbols.length === 0) return '';
  return ['extern const char nx_cargo_cross_left_out;', ...symbols.map((symbol) => `const void *const ${symbol} = &nx_cargo_cross_left_out;`), ''].join('\n');
}

/**
 * Shell lines that link with the folder, where it is there. Words that are sources are left to zig as they are: it would compile them by our folder's headers.
 * @param command the compiler with all words that a link gets before `"$@"`.
 */
export function mingwCoreLink({ folder }: MingwCore, command: string, quote: (word: string) => string): string {
  return `  lib=${quote(`${folder}/lib`)}
  if ! [ "$source" ] && [ -d "$lib/std" ]; then
    # Most of mingw's library, which zig would compile for a first link, is in no program of Rust's.
    { said=$(ZIG_LIB_DIR=$lib ${command} "$@" 2>&1 >&3 3>&-); } 3>&1
    status=$?
    case $status$said in
      [!0]*': undefined symbol: '*) whole=1;;
      *) [ -z "$said" ] || printf '%s\\n' "$said" >&2; exit $status;;
    esac
  fi
`;
}

/** What the script says where it needed all of the library, and the link ended well. */
export const WHOLE_MINGW = "nx-cargo-cross: linked with all of zig's mingw, for what is left out of the part that is linked first";
