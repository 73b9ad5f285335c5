//! The guest book: a ledger of names behind a pointer.

use std::ffi::c_char;

use ledger::Ledger;

use crate::text::{from_c, into_c};

/// A guest book. C sees only its name.
#[derive(Debug, Default)]
pub struct GreetBook {
    guests: Ledger,
}

/// Opens an empty guest book. It belongs to the caller, who hands it back to [`greet_book_free`].
#[unsafe(no_mangle)]
pub extern "C" fn greet_book_new() -> *mut GreetBook {
    Box::into_raw(Box::default())
}

/// Adds a guest and returns their number, counted from 1; 0 if `book` or `name` is null.
///
/// # Safety
/// `book` is null or an open guest book that no other thread uses now; `name` is null or points to a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_book_sign(book: *mut GreetBook, name: *const c_char) -> u64 {
    // SAFETY: the caller promises that both are null or valid, and that nobody else uses the book.
    let (book, name) = unsafe { (book.as_mut(), from_c(name)) };
    match (book, name) {
        (Some(book), Some(name)) => book.guests.append(name, 1).number,
        _ => 0,
    }
}

/// How many guests signed; 0 for null.
///
/// # Safety
/// `book` is null or an open guest book that no other thread signs now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_book_count(book: *const GreetBook) -> u64 {
    // SAFETY: the caller promises that it is null or valid.
    unsafe { book.as_ref() }.map_or(0, |book| book.guests.len() as u64)
}

/// The whole guest book as text, one line per guest; empty for null.
///
/// # Safety
/// `book` is null or an open guest book that no other thread signs now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_book_text(book: *const GreetBook) -> *mut c_char {
    // SAFETY: the caller promises that it is null or valid.
    let book = unsafe { book.as_ref() };
    into_c(book.map(|book| book.guests.to_string()).unwrap_or_default())
}

/// Closes a guest book; null is ignored.
///
/// # Safety
/// `book` is null or was returned by [`greet_book_new`], and is not used after this call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn greet_book_free(book: *mut GreetBook) {
    if !book.is_null() {
        // SAFETY: the caller promises that `greet_book_new` made it and that nobody else has it.
        drop(unsafe { Box::from_raw(book) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::greet_free;
    use std::ptr::{null, null_mut};

    /// The book's text, taken over from C.
    ///
    /// # Safety
    /// As [`greet_book_text`].
    unsafe fn text(book: *const GreetBook) -> String {
        // SAFETY: the answer is read before it is freed, once.
        unsafe {
            let answer = greet_book_text(book);
            let text = from_c(answer).unwrap().into_owned();
            greet_free(answer);
            text
        }
    }

    #[test]
    fn guests_are_numbered_and_listed() {
        // SAFETY: the book is open until it is freed, and the names are literals.
        unsafe {
            let book = greet_book_new();
            assert_eq!(greet_book_sign(book, c"Ada".as_ptr()), 1);
            assert_eq!(greet_book_sign(book, c"Grace\tHopper".as_ptr()), 2);
            assert_eq!(greet_book_count(book), 2);
            assert_eq!(text(book), "1\t+1\tAda\n2\t+1\tGrace\\tHopper\n");
            greet_book_free(book);
        }
    }

    #[test]
    fn null_is_answered_with_nothing() {
        // SAFETY: null is allowed everywhere; the open book is freed once.
        unsafe {
            let book = greet_book_new();
            assert_eq!(greet_book_sign(null_mut(), c"Ada".as_ptr()), 0);
            assert_eq!(greet_book_sign(book, null()), 0);
            assert_eq!(greet_book_count(book), 0);
            assert_eq!(greet_book_count(null()), 0);
            assert_eq!(text(null()), "");
            greet_book_free(book);
            greet_book_free(null_mut());
        }
    }
}
