//! A library for programs in other languages.

/// The sum of two numbers.
#[no_mangle]
pub extern "C" fn matrix_add(left: i32, right: i32) -> i32 {
    left.wrapping_add(right)
}

/// The number of decimal digits: something that needs std's allocator and formatting.
#[no_mangle]
pub extern "C" fn matrix_digits(value: u64) -> u32 {
    value.to_string().len() as u32
}
