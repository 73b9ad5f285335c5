/**
 * What the crates of the matrix say in Rust. Every one of them holds its own source text and that of all that it is built from, and a program prints it: so whatever
 * is changed and compiled is in the bytes, a comment as well as a version.
 */

/** As Rust names a crate. */
const identifier = (name) => name.replaceAll('-', '_');

/** What cargo tells a crate of its manifest, and what its configuration tells all. */
const TOLD = 'concat!(file!(), env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_LICENSE"), env!("CARGO_PKG_DESCRIPTION"))';

/** Statements that add what the needs say to `all`. */
function fromNeeds(needs) {
  return needs
    .filter(({ kind, name }) => kind === 'normal' && name !== 'macros')
    .map(({ name, as, cfg, feature }) => `    ${attribute(cfg, feature)}all.push_str(&${identifier(as ?? name.split('@')[0])}::text());\n`)
    .join('');
}

function attribute(cfg, feature) {
  if (feature) return `#[cfg(feature = "${feature}")] `;
  return cfg ? `#[${cfg}] ` : '';
}

/** The function that says it. @param {string} file  its own, beside it */
function text(file, needs, more = []) {
  const macros = needs.some(({ name }) => name === 'macros') ? ['macros::text!()'] : [];
  const parts = [`include_str!("${file}")`, TOLD, 'option_env!("GREETING").unwrap_or_default()', ...macros, ...more];
  return `pub fn text() -> String {\n    let mut all = String::new();\n${parts.map((part) => `    all.push_str(${part});\n`).join('')}${fromNeeds(needs)}    all\n}\n`;
}

/** `src/main.rs`. @param {readonly string[]} more  further texts, in Rust */
export function program(needs, more) {
  return `fn main() { print!("{}", text()); }\n\n${text('main.rs', needs, more)}`;
}

/** `src/lib.rs` of a library, of a shared library and of a procedural macro. */
export function library({ kind, needs = [] }, more) {
  if (kind === 'cdylib') return `#[unsafe(no_mangle)]\npub extern "C" fn said() -> *mut String { Box::into_raw(Box::new(text())) }\n\n${text('lib.rs', needs, more)}`;
  if (kind !== 'proc-macro') return text('lib.rs', needs, more);
  return `use proc_macro::{Literal, TokenStream, TokenTree};\n\n#[proc_macro]\npub fn text(_: TokenStream) -> TokenStream { TokenTree::from(Literal::string(&said())).into() }\n\n${text('lib.rs', needs).replace('pub fn text', 'fn said')}`;
}
