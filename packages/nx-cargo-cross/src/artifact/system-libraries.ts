/** The libraries that every system of a platform has, as patterns over the names by which programs need them. */

/** glibc's own, and gcc's unwinder, which every distribution installs with it (manylinux, PEP 600: the libraries that a wheel may need). */
export const GLIBC_LIBRARIES: readonly string[] = [
  ...['libc.so.6*', 'libm.so.6*', 'libpthread.so.0', 'libdl.so.2', 'librt.so.1', 'libutil.so.1', 'libresolv.so.2', 'libanl.so.1', 'libnsl.so.1'],
  ...['libmvec.so.1', 'libBrokenLocale.so.1', 'ld-linux*.so.*', 'ld64.so.*', 'ld.so.1', 'libgcc_s.so.1'],
];

/** musl is one library under several names; its loader is the same file. */
export const MUSL_LIBRARIES: readonly string[] = ['libc.so', 'libc.musl-*.so.1', 'ld-musl-*.so.1', 'libgcc_s.so.1'];

/** The NDK's stable APIs (developer.android.com/ndk/guides/stable_apis), and its C++ library, which an app ships beside its own. */
export const ANDROID_LIBRARIES: readonly string[] = [
  ...['libc.so', 'libm.so', 'libdl.so', 'liblog.so', 'libandroid.so', 'libz.so', 'libstdc++.so', 'libc++_shared.so'],
  ...['libEGL.so', 'libGLESv1_CM.so', 'libGLESv2.so', 'libGLESv3.so', 'libvulkan.so', 'libnativewindow.so', 'libjnigraphics.so', 'libsync.so'],
  ...['libOpenSLES.so', 'libOpenMAXAL.so', 'libaaudio.so', 'libamidi.so', 'libmediandk.so', 'libcamera2ndk.so', 'libneuralnetworks.so'],
  ...['libbinder_ndk.so', 'libicu.so', 'libnativehelper.so'],
];

/** FreeBSD's base system, with any number behind the name: it rises with the releases. */
export const FREEBSD_LIBRARIES: readonly string[] = [
  ...['libc.so.*', 'libm.so.*', 'libthr.so.*', 'libgcc_s.so.*', 'libutil.so.*', 'librt.so.*', 'libdl.so.*', 'libexecinfo.so.*', 'libkvm.so.*'],
  ...['libmemstat.so.*', 'libprocstat.so.*', 'libdevstat.so.*', 'libgeom.so.*', 'libsys.so.*', 'libkiconv.so.*', 'ld-elf.so.1'],
];

/** What lies below the system's folders, and what lies beside the file itself. */
export const MACOS_LIBRARIES: readonly string[] = ['/usr/lib/*', '/System/Library/*', '@rpath/*', '@loader_path/*', '@executable_path/*'];

/** DLLs of Windows 10 (learn.microsoft.com/windows/win32/apiindex/windows-apisets, and the DLLs that the Win32 reference names per function). */
export const WINDOWS_LIBRARIES: readonly string[] = [
  ...['api-ms-win-*.dll', 'ext-ms-win-*.dll', 'msvcrt.dll', 'ucrtbase.dll'],
  ...['kernel32', 'kernelbase', 'ntdll', 'user32', 'gdi32', 'advapi32', 'shell32', 'shlwapi', 'ole32', 'oleaut32', 'combase', 'rpcrt4', 'userenv'],
  ...['ws2_32', 'mswsock', 'wsock32', 'iphlpapi', 'dnsapi', 'netapi32', 'winhttp', 'wininet', 'websocket', 'httpapi', 'normaliz', 'secur32', 'sspicli'],
  ...['bcrypt', 'bcryptprimitives', 'ncrypt', 'crypt32', 'cryptui', 'wintrust', 'authz', 'credui', 'wldap32', 'fwpuclnt', 'schannel'],
  ...['psapi', 'pdh', 'powrprof', 'dbghelp', 'imagehlp', 'version', 'winmm', 'wtsapi32', 'setupapi', 'cfgmgr32', 'newdev', 'hid', 'propsys', 'ktmw32'],
  ...['virtdisk', 'wevtapi', 'wer', 'tdh', 'rstrtmgr', 'mpr', 'cabinet', 'msi', 'sfc', 'wlanapi', 'bluetoothapis', 'winusb', 'wofutil', 'fltlib'],
  ...['comctl32', 'comdlg32', 'uxtheme', 'dwmapi', 'imm32', 'msimg32', 'opengl32', 'glu32', 'd2d1', 'd3d9', 'd3d11', 'd3d12', 'dxgi', 'dwrite', 'dcomp'],
  ...['d3dcompiler_47', 'windowscodecs', 'xinput1_4', 'xinput9_1_0', 'mfplat', 'mf', 'mfreadwrite', 'avrt', 'dsound', 'dinput8', 'usp10', 'oleacc', 'shcore'],
  ...['uiautomationcore', 'winscard', 'esent', 'traffic', 'winspool.drv', 'mscoree'],
].map((name) => (/\.(dll|drv)$/.test(name) ? name : `${name}.dll`));
