//! A library that CMake builds, and bindings that bindgen makes of its header: both must mean the same target.
#![allow(non_camel_case_types, non_upper_case_globals, dead_code)]
use std::ffi::CStr;

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

fn main() {
    assert_eq!(unsafe { native_size() } as usize, std::mem::size_of::<native_record>(), "bindgen and the compiler disagree about the target");
    let system = unsafe { CStr::from_ptr(native_system()) }.to_str().unwrap();
    let expected = match std::env::consts::OS {
        "linux" => "Linux",
        "windows" => "Windows",
        "macos" => "Darwin",
        "freebsd" => "FreeBSD",
        "android" => "Android",
        other => other,
    };
    assert_eq!(system, expected, "CMake was told another system");
    println!("{} {}", unsafe { native_parse(c"9876543210".as_ptr()) }, unsafe { native_longest(3, 7) });
}
