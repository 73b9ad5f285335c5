//! C++ with its standard library, and an exception that becomes a Result.
#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("cpp/include/words.h");
        fn sorted_words(text: &str) -> Result<Vec<String>>;
    }
}

fn main() {
    let words = ffi::sorted_words("to be or not to be").expect("words");
    println!("{}", words.join(" "));
    println!("{}", ffi::sorted_words("").expect_err("an exception").what());
}
