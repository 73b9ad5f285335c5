//! Amazon's fork of OpenSSL, by the crate that rustls takes.
fn main() {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"0123456789abcdef");
    println!("{}", digest.as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
}
