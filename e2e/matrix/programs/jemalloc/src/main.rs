//! jemalloc in place of the system's allocator, and the page size that it was configured for: built on a machine of another kind, it must not be that machine's.
use std::{ffi::c_void, mem, ptr};

#[global_allocator]
static JEMALLOC: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    let words: Vec<String> = (0..10_000).map(|number| number.to_string()).collect();
    let mut page = 0usize;
    let mut size = mem::size_of::<usize>();
    let asked = unsafe { tikv_jemalloc_sys::mallctl(c"arenas.page".as_ptr(), ptr::addr_of_mut!(page).cast::<c_void>(), &mut size, ptr::null_mut(), 0) };
    assert_eq!(asked, 0);
    let expected = match std::env::consts::ARCH {
        "aarch64" if std::env::consts::OS == "macos" => 1 << 14,
        "aarch64" | "powerpc64" => 1 << 16,
        _ => 1 << 12,
    };
    assert_eq!(page, expected, "jemalloc's page size");
    println!("{} words", words.len());
}
