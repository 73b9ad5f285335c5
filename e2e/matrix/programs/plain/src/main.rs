//! Std alone: threads, a caught panic, atomics of 64 bits, a hash map, numbers as text.
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

static TOTAL: AtomicU64 = AtomicU64::new(1 << 40);

fn main() {
    add_in_parallel();
    let words: HashMap<_, _> = ["one", "two", "three"].into_iter().zip(1u64..).collect();
    let sum: u64 = words.values().sum();
    println!("total {}", TOTAL.load(Ordering::SeqCst) - (1 << 40));
    println!("panic {}", panicking());
    println!("sum {sum}, root {:.6}", (sum as f64).sqrt());
}

#[cfg(not(target_family = "wasm"))]
fn add_in_parallel() {
    std::thread::scope(|scope| {
        for step in 1..=4 {
            scope.spawn(move || TOTAL.fetch_add(step, Ordering::SeqCst));
        }
    });
}

/// Without threads.
#[cfg(target_family = "wasm")]
fn add_in_parallel() {
    for step in 1..=4 {
        TOTAL.fetch_add(step, Ordering::SeqCst);
    }
}

#[cfg(panic = "unwind")]
fn panicking() -> &'static str {
    let caught = std::panic::catch_unwind(|| {
        if TOTAL.load(Ordering::SeqCst) > 0 {
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    });
    if caught.is_err() {
        "caught"
    } else {
        "missed"
    }
}

#[cfg(not(panic = "unwind"))]
fn panicking() -> &'static str {
    "aborts"
}
