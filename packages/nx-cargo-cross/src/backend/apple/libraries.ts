/**
 * Libraries below /usr/lib of every Mac that programs name with `-l` and that zig brings nothing for, and what their symbols look like without the leading
 * `_`. zig's libSystem stands for `System`, `c`, `m`, `pthread`, `dl`, `proc`, `info`, `poll`, `dbm`. Sources: install names in programs linked with
 * Apple's SDK; the libraries' own public headers for the names.
 */

export interface SystemLibrary {
  readonly name: string;
  readonly installName: string;
  readonly symbols: RegExp;
  readonly closed: true;
}

const TABLE: Readonly<Record<string, readonly [file: string, symbols: RegExp]>> = {
  objc: ['libobjc.A', /^(?:_?objc_|_objc|class_|object_|objc|sel_|method_|ivar_|property_|protocol_|imp_|OBJC_EHTYPE_|OBJC_(?:META)?CLASS_\$_(?:NSObject|Object|Protocol)$)/],
  iconv: ['libiconv.2', /^(?:lib)?iconv/],
  charset: ['libcharset.1', /^(?:lib)?(?:locale_charset|charset)/],
  z: ['libz.1', /^(?:deflate|inflate|compress|uncompress|crc32|adler32|gz|zlib|zError|get_crc_table)/],
  resolv: ['libresolv.9', /^(?:res_|ns_|dns_|dn_|_?_res_|fp_|sym_|hostalias|putlong|putshort|loc_|b64_|p_)/],
  util: ['libutil', /^(?:log(?:in|out|wtmp)|openpty|forkpty|login_tty|pidfile|_?uu_|humanize|expand|realhostname|reexec|trim|wordsplit|tzlink|_?secure)/],
  bz2: ['libbz2.1.0', /^BZ2_/],
  sqlite3: ['libsqlite3', /^sqlite3/],
  curl: ['libcurl.4', /^curl_/],
  xml2: ['libxml2.2', /^_*(?:xml|html|xlink|xinclude|xptr|docb|UTF8|isolat1|name|valid|input|output)/i],
  xslt: ['libxslt.1', /^xslt/],
  exslt: ['libexslt.0', /^exslt/],
  expat: ['libexpat.1', /^XML_/],
  lzma: ['liblzma.5', /^lzma_/],
  archive: ['libarchive.2', /^_*archive_/],
  compression: ['libcompression', /^compression_/],
  AppleArchive: ['libAppleArchive', /^A[AE][A-Z]/],
  edit: ['libedit.3', /^(?:el_|history|readline|add_history|rl_|tok_|using_history|read_history|write_history|completion|clear_history|stifle|where_history|next_history|previous_history)/],
  readline: ['libedit.3', /^(?:el_|history|readline|add_history|rl_|tok_|using_history|read_history|write_history|completion|clear_history|stifle|where_history|next_history|previous_history)/],
  ncurses: ['libncurses.5.4', /^(?:[a-z_]\w*|[A-Z]{2,5})$/],
  curses: ['libncurses.5.4', /^(?:[a-z_]\w*|[A-Z]{2,5})$/],
  panel: ['libpanel.5.4', /^(?:\w*panel\w*|_nc_panelhook)$/],
  form: ['libform.5.4', /^(?:\w*(?:form|field)\w*)$/],
  menu: ['libmenu.5.4', /^(?:\w*(?:menu|item)\w*)$/],
  pam: ['libpam.2', /^(?:pam_|openpam_)/],
  sandbox: ['libsandbox.1', /^sandbox_/],
  bsm: ['libbsm.0', /^(?:au_|audit|get(?:acna|acfl|audit|auclass|auevent|auuser)|setau|endau|setac|endac)/],
  cups: ['libcups.2', /^_?(?:cups|http|ipp|ppd)/],
  ffi: ['libffi', /^ffi_/],
  pcap: ['libpcap.A', /^(?:pcap_|bpf_)/],
  network: ['libnetwork', /^(?:_*nw_|network_)/],
  icucore: ['libicucore.A', /^u[a-z0-9]*_/],
  ldap: ['libldap_r', /^(?:ldap|ber)_/],
  lber: ['liblber', /^ber_/],
  krb5: ['libkrb5', /^krb5_/],
  gssapi_krb5: ['libgssapi_krb5', /^gss_/],
  sasl2: ['libsasl2.2', /^sasl_/],
  EndpointSecurity: ['libEndpointSecurity', /^es_/],
  IOReport: ['libIOReport', /^IOReport/],
  xar: ['libxar.1', /^xar_/],
  quarantine: ['system/libquarantine', /^_?qtn_/],
  tidy: ['libtidy.A', /^tidy/],
};

const LIBRARIES: ReadonlyMap<string, SystemLibrary> = new Map(
  Object.entries(TABLE).map(([name, [file, symbols]]) => [name, { name, installName: `/usr/lib/${file}.dylib`, symbols, closed: true }]),
);

/** The library of that name (`z`), or undefined where macOS has none, or zig its own. */
export function systemLibrary(name: string): SystemLibrary | undefined {
  return LIBRARIES.get(name);
}

export function systemLibraryNames(): readonly string[] {
  return [...LIBRARIES.keys()];
}
