/**
 * Headers of Windows in the spellings of Microsoft's SDK and of those who include them: on Windows the case of letters does not count, and mingw-w64 has all of
 * its headers in small letters. A file of each such name, behind all other folders, includes the real one. Sources: the headers' names in Microsoft's
 * documentation, and the spellings in published crates, as far as mingw-w64 11 and zig 0.16 have the header.
 */
import type { GeneratedFile } from './contract.js';

const FOLDER = 'headers';

const SPELLINGS: readonly string[] = [
  'AccCtrl.h AclAPI.h AclUI.h ActivScp.h Adshlp.h Adsprop.h AudioClient.h AudioSessionTypes.h Audioclient.h Audiopolicy.h Aviriff.h Avrt.h BCrypt.h',
  'BaseTsd.h BaseTyps.h Bcrypt.h BluetoothAPIs.h CertEnroll.h CfgMgr32.h Cfgmgr32.h CommCtrl.h CommDlg.h Commctrl.h Commdlg.h CorError.h D2D1.h D2d1.h',
  'D3D11.h D3D12.h D3D9.h D3DCompiler.h D3Dcompiler.h D3d11.h DSound.h DWrite.h DXGI.h DXGI1_2.h DXGI1_3.h DXGI1_4.h DXGIFormat.h DbgEng.h DbgHelp.h',
  'Dbghelp.h Dbt.h DevGuid.h Devguid.h DeviceTopology.h Devicetopology.h Dinput.h DispEx.h Dshow.h Dsound.h Dvdmedia.h DwmApi.h Dwmapi.h Dwrite.h Dxgi.h',
  'Dxgi1_2.h ErrHandlingApi.h Errhandlingapi.h ErrorRep.h EvnTCons.h EvnTrace.h Evntcons.h Evntprov.h Evntrace.h ExDisp.h Exdisp.h FileAPI.h Fileapi.h',
  'FltUser.h FunctionDiscoveryKeys_devpkey.h Functiondiscoverykeys_devpkey.h GdiPlus.h Gdiplus.h GuidDef.h Guiddef.h HandleAPI.h Heapapi.h HidPi.h',
  'HidSdi.h HidUsage.h Hidclass.h Hidsdi.h IN6Addr.h IPExport.h IPHlpApi.h IPIfCons.h IPTypes.h Icm.h IcmpAPI.h IfDef.h Ifdef.h ImageHlp.h Imagehlp.h',
  'Imm.h In6addr.h InitGuid.h Initguid.h Inspectable.h IntSafe.h Intsafe.h Intshcut.h IoEvent.h Iphlpapi.h Ipifcons.h KnownFolders.h Knownfolders.h Ks.h',
  'KsMedia.h Ksmedia.h KtmW32.h LM.h LMAPIbuf.h LMAccess.h LMCons.h LMErr.h LMServer.h LMShare.h LMaccess.h LibLoaderAPI.h Libloaderapi.h Lm.h Lmaccess.h',
  'Lmapibuf.h Lmcons.h MMDeviceAPI.h MMReg.h MMSystem.h MSAcm.h MSTcpIP.h MSWSock.h Mapi.h Memoryapi.h Mmdeviceapi.h Mmreg.h Mmsystem.h MsChapp.h',
  'MsWSock.h Mstcpip.h Mswsock.h NB30.h NTSecAPI.h NTSecPKG.h NTStatus.h NetFW.h NetIOAPI.h NetListMgr.h Netfw.h Netioapi.h Netlistmgr.h Nldef.h',
  'NtDsAPI.h NtSecAPI.h Ntddndis.h Ntddscsi.h Ntdsapi.h Ntsecapi.h Ntsecpkg.h Ntstatus.h OAIdl.h OLEAuto.h OaIdl.h ObjBase.h ObjIdl.h Objbase.h Objidl.h',
  'Ole2.h OleAcc.h OleAuto.h OleCtl.h OleIdl.h Oleacc.h Olectl.h PDH.h PSAPI.h Pdh.h PdhMsg.h PopPack.h Poppack.h PowrProf.h Powrprof.h ProcessEnv.h',
  'ProcessThreadsApi.h Processenv.h Processthreadsapi.h Profileapi.h PropIdl.h PropKey.h PropSys.h PropVarUtil.h Propidl.h Propkey.h Propsys.h',
  'Propvarutil.h Psapi.h PshPack1.h Pshpack1.h Qos.h RPC.h Ras.h RasDlg.h RasError.h RestartManager.h Restartmanager.h RichEdit.h RichOle.h Richedit.h',
  'Richole.h RoApi.h Roapi.h Rpc.h RpcDce.h RpcNdr.h Rpcdce.h Rpcndr.h SAPI.h SChannel.h SDDL.h SDKDDKVer.h SSPI.h Sapi.h Schannel.h Sddl.h',
  'SecurityBaseAPI.h ServProv.h Servprov.h SetupAPI.h SetupApi.h Setupapi.h ShObjIdl.h ShTypes.h ShellAPI.h ShellApi.h ShellScalingApi.h Shellapi.h',
  'Shellscalingapi.h ShlDisp.h ShlGuid.h ShlObj.h Shlguid.h Shlobj.h ShlwApi.h Shlwapi.h Shobjidl.h Shtypes.h SoftPub.h Softpub.h SpecStrings.h',
  'Specstrings.h Sspi.h StrSafe.h Stringapiset.h Strsafe.h SubAuth.h Subauth.h SynchAPI.h Synchapi.h SysInfoAPI.h Sysinfoapi.h TCHAR.h TChar.h TLHelp32.h',
  'Tapi.h Tbs.h Tchar.h Tdh.h Thumbcache.h Timezoneapi.h TlHelp32.h Tlhelp32.h Tpcshrd.h UIAutomation.h UIAutomationClient.h USBSpec.h Unknwn.h UrlMon.h',
  'Urlmon.h UsbIODef.h UsbIoctl.h Usbioctl.h Usbiodef.h UserENV.h UserEnv.h Userenv.h Usp10.h UxTheme.h Uxtheme.h VersionHelpers.h Versionhelpers.h Vfw.h',
  'VirtDisk.h Virtdisk.h Vsstyle.h Vssym32.h WMIStr.h WS2IPDef.h WS2SPI.h WS2TCPIP.h WS2tcpip.h WSIPv6Ok.h WTSApi32.h WTypes.h WTypesBase.h WbemCli.h',
  'WbemIdl.h Wbemcli.h Wbemidl.h WerApi.h Werapi.h WinBase.h WinCodec.h WinCon.h WinCred.h WinCrypt.h WinDNS.h WinDef.h WinError.h WinEvt.h WinGDI.h',
  'WinHTTP.h WinHttp.h WinIOCtl.h WinInet.h WinIoCtl.h WinLDAP.h WinNLS.h WinNT.h WinNls.h WinPerf.h WinReg.h WinSCard.h WinScard.h WinSock.h WinSock2.h',
  'WinSpool.h WinString.h WinSvc.h WinTrust.h WinUSB.h WinUsb.h WinUser.h WinVer.h Winbase.h Wincodec.h Wincon.h Wincred.h Wincrypt.h Windef.h Windns.h',
  'Windot11.h Windows.h WindowsX.h Windowsx.h Winerror.h Winevt.h Wingdi.h Winhttp.h Wininet.h Winioctl.h Winldap.h Winnls.h Winnt.h Winperf.h Winreg.h',
  'Winscard.h Winsock.h Winsock2.h Winspool.h Winstring.h Winsvc.h Wintrust.h Winusb.h Winuser.h Winver.h WlanAPI.h WlanApi.h Wlanapi.h Wlantypes.h',
  'Wmistr.h Wmiutils.h Wow64apiset.h Ws2BTH.h Ws2TcpIp.h Ws2bth.h Ws2ipdef.h Ws2tcpip.h WtsApi32.h Wtsapi32.h XAudio2.h XInput.h Xinput.h XmlLite.h',
  'Xmllite.h',
].flatMap((line) => line.split(' '));

export const WINDOWS_HEADERS: readonly GeneratedFile[] = SPELLINGS.map((name) => ({ path: `${FOLDER}/${name}`, text: `#include <${name.toLowerCase()}>\n`, executable: false }));

/** @param directory of the generated files. */
export function windowsHeaderFolder(directory: string): string {
  return `${directory}/${FOLDER}`;
}
