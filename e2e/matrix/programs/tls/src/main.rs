//! OpenSSL that is there already: the system's, or a folder's.
fn main() {
    let digest = openssl::sha::sha256(b"0123456789abcdef");
    openssl::ssl::SslContext::builder(openssl::ssl::SslMethod::tls()).expect("a TLS context");
    println!("{}", digest[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
}
