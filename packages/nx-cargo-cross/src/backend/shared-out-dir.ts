/** The folder that a build script writes into, where cargo's name for it holds a digest of the checkout's path. */

/** Set where compilers are to give it another name in debug information and the like. */
export const OUTPUTS_NAMED = 'NX_CARGO_CROSS_OUTPUTS_NAMED';

/** That name, in the words of a shell script that cargo or a build script starts. */
export const SHARED_OUT_DIR = './target/build/$CARGO_PKG_NAME-$CARGO_PKG_VERSION/out';
