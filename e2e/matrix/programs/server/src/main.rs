//! A server on ring and on OpenSSL built from source: both hash what a client sends, and must agree.
use openssl::ssl::{SslContext, SslMethod};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let client = thread::spawn(move || {
        let mut stream = TcpStream::connect(address).expect("the server");
        stream.write_all(b"0123456789abcdef").expect("to be heard");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    });
    let (mut stream, _) = listener.accept().expect("a client");
    let mut heard = [0; 16];
    stream.read_exact(&mut heard).expect("sixteen bytes");
    let by_openssl = openssl::sha::sha256(&heard);
    let by_ring = ring::digest::digest(&ring::digest::SHA256, &heard);
    assert_eq!(by_openssl, by_ring.as_ref());
    let key = ring::aead::LessSafeKey::new(ring::aead::UnboundKey::new(&ring::aead::CHACHA20_POLY1305, &by_openssl).unwrap());
    let mut sealed = heard.to_vec();
    let nonce = ring::aead::Nonce::assume_unique_for_key([7; 12]);
    key.seal_in_place_append_tag(nonce, ring::aead::Aad::empty(), &mut sealed).unwrap();
    let opened = openssl::symm::decrypt_aead(openssl::symm::Cipher::chacha20_poly1305(), &by_openssl, Some(&[7; 12]), &[], &sealed[..16], &sealed[16..]).unwrap();
    assert_eq!(opened, heard);
    SslContext::builder(SslMethod::tls()).expect("a TLS context");
    let text: String = by_openssl[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    write!(stream, "{text}").expect("to answer");
    drop(stream);
    println!("{}", client.join().expect("the client"));
}
