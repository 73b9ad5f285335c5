/**
 * Libraries of FreeBSD's base system that zig has not: it brings the C library and what belongs to it. std names four of them on every link and uses none;
 * crates that read processes and disks use them. A stub holds a library's public name and the names of its functions, nothing else, and is assembled by zig
 * once, at the first link. Sources: `SHLIB_MAJOR` in FreeBSD's `lib/lib*\/Makefile` (5 where there is none: `lib/Makefile.inc`); the functions by the manual
 * pages that these name, `libmemstat/memstat.h`, `libprocstat/Symbol.map` and what crate libc 0.2.186 declares. The stubs name no symbol versions.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { GeneratedFile } from '../contract.js';

export interface BaseLibrary {
  readonly name: string;
  readonly soname: string;
  readonly functions: readonly string[];
}

const named = (prefix: string, names: string): readonly string[] => names.split(' ').map((name) => `${prefix}${name}`);

export const BASE_LIBRARIES: readonly BaseLibrary[] = [
  {
    name: 'kvm',
    soname: 'libkvm.so.7',
    functions: named(
      'kvm_',
      'close counter_u64_fetch dpcpu_setcpu getargv getcptime getenvv geterr getfiles getloadavg getmaxcpu getncpus getpcpu getprocs getswapinfo kerndisp native nlist nlist2 open open2 openfiles read read2 read_zpcpu walk_pages write',
    ),
  },
  {
    name: 'devstat',
    soname: 'libdevstat.so.7',
    functions: named('devstat_', 'buildmatch checkversion compute_etime compute_statistics getdevs getgeneration getnumdevs getversion selectdevs'),
  },
  {
    name: 'geom',
    soname: 'libgeom.so.5',
    functions: [
      ...named('geom_', 'deletetree getxml gettree lookupid stats_close stats_open stats_resync stats_snapshot_free stats_snapshot_get stats_snapshot_next stats_snapshot_reset stats_snapshot_timestamp xml2tree'),
      ...named('gctl_', 'dump free get_handle issue ro_param rw_param'),
      ...named('g_', 'close delete device_path flush get_ident get_name mediasize open open_by_ident providername sectorsize stripeoffset stripesize'),
    ],
  },
  {
    name: 'memstat',
    soname: 'libmemstat.so.3',
    functions: [
      ...named('memstat_', 'strerror kvm_all kvm_malloc kvm_uma sysctl_all sysctl_malloc sysctl_uma'),
      ...named('memstat_mtl_', 'alloc find first free geterror next'),
      ...named('memstat_get_', 'allocator bytes byteslimit caller_pointer caller_uint64 count countlimit failures free kegfree memalloced memfreed name numallocs numfrees rsize size sizemask sleeps xdomain zonefree'),
      ...named('memstat_get_percpu_', 'caller_pointer caller_uint64 free memalloced memfreed numallocs numfrees sizemask'),
      ...named('memstat_set_', 'caller_pointer caller_uint64 percpu_caller_pointer percpu_caller_uint64'),
    ],
  },
  {
    name: 'procstat',
    soname: 'libprocstat.so.1',
    functions: [
      ...named('procstat_', 'close open_core open_kvm open_sysctl freeadvlock freeargv freeauxv freeenvv freefiles freegroups freekstack freeprocs freeptlwpinfo freevmmap'),
      ...named('procstat_get', 'advlock argv auxv envv files groups kstack osrel pathname procs ptlwpinfo rlimit umask vmmap'),
      ...named('procstat_get_', 'pipe_info pts_info sem_info shm_info socket_info vnode_info'),
    ],
  },
];

/** As the words of a link name them: a shell pattern. */
export const BASE_LIBRARY_WORDS = BASE_LIBRARIES.map(({ name }) => `-l${name}`).join('|');

/** The sources of the stubs. */
export const BASE_LIBRARY_SOURCES: readonly GeneratedFile[] = BASE_LIBRARIES.map(({ name, functions }) => ({
  path: `${name}.s`,
  text: `.text\n${functions.map((symbol) => `.globl ${symbol}\n.type ${symbol}, @function\n${symbol}:\n`).join('')}`,
  executable: false,
}));

/** Shell lines for a link that names one of them; `$d` is the folder of the scripts. Two links at once may both assemble: each renames its own. A source is only written where it changed. */
export function baseLibraryLink(command: string): string {
  return `  if [ "$base" ]; then
    mkdir -p "$d/base"
    for s in ${BASE_LIBRARIES.map(({ name, soname }) => quoteWord(`${name}:${soname}`)).join(' ')}; do
      l=lib\${s%%:*}.so
      [ "$d/base/$l" -nt "$d/\${s%%:*}.s" ] || { ${command} -shared -nostdlib -g0 "-Wl,-soname,\${s#*:}" "$d/\${s%%:*}.s" -o "$d/base/$l.$$" && mv -f "$d/base/$l.$$" "$d/base/$l"; } || exit 1
    done
    set -- "$@" "-L$d/base"
  fi`;
}
