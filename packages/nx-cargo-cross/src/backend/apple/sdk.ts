/**
 * Apple's SDK, where the user has one: named by the `sdk` option, or by SDKROOT if what that names is an SDK for macOS. It is read where it lies; nothing of
 * it is copied.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { ToolNeed } from '../contract.js';

/** What only an SDK for macOS has: other systems' frameworks have no versions. */
const HOLDS = 'System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation.tbd';

const INSTALL = 'copy MacOSX.sdk from a Mac with Xcode (xcrun --show-sdk-path says where it is), and name it: "sdk": "/path/to/MacOSX.sdk"';

/** The SDK as a need: it must be there where the option names it, and may be there where SDKROOT does. */
export function sdkNeed(sdk: string | undefined): ToolNeed {
  return sdk === undefined
    ? { key: 'sdk', label: "Apple's SDK", optional: true, candidates: [{ from: 'folder', at: { variable: 'SDKROOT' }, holds: HOLDS }], version: undefined, install: INSTALL }
    : { key: 'sdk', label: `Apple's SDK for macOS in ${sdk}`, candidates: [{ from: 'folder', at: { path: sdk }, holds: HOLDS, binding: true }], version: undefined, install: INSTALL };
}

/** A command that tells one SDK from another, wherever they lie: by their version, and by a library's table. It says nothing where none is named. */
export function askSdk(sdk: string | undefined): string {
  const root = sdk === undefined ? '"$SDKROOT"' : quoteWord(sdk);
  return `[ -z ${root} ] || cat ${root}/SDKSettings.json ${root}/${HOLDS} 2>/dev/null | cksum`;
}

/** Places in an SDK. */
export const SDK_PLACES = { headers: 'usr/include', libraries: 'usr/lib', frameworks: 'System/Library/Frameworks' } as const;
