//! Asks each of the C libraries for an answer that only its code can give.
use std::ffi::{c_int, c_void, CStr, CString};
use std::ptr;

fn hash() -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, b"nx-cargo-cross");
    digest.as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn compress() -> (usize, usize) {
    let text = b"cross ".repeat(1000);
    let mut squeezed = vec![0u8; 8192];
    let size = unsafe { zstd_sys::ZSTD_compress(squeezed.as_mut_ptr().cast(), squeezed.len(), text.as_ptr().cast(), text.len(), 3) };
    let mut back = vec![0u8; text.len()];
    let whole = unsafe { zstd_sys::ZSTD_decompress(back.as_mut_ptr().cast(), back.len(), squeezed.as_ptr().cast(), size) };
    assert_eq!((whole, &back), (text.len(), &text));
    (text.len(), size)
}

fn checksum() -> u64 {
    unsafe { u64::from(libz_sys::crc32(0, b"123456789".as_ptr(), 9) as u32) }
}

fn query() -> c_int {
    let mut db = ptr::null_mut();
    let mut answer = 0;
    let sql = CString::new("create table t(x); insert into t values (19), (23); select sum(x) from t").unwrap();
    unsafe extern "C" fn row(into: *mut c_void, _: c_int, values: *mut *mut std::ffi::c_char, _: *mut *mut std::ffi::c_char) -> c_int {
        *into.cast::<c_int>() = CStr::from_ptr(*values).to_str().unwrap().parse().unwrap();
        0
    }
    unsafe {
        assert_eq!(libsqlite3_sys::sqlite3_open(c":memory:".as_ptr(), &mut db), 0);
        assert_eq!(libsqlite3_sys::sqlite3_exec(db, sql.as_ptr(), Some(row), ptr::addr_of_mut!(answer).cast(), ptr::null_mut()), 0);
        libsqlite3_sys::sqlite3_close(db);
    }
    answer
}

fn repository() -> String {
    let (mut major, mut minor, mut patch) = (0, 0, 0);
    unsafe {
        assert!(libgit2_sys::git_libgit2_init() > 0);
        libgit2_sys::git_libgit2_version(&mut major, &mut minor, &mut patch);
        let mut oid = std::mem::zeroed::<libgit2_sys::git_oid>();
        assert_eq!(libgit2_sys::git_odb_hash(&mut oid, b"hello\n".as_ptr().cast(), 6, libgit2_sys::GIT_OBJECT_BLOB), 0);
        oid.id[..4].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn allocate() -> usize {
    let size = 1000;
    unsafe {
        let memory = libmimalloc_sys::mi_malloc(size).cast::<u8>();
        memory.write_bytes(7, size);
        let grown = libmimalloc_sys::mi_realloc(memory.cast(), 2 * size).cast::<u8>();
        let kept = std::slice::from_raw_parts(grown, size).iter().filter(|byte| **byte == 7).count();
        libmimalloc_sys::mi_free(grown.cast());
        kept
    }
}

fn matches() -> c_int {
    let (pattern, text) = ("(?<=a)b+", "xxabbb");
    unsafe {
        let mut regex = ptr::null_mut();
        let mut error = std::mem::zeroed::<onig_sys::OnigErrorInfo>();
        let end = pattern.as_ptr().add(pattern.len());
        let encoding = ptr::addr_of_mut!(onig_sys::OnigEncodingUTF8);
        let made = onig_sys::onig_new(&mut regex, pattern.as_ptr(), end, 0, encoding, ptr::addr_of_mut!(onig_sys::OnigSyntaxRuby), &mut error);
        assert_eq!(made, 0);
        let stop = text.as_ptr().add(text.len());
        onig_sys::onig_search(regex, text.as_ptr(), stop, text.as_ptr(), stop, ptr::null_mut(), 0)
    }
}

fn main() {
    println!("ring {}", hash());
    println!("zstd {:?}", compress());
    println!("zlib {:08x}", checksum());
    println!("sqlite {}", query());
    println!("libgit2 {}", repository());
    println!("mimalloc {}", allocate());
    println!("oniguruma {}", matches());
}
