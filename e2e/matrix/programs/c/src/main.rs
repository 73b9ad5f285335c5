//! Rust and C calling each other.
use std::ffi::{c_char, c_int, CStr};

extern "C" {
    fn describe(into: *mut c_char, size: usize, value: u64, twice: extern "C" fn(u64) -> u64) -> c_int;
}

extern "C" fn twice(value: u64) -> u64 {
    value.wrapping_mul(2)
}

fn main() {
    let mut text = [0 as c_char; 128];
    let length = unsafe { describe(text.as_mut_ptr(), text.len(), 12_345_678_901, twice) };
    let text = unsafe { CStr::from_ptr(text.as_ptr()) }.to_str().expect("ASCII");
    assert_eq!(text.len(), usize::try_from(length).expect("a length"));
    println!("{text}");
}
