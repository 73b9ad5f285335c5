/**
 * Text stubs (`.tbd`, version 4): under which name a library is loaded, and which symbols it exports. Format: LLVM's TextAPI, `tapi-tbd` version 4.
 */

/** The text of a stub. Symbols with characters that YAML reads as its own (`$`) are quoted. */
export function renderStub(installName: string, symbols: readonly string[], version = '1'): string {
  return `--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '${installName}'
current-version: ${version}
compatibility-version: ${version}
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ ${symbols.map((symbol) => (/^\w+$/.test(symbol) ? symbol : `'${symbol}'`)).join(', ')} ]
...
`;
}
