/**
 * A link is first tried without zig's runtime library (compiler_rt), which zig compiles from its sources for each target before the first link of it: three seconds of processor each. A program of Rust's hardly ever asks for it, for std's
 * compiler_builtins is in the link before it and has the same functions. Of libraries a linker takes what nothing before them has, and zig puts this one behind all others: a link that ends well without it is the link with it.
 * What lacks a symbol is linked with it. For Windows other libraries are behind it, and have some of its functions: there it is in every link.
 * Only where every symbol has to be there: not in libraries whose symbols may be looked up when they are loaded, nor beside libraries of the user's, which may ask for something.
 *
 * Source: zig 0.16.0, `src/main.zig` (`rtlib`), `src/link/Lld.zig`. zoxide 0.10.0 for glibc and for macOS has the same bytes with it and without.
 */
import type { KnownTriple } from '../../platform/known.js';

/** zig's own word; other versions were not tried. */
export const NO_RUNTIME = '-rtlib=none';
const TRIED = ['0.16.0'];

/** Words by which a link may end well for want of a symbol, or that ask for the runtime. */
const MAY_LACK = '-shared|-r|-dynamiclib|-bundle|-undefined|-Wl,-undefined*|-Wl,-U*|-Wl,-r|-Wl,--relocatable|*dynamic_lookup*|*unresolved-symbols*|*undefs*|*shlib-undefined*|*noinhibit-exec*|*.so|*.so.*|*.dylib|*.tbd|-framework|*rtlib=*|-lcompiler_rt|@*';
/** Libraries of the system, by zig's stubs or its own. */
const SYSTEM = '-lc|-lm|-ldl|-lrt|-lpthread|-lutil|-lresolv|-lunwind|-lc++|-lc++abi|-lSystem|-liconv|-lcharset';

/** Whether links are tried without it. For musl by zig and for others it was not looked at. */
export function canDoWithoutRuntime({ libc, os }: KnownTriple, version: string): boolean {
  return TRIED.includes(version) && (libc === 'glibc' || os === 'macos');
}

/**
 * Shell lines that try it, and end the script where that ends well, or fails for something else.
 * @param command the compiler with all words that such a link gets before `"$@"`
 */
export function runtimelessLink(command: string): string {
  return `  # zig would compile its runtime library for a first link, and std has all of it that a program asks for.
  runtime=$source$sanitize$response
  for a do case $a in ${MAY_LACK}) runtime=1;; ${SYSTEM}) ;; -l*) runtime=1;; esac; done
  if ! [ "$runtime" ]; then
    { said=$(${command} ${NO_RUNTIME} "$@" 2>&1 >&3 3>&-); } 3>&1
    status=$?
    case $status$said in
      [!0]*'undefined symbol'*) ;;
      *) [ -z "$said" ] || printf '%s\\n' "$said" >&2; exit $status;;
    esac
  fi
`;
}
