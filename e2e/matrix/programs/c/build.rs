fn main() {
    cc::Build::new().file("src/numbers.c").compile("numbers");
    println!("cargo:rerun-if-changed=src/numbers.c");
}
