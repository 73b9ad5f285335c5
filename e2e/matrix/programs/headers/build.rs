use std::{env, path::PathBuf};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let built = cmake::Config::new("native").build();
    println!("cargo:rustc-link-search=native={}/lib", built.display());
    println!("cargo:rustc-link-lib=static=native");
    let bindings = bindgen::Builder::default().header("native/native.h").allowlist_function("native_.*").allowlist_type("native_.*").allowlist_var("NATIVE_.*");
    bindings.generate().expect("bindings").write_to_file(out.join("bindings.rs")).unwrap();
    println!("cargo:rerun-if-changed=native");
}
