//! Greetings and a guest book, for programs written in C. `include/greet.h` is what they see.
//!
//! Every function takes null where it takes a pointer. Text goes in as C strings, of which invalid UTF-8 is replaced, and
//! comes out as UTF-8 C strings that belong to the caller, who hands them back to [`greet_free`].

// A C interface cannot be had without: exported names, and pointers whose origin only the caller knows.
#![allow(unsafe_code)]

mod book;
mod text;

use std::ffi::{CStr, c_char};

pub use book::{
    GreetBook, greet_book_count, greet_book_free, greet_book_new, greet_book_sign, greet_book_text,
};
use text::{from_c, into_c};

/// This library's version, as a string that lives as long as the program. It is not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn greet_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            Err(_) => panic!("a version holds no NUL"),
        };
    VERSION.as_ptr()
}

/// Greets someone by name; null greets the world.
///
/// # Safety
/// `name` is null or points to a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_hello(name: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `from_c` asks for.
    let name = unsafe { from_c(name) };
    into_c(format!("Hello, {}!", name.as_deref().unwrap_or("world")))
}

/// Frees a string that this library returned; null is ignored.
///
/// # Safety
/// `text` is null or was returned by this library as a string of the caller's, and is not used after this call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: the caller promises that `into_c` made it and that nobody else has it.
        drop(unsafe { std::ffi::CString::from_raw(text) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::null;

    /// Greets, and takes the answer over from C.
    fn hello(name: *const c_char) -> String {
        // SAFETY: the tests pass null or literals, and the answer is freed once.
        unsafe {
            let answer = greet_hello(name);
            let text = from_c(answer).unwrap().into_owned();
            greet_free(answer);
            text
        }
    }

    #[test]
    fn it_greets_by_name() {
        assert_eq!(hello(c"Ada".as_ptr()), "Hello, Ada!");
    }

    #[test]
    fn null_greets_the_world() {
        assert_eq!(hello(null()), "Hello, world!");
    }

    #[test]
    fn invalid_utf8_is_replaced() {
        assert_eq!(hello(c"\xff".as_ptr()), "Hello, \u{fffd}!");
    }

    #[test]
    fn freeing_null_does_nothing() {
        // SAFETY: null is allowed.
        unsafe { greet_free(std::ptr::null_mut()) };
    }

    #[test]
    fn the_version_is_the_crates() {
        // SAFETY: the version is a C string that is never freed.
        let version = unsafe { from_c(greet_version()) };
        assert_eq!(version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    }
}
