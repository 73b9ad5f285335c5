/** `x86_64-unknown-linux-musl` as cargo's variables have it: `X86_64_UNKNOWN_LINUX_MUSL`. */
export const screaming = (triple) => triple.replaceAll('-', '_').toUpperCase();
