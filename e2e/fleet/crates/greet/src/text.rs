//! Text on its way from and to C.

use std::borrow::Cow;
use std::ffi::{CStr, CString, c_char};

/// Reads a C string; null is `None`, and invalid UTF-8 is replaced.
///
/// # Safety
/// `text` is null or points to a C string that stays as it is for as long as the result is used.
pub(crate) unsafe fn from_c<'a>(text: *const c_char) -> Option<Cow<'a, str>> {
    if text.is_null() {
        return None;
    }
    // SAFETY: it is not null, and the rest is the caller's promise.
    Some(unsafe { CStr::from_ptr(text) }.to_string_lossy())
}

/// Hands text over to C, to be given back to `greet_free`. A NUL, at which C would stop reading, ends the text.
pub(crate) fn into_c(text: String) -> *mut c_char {
    let mut bytes = text.into_bytes();
    bytes.retain(|&byte| byte != 0);
    CString::new(bytes).unwrap_or_default().into_raw()
}
