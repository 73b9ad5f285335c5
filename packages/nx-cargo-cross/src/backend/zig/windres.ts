/**
 * GNU's windres, spoken by zig's resource compiler: CMake's rules for MinGW, Makefiles and crates for resources (winresource, embed-resource) call it by its GNU
 * name and with its options. Sources: binutils manual, "windres"; `zig rc /?` of 0.16.0.
 */
import type { KnownTriple } from '../../platform/known.js';
import type { GeneratedFile } from '../contract.js';

/** @param header what every script of zig's begins with. */
export function windresScript(header: string, name: string, { arch }: KnownTriple): GeneratedFile {
  const text = `${header}
in= out= format= want=
for a do
  shift
  if [ "$want" ]; then
    case $want in
      in) in=$a;;
      out) out=$a;;
      format) format=$a;;
      drop) ;;
      *) set -- "$@" "$want" "$a";;
    esac
    want=
    continue
  fi
  case $a in
    -i|--input) want=in;;
    -o|--output) want=out;;
    -O|--output-format) want=format;;
    -J|--input-format|-F|--target|--preprocessor|--preprocessor-arg|--codepage|-c) want=drop;;
    -I|--include-dir) want=/i;;
    -D|--define) want=/d;;
    -U|--undefine) want=/u;;
    -l|--language) want=/l;;
    --input=*) in=\${a#*=};;
    --output=*) out=\${a#*=};;
    --output-format=*) format=\${a#*=};;
    --include-dir=*) set -- "$@" /i "\${a#*=}";;
    --define=*) set -- "$@" /d "\${a#*=}";;
    --undefine=*) set -- "$@" /u "\${a#*=}";;
    --language=*) set -- "$@" /l "\${a#*=}";;
    -O*) format=\${a#-O};;
    -I*) set -- "$@" /i "\${a#-I}";;
    -D*) set -- "$@" /d "\${a#-D}";;
    -U*) set -- "$@" /u "\${a#-U}";;
    --version|-V) echo "GNU windres (zig rc)"; exit 0;;
    -*) ;;
    *) if [ "$in" ]; then out=$a; else in=$a; fi;;
  esac
done
case \${format:-\${out##*.}} in res) format=res;; *) format=coff;; esac
exec "$zig" rc /:auto-includes gnu /:target ${arch} /:output-format $format "$@" -- "$in" "$out"
`;
  return { path: name, text, executable: true };
}
